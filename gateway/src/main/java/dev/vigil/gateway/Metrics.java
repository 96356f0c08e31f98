// SPDX-License-Identifier: Apache-2.0
package dev.vigil.gateway;

/// What the gateway has counted since it started.
///
/// @param open client connections open now
/// @param refused requests answered with a problem document before or instead of the upstream's
///   response
/// @param cut requests and streams ended because trust ended
public record Metrics(
    long open,
    long accepted,
    long overLimit,
    long handshakesFailed,
    long requests,
    long allowed,
    long refused,
    long cut,
    long upgraded,
    long upstreamOpened,
    long upstreamFailed) {}
