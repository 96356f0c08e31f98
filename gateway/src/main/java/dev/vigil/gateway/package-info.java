// SPDX-License-Identifier: Apache-2.0
/// The policy enforcement point: terminates mutual TLS, decides every request where it arrives,
/// streams what may pass to the app and cuts it the moment trust ends. A client's channel and its
/// upstream channel live on the same event loop, and nothing on that path waits.
///
/// Start with [Gateway]; one request is an [Exchange], read by [RequestReader].
@NullMarked
package dev.vigil.gateway;

import org.jspecify.annotations.NullMarked;
