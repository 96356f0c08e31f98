// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission.administration;

/// What an organisation demands before policies decide.
public record Publishing(PublicationChecks checks, Approval approval) {

  /// Whether one person may publish alone.
  public enum Approval {
    /// Who writes may publish.
    NONE,
    /// A second person with the role must approve the very same files.
    SECOND_PERSON
  }
}
