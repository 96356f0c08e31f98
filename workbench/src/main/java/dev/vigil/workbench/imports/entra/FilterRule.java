// SPDX-License-Identifier: Apache-2.0
package dev.vigil.workbench.imports.entra;

import dev.vigil.workbench.imports.Bool;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads a filter rule, such as `device.isCompliant -eq True -or device.model -startsWith "Pixel"`.
final class FilterRule {

  private static final int LONGEST = 8_000;
  private static final int DEEPEST = 30;
  private static final Pattern TOKEN =
      Pattern.compile(
          "\\s*(?:(?<sign>[()\\[\\],])|\"(?<double>(?:[^\"\\\\]|\\\\.)*+)\"|'(?<single>[^']*+)'"
              + "|(?<word>[-A-Za-z0-9_.:{}]++))");

  private final List<Token> tokens;
  private final Properties properties;
  private int at;

  /// What a comparison comes to.
  @FunctionalInterface
  interface Properties {

    /// The condition; empty if there is no such property or operator.
    ///
    /// @param operator without its dash, in lower case
    Optional<Bool> compared(String property, String operator, List<String> values);
  }

  private record Token(String text, boolean quoted) {}

  /// Ends the reading of a rule that is not one.
  private static final class NoRule extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NoRule() {
      super("no rule", null, false, false);
    }
  }

  private FilterRule(List<Token> tokens, Properties properties) {
    this.tokens = tokens;
    this.properties = properties;
  }

  /// The condition; empty if it cannot be understood.
  static Optional<Bool> read(String rule, Properties properties) {
    if (rule.length() > LONGEST) return Optional.empty();
    try {
      var reader = new FilterRule(tokens(rule), properties);
      var condition = reader.either(0);
      return reader.at == reader.tokens.size() ? Optional.of(condition) : Optional.empty();
    } catch (NoRule e) {
      return Optional.empty();
    }
  }

  private static List<Token> tokens(String rule) {
    var tokens = new ArrayList<Token>();
    Matcher matcher = TOKEN.matcher(rule.strip());
    int end = 0;
    while (matcher.find()) {
      if (matcher.start() != end) throw new NoRule();
      end = matcher.end();
      if (matcher.group("double") != null)
        tokens.add(new Token(matcher.group("double").replaceAll("\\\\(.)", "$1"), true));
      else if (matcher.group("single") != null)
        tokens.add(new Token(matcher.group("single"), true));
      else tokens.add(new Token(matcher.group().strip(), false));
    }
    if (end != rule.strip().length()) throw new NoRule();
    return tokens;
  }

  private Bool either(int depth) {
    var parts = new ArrayList<Bool>();
    parts.add(both(depth));
    while (take("-or") || take("or")) parts.add(both(depth));
    return Bool.any(parts);
  }

  private Bool both(int depth) {
    var parts = new ArrayList<Bool>();
    parts.add(one(depth));
    while (take("-and") || take("and")) parts.add(one(depth));
    return Bool.all(parts);
  }

  private Bool one(int depth) {
    if (depth > DEEPEST) throw new NoRule();
    if (take("-not") || take("not")) return Bool.not(one(depth + 1));
    if (take("(")) {
      var inner = either(depth + 1);
      if (!take(")")) throw new NoRule();
      return inner;
    }
    var property = next();
    var operator = next();
    if (property.quoted() || operator.quoted()) throw new NoRule();
    return properties
        .compared(
            property.text(),
            operator.text().replaceFirst("^-", "").toLowerCase(Locale.ROOT),
            values())
        .orElseThrow(NoRule::new);
  }

  private List<String> values() {
    if (!take("[")) return List.of(value());
    var values = new ArrayList<String>();
    values.add(value());
    while (take(",")) values.add(value());
    if (!take("]")) throw new NoRule();
    return values;
  }

  private String value() {
    var token = next();
    if (!token.quoted() && "()[],".contains(token.text())) throw new NoRule();
    return token.text();
  }

  private Token next() {
    if (at == tokens.size()) throw new NoRule();
    return tokens.get(at++);
  }

  private boolean take(String text) {
    boolean there =
        at < tokens.size()
            && !tokens.get(at).quoted()
            && tokens.get(at).text().equalsIgnoreCase(text);
    if (there) at++;
    return there;
  }
}
