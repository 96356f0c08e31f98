// SPDX-License-Identifier: Apache-2.0
package dev.vigil.server.cli;

import java.io.BufferedReader;
import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// Where the command line speaks and listens. Nothing that it shows can steer the terminal: control
/// characters in what a server says appear as `?`.
public final class Terminal {

  private final PrintWriter output;
  private final PrintWriter errors;
  private final Optional<BufferedReader> input;

  /// @param input where answers are read; empty if nobody is there to ask
  public Terminal(PrintWriter output, PrintWriter errors, Optional<BufferedReader> input) {
    this.output = output;
    this.errors = errors;
    this.input = input;
  }

  /// The process's own; asks only where input and output are a terminal.
  public static Terminal ofProcess() {
    var console = Optional.ofNullable(System.console()).filter(Console::isTerminal);
    return new Terminal(
        writer(FileDescriptor.out),
        writer(FileDescriptor.err),
        console.map(Console::reader).map(BufferedReader::new));
  }

  private static PrintWriter writer(FileDescriptor descriptor) {
    return new PrintWriter(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
  }

  /// One line of the answer.
  public void line(String text) {
    output.println(harmless(text));
    output.flush();
  }

  /// One line about what went wrong or what is under way.
  public void error(String text) {
    errors.println(harmless(text));
    errors.flush();
  }

  private static String harmless(String text) {
    var plain = new StringBuilder(text.length());
    text.codePoints().forEach(c -> plain.appendCodePoint(c == '\n' || visible(c) ? c : '?'));
    return plain.toString();
  }

  private static boolean visible(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }

  /// Asks the person; empty if nobody is there or no answer came.
  public Optional<String> ask(String question) {
    if (input.isEmpty()) return Optional.empty();
    errors.print(harmless(question) + " ");
    errors.flush();
    try {
      return Optional.ofNullable(input.get().readLine())
          .map(String::strip)
          .filter(answer -> !answer.isEmpty());
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /// Where usage texts go that were asked for.
  PrintWriter output() {
    return output;
  }

  /// Where usage texts go after a mistake.
  PrintWriter errors() {
    return errors;
  }
}
