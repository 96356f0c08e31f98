// SPDX-License-Identifier: Apache-2.0
package dev.vigil.demo.scene;

/// One promise, played for real.
///
/// @param name what happens, in a few words
/// @param expected what must come out, word for word
/// @param act plays it and says what came out
public record Scene(String name, String expected, Act act) {

  /// What a scene does. An exception is an outcome that nobody expected.
  @FunctionalInterface
  public interface Act {
    String play() throws Exception;
  }

  /// What came out.
  ///
  /// @param said what the person at the phone would read; empty if nothing
  /// @param ms wall-clock milliseconds
  public record Result(String scene, String expected, String actual, String said, long ms) {

    public boolean passed() {
      return expected.equals(actual);
    }
  }
}
