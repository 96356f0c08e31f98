// SPDX-License-Identifier: Apache-2.0
package dev.vigil.bench.policy;

import java.util.List;
import java.util.Map;

/// Another engine, deciding by the ten applicable rules of [Corpus] in its own language.
public interface Peer {

  /// Its name, for `--json`.
  String name();

  /// What of the rules it cannot say, and what stands in for it.
  List<String> standIns();

  /// Gets ready to decide these requests over and over: whatever can be worked out before.
  ///
  /// @param requests facts by their names, as [PlainFacts] writes them
  void prepare(List<Map<String, Object>> requests) throws Exception;

  /// Decides the request of this number.
  boolean allows(int request) throws Exception;
}
