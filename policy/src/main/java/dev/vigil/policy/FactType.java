// SPDX-License-Identifier: Apache-2.0
package dev.vigil.policy;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

/// The type of a fact, with the Java class that carries its values.
public enum FactType {
  BOOLEAN(Boolean.class),
  STRING(String.class),
  INTEGER(Long.class),
  DECIMAL(Double.class),
  STRINGS(List.class),
  VERSION(Version.class),
  DATE(LocalDate.class),
  TIMESTAMP(Instant.class),
  DURATION(Duration.class),
  ADDRESS(IpAddress.class);

  private final Class<?> carrier;

  FactType(Class<?> carrier) {
    this.carrier = carrier;
  }

  /// Whether a value of this Java class may stand for a fact of this type.
  public boolean accepts(Object value) {
    return carrier.isInstance(value);
  }
}
