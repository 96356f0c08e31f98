// SPDX-License-Identifier: Apache-2.0
package dev.vigil.kernel;

/// Why something was not done. Implemented by enums, so that every refusal of the house can be
/// listed and reviewed.
public interface Refusal {

  /// A stable, lower-case, dotted code that programs may switch on, such as
  /// `enrol.challenge-spent`.
  String code();

  /// One lower-case sentence without a full stop: what happened and why.
  String says();

  /// What the person or program can do now.
  String next();

  /// The HTTP status that fits, 400 to 503.
  int status();
}
