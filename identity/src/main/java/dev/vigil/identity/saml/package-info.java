// SPDX-License-Identifier: Apache-2.0
/// SAML 2.0 as an identity provider speaks it, without any state: reading what service providers
/// publish and send, writing what they get. XML signatures and canonical forms are those of the
/// Java platform (`javax.xml.crypto`); nothing here computes its own.
///
/// Start with [SpMetadata] for who a provider is, [Incoming] for what it sends, [AuthnRequest] for
/// what it asks, and [Assertions] for what it gets.
@NullMarked
package dev.vigil.identity.saml;

import org.jspecify.annotations.NullMarked;
