// SPDX-License-Identifier: Apache-2.0
package dev.vigil.identity.scim;

import java.math.BigDecimal;

/// What a filter compares with: a JSON value that is neither an array nor an object.
public sealed interface Literal {

  record Text(String value) implements Literal {}

  record Decimal(BigDecimal value) implements Literal {}

  record Flag(boolean value) implements Literal {}

  /// `null`: no value at all.
  record Nothing() implements Literal {}
}
