// SPDX-License-Identifier: Apache-2.0
package dev.vigil.identity.oauth;

import dev.vigil.kernel.Sha256;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;

/// The proofs seen in the last two minutes, so that none counts twice (RFC 9449 section 11.1). In
/// memory: after a restart proofs from before it are refused, which is why it is told when it
/// began.
public final class SeenProofs {

  private static final int MOST = 200_000;

  private record Seen(Sha256 digest, Instant forgetAt) {}

  private final Instant began;
  private final Set<Sha256> digests = new HashSet<>();
  private final Deque<Seen> inOrder = new ArrayDeque<>();

  public SeenProofs(Instant began) {
    this.began = began;
  }

  /// Takes note of a proof: true if it is the first. When there is no room left to remember, every
  /// proof is refused.
  ///
  /// @param issuedAt a proof issued more than a second before this memory began may have been seen
  ///   by an earlier one
  /// @param forgetAt when the proof is refused for its age anyway
  public synchronized boolean first(
      Sha256 digest, Instant issuedAt, Instant forgetAt, Instant now) {
    for (var oldest = inOrder.peekFirst();
        oldest != null && oldest.forgetAt().isBefore(now);
        oldest = inOrder.peekFirst()) {
      digests.remove(oldest.digest());
      inOrder.removeFirst();
    }
    if (issuedAt.isBefore(began.minusSeconds(1)) || inOrder.size() >= MOST || !digests.add(digest))
      return false;
    inOrder.addLast(new Seen(digest, forgetAt));
    return true;
  }
}
