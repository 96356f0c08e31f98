// SPDX-License-Identifier: Apache-2.0
/// SAML 2.0 over HTTP: browsers that providers send, and the metadata that providers read.
///
/// Start with [SamlRoutes].
@NullMarked
package dev.vigil.api.saml;

import org.jspecify.annotations.NullMarked;
