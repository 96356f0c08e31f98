// SPDX-License-Identifier: Apache-2.0
package dev.vigil.policy.laws;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;

/// Choices that follow from a seed.
final class Dice {

  private final Random random;

  Dice(long seed) {
    random = new Random(seed * 0x9E3779B97F4A7C15L);
  }

  int below(int bound) {
    return random.nextInt(bound);
  }

  boolean oneIn(int sides) {
    return random.nextInt(sides) == 0;
  }

  boolean coin() {
    return random.nextBoolean();
  }

  <T> T of(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  @SafeVarargs
  final <T> T among(T... choices) {
    return choices[random.nextInt(choices.length)];
  }

  <T> Optional<T> maybe(int sides, Supplier<T> value) {
    return oneIn(sides) ? Optional.of(value.get()) : Optional.empty();
  }
}
