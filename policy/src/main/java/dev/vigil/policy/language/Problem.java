// SPDX-License-Identifier: Apache-2.0
package dev.vigil.policy.language;

/// Something for which a policy is refused.
///
/// @param what what is wrong
/// @param why why that cannot be
/// @param next what to do now
public record Problem(Place place, String what, String why, String next) {

  @Override
  public String toString() {
    return place + ": " + what + "; " + why + "; " + next;
  }
}
