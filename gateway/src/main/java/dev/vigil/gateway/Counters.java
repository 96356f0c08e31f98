// SPDX-License-Identifier: Apache-2.0
package dev.vigil.gateway;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/// The counters behind [Metrics].
final class Counters {
  final AtomicInteger open = new AtomicInteger();
  final LongAdder accepted = new LongAdder();
  final LongAdder overLimit = new LongAdder();
  final LongAdder handshakesFailed = new LongAdder();
  final LongAdder requests = new LongAdder();
  final LongAdder allowed = new LongAdder();
  final LongAdder refused = new LongAdder();
  final LongAdder cut = new LongAdder();
  final LongAdder upgraded = new LongAdder();
  final LongAdder upstreamOpened = new LongAdder();
  final LongAdder upstreamFailed = new LongAdder();

  Metrics snapshot() {
    return new Metrics(
        open.get(),
        accepted.sum(),
        overLimit.sum(),
        handshakesFailed.sum(),
        requests.sum(),
        allowed.sum(),
        refused.sum(),
        cut.sum(),
        upgraded.sum(),
        upstreamOpened.sum(),
        upstreamFailed.sum());
  }
}
