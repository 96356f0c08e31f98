// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission.feed;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// A product that is asked what it knows, page by page. A port; adapters may block.
public interface PostureSource {

  /// What it is called in the configuration and in every signal, such as `intune`.
  String id();

  /// One page.
  ///
  /// @param cursor what the last page gave as `next`, or the last complete round as `resume`; empty
  ///   to begin from nothing
  /// @throws Unavailable if there is no answer that can be used
  Page read(Optional<String> cursor) throws Unavailable;

  /// What a page holds.
  ///
  /// @param unreadable how many entries were garbage and left out
  /// @param next the cursor of the next page; empty on the last
  /// @param resume on the last page: where the next round may begin so that it holds only changes;
  ///   empty if the product always tells everything
  record Page(
      List<DeviceSaid> devices, int unreadable, Optional<String> next, Optional<String> resume) {
    public Page {
      devices = List.copyOf(devices);
    }
  }

  /// Why there is no answer.
  final class Unavailable extends Exception {
    private static final long serialVersionUID = 1L;

    private final Reason reason;
    private final transient Optional<Instant> again;

    /// @param says what happened, for an administrator; never a secret
    /// @param again when the product wants to be asked again, if it said so
    public Unavailable(Reason reason, String says, Optional<Instant> again) {
      super(says);
      this.reason = reason;
      this.again = again;
    }

    public Reason reason() {
      return reason;
    }

    public Optional<Instant> again() {
      return again;
    }
  }

  /// Kinds of trouble, each with its own remedy.
  enum Reason {
    /// It cannot be reached, or fails.
    DOWN,
    /// It wants to be asked less.
    THROTTLED,
    /// It does not accept our credential.
    CREDENTIAL,
    /// What it answers cannot be read.
    GARBAGE,
    /// It no longer knows the cursor; begin from nothing.
    CURSOR_EXPIRED
  }
}
