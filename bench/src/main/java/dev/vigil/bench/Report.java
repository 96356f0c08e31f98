// SPDX-License-Identifier: Apache-2.0
package dev.vigil.bench;

import dev.vigil.server.cli.Terminal;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/// Tells the person how it goes and what came out.
public record Report(Terminal terminal) {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  /// One line about what is under way, beside the answer.
  public void progress(String text) {
    terminal.error(text);
  }

  /// One line of the answer.
  public void line(String text) {
    terminal.line(text);
  }

  /// All figures as the last line, for programs.
  public void json(Map<String, Object> figures) {
    terminal.line(JSON.writeValueAsString(figures));
  }
}
