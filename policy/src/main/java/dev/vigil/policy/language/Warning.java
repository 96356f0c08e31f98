// SPDX-License-Identifier: Apache-2.0
package dev.vigil.policy.language;

/// Something a reviewer should look at in a policy that is otherwise sound.
public record Warning(Place place, String says) {

  @Override
  public String toString() {
    return place + ": " + says;
  }
}
