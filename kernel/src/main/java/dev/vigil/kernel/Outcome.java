// SPDX-License-Identifier: Apache-2.0
package dev.vigil.kernel;

import java.util.function.Function;

/// The answer of a use case that can be refused: what was asked for, or the reason why not.
public sealed interface Outcome<T> {

  /// It was done.
  record Done<T>(T value) implements Outcome<T> {}

  /// It was not done, and nothing changed. `detail` is for the person who asked, empty when the
  /// code says it all; it never holds a secret or a Java name.
  record Refused<T>(Refusal refusal, String detail) implements Outcome<T> {

    /// The same refusal as the answer to another question.
    public <U> Outcome<U> as() {
      return new Refused<>(refusal, detail);
    }
  }

  static <T> Outcome<T> done(T value) {
    return new Done<>(value);
  }

  static <T> Outcome<T> refused(Refusal refusal) {
    return new Refused<>(refusal, "");
  }

  static <T> Outcome<T> refused(Refusal refusal, String detail) {
    return new Refused<>(refusal, detail);
  }

  /// Goes on with the value, or keeps the refusal.
  default <U> Outcome<U> then(Function<? super T, Outcome<U>> next) {
    return switch (this) {
      case Done<T>(T value) -> next.apply(value);
      case Refused<T> refused -> refused.as();
    };
  }

  /// Changes the value, or keeps the refusal.
  default <U> Outcome<U> map(Function<? super T, ? extends U> change) {
    return then(value -> new Done<>(change.apply(value)));
  }
}
