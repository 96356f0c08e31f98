// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission;

import java.time.Instant;
import java.util.Map;

/// One published version of the policies.
///
/// @param version from 1, without gaps
/// @param files content by file name
public record PolicyText(
    long version, Map<String, String> files, String actor, String reason, Instant publishedAt) {

  public PolicyText {
    files = Map.copyOf(files);
  }
}
