// SPDX-License-Identifier: Apache-2.0
package dev.vigil.kernel;

/// Why something was not done. Implemented by enums, so that every refusal of the house can be
/// listed and reviewed; each constant holds its wording.
public interface Refusal {

  /// What this refusal says, to programs and to people.
  Wording wording();

  /// A stable, lower-case, dotted code that programs may switch on, such as
  /// `enrol.challenge-spent`.
  default String code() {
    return wording().code();
  }

  /// The HTTP status that fits, 400 to 503.
  default int status() {
    return wording().status();
  }

  /// One lower-case sentence without a full stop: what happened and why.
  default String says() {
    return wording().says();
  }

  /// What the person or program can do now.
  default String next() {
    return wording().next();
  }

  /// What one refusal says; its parts are those of [Refusal].
  record Wording(String code, int status, String says, String next) {}
}
