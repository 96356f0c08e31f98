// SPDX-License-Identifier: Apache-2.0
package dev.vigil.sdk;

import java.time.LocalDate;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/// What the app sees of its phone. The server takes it as `reported`, the weakest kind of evidence.
///
/// Immutable; each `with` gives a new one. Values are text, whole numbers and booleans.
public final class Posture {

  /// Nothing seen.
  public static final Posture EMPTY = new Posture(Map.of());

  private final Map<String, Object> signals;

  private Posture(Map<String, Object> signals) {
    this.signals = Collections.unmodifiableMap(signals);
  }

  /// The version of the operating system, such as `17.1`.
  public Posture osVersion(String version) {
    return with("os_version", version);
  }

  /// The date of the last security patch.
  public Posture patchDate(LocalDate date) {
    return with("patch_date", date.toString());
  }

  /// Whether signs of a rooted or jailbroken system were seen.
  public Posture rooted(boolean rooted) {
    return with("rooted", rooted);
  }

  /// Whether the screen is locked by a secret.
  public Posture screenLock(boolean lock) {
    return with("screen_lock", lock);
  }

  /// Any other signal, as text.
  public Posture with(String signal, String value) {
    return put(signal, value);
  }

  /// Any other signal, yes or no.
  public Posture with(String signal, boolean value) {
    return put(signal, value);
  }

  /// Any other signal, as a whole number.
  public Posture with(String signal, long value) {
    return put(signal, value);
  }

  private Posture put(String signal, Object value) {
    var more = new LinkedHashMap<>(signals);
    more.put(signal, value);
    return new Posture(more);
  }

  Map<String, Object> signals() {
    return signals;
  }

  @Override
  public String toString() {
    return "Posture" + signals;
  }
}
