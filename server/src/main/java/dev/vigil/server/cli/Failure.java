// SPDX-License-Identifier: Apache-2.0
package dev.vigil.server.cli;

import java.util.List;

/// Ends a command: what happened, why, and what to do.
public final class Failure extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final Exit exit;
  private final transient Text text;

  /// What the person reads.
  ///
  /// @param next what to do; empty if `why` says it
  /// @param items further lines, such as the problems of a policy
  /// @param document the server's own words as JSON, for programs; empty if they are ours
  public record Text(String what, String why, String next, List<String> items, String document) {
    public Text {
      items = List.copyOf(items);
    }
  }

  public Failure(Exit exit, Text text) {
    super(text.what() + ": " + text.why());
    this.exit = exit;
    this.text = text;
  }

  public Failure(Exit exit, String what, String why, String next) {
    this(exit, new Text(what, why, next, List.of(), ""));
  }

  static Failure usage(String what, String next) {
    return new Failure(Exit.USAGE, what, "", next);
  }

  static Failure notSignedIn(String why) {
    return new Failure(Exit.NOT_SIGNED_IN, "you are not signed in", why, "run `vigil login`");
  }

  public Exit exit() {
    return exit;
  }

  public Text text() {
    return text;
  }

  /// Shows it: to a person on the error stream, and to a program the server's own words on the
  /// output.
  public void show(Terminal terminal, boolean json) {
    terminal.error("vigil: " + text.what());
    if (!text.why().isEmpty()) terminal.error("  why   " + text.why());
    text.items().forEach(item -> terminal.error("  " + item));
    if (!text.next().isEmpty()) terminal.error("  next  " + text.next());
    if (json && !text.document().isEmpty()) terminal.line(text.document());
  }
}
