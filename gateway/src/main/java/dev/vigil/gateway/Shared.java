// SPDX-License-Identifier: Apache-2.0
package dev.vigil.gateway;

import io.netty.channel.Channel;
import java.util.concurrent.atomic.AtomicBoolean;

/// What all event loops of a gateway share.
///
/// @param channel the kind of socket that fits the event loops
record Shared(
    GatewayConfig config,
    GatewayPorts ports,
    Counters counters,
    RequestReader reader,
    Class<? extends Channel> channel,
    AtomicBoolean draining) {

  long nanos() {
    return ports.time().nanos();
  }
}
