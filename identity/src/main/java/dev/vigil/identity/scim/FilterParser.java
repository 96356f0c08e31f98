// SPDX-License-Identifier: Apache-2.0
package dev.vigil.identity.scim;

import dev.vigil.identity.scim.Lexer.Token;
import dev.vigil.identity.scim.Lexer.Unreadable;
import dev.vigil.kernel.Outcome;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads filters (RFC 7644 figure 1) and the paths of PATCH operations (figure 7). The work is
/// bounded by the length of the text; of longer, deeper or wider texts nothing is read. `and` binds
/// tighter than `or`; words and names may be written in any case.
public final class FilterParser {

  private static final int LONGEST = 2_000;
  private static final int DEEPEST = 8;
  private static final int MOST_TERMS = 32;

  private static final String PLAIN = "[A-Za-z$][A-Za-z0-9_$-]*";
  private static final Pattern NAME =
      Pattern.compile(
          "(?:(urn:[A-Za-z0-9][A-Za-z0-9:._-]*):)?(" + PLAIN + ")(?:\\.(" + PLAIN + "))?");
  private static final Pattern SUB = Pattern.compile("\\." + PLAIN);
  private static final Pattern NUMBER =
      Pattern.compile("-?(?:0|[1-9][0-9]{0,17})(?:\\.[0-9]{1,18})?");

  private final List<Token> tokens;
  private int at;
  private int terms;

  private FilterParser(String text) {
    this.tokens = Lexer.cut(text);
  }

  /// The filter in this text.
  public static Outcome<Filter> filter(String text) {
    return read(
        text,
        () -> {
          var parser = new FilterParser(text);
          var filter = parser.or(0, true);
          parser.end();
          return filter;
        });
  }

  /// The path in this text.
  public static Outcome<PatchPath> path(String text) {
    Outcome<PatchPath> read = read(text, () -> new FilterParser(text).path());
    return read instanceof Outcome.Refused<PatchPath>(var refusal, String detail)
            && refusal == ScimRefusal.FILTER
        ? Outcome.refused(ScimRefusal.PATH, detail)
        : read;
  }

  private static <T> Outcome<T> read(String text, Supplier<T> reading) {
    if (text.length() > LONGEST) return Outcome.refused(ScimRefusal.FILTER_LONG);
    try {
      return Outcome.done(reading.get());
    } catch (Unreadable e) {
      return Outcome.refused(e.refusal(), e.says());
    }
  }

  private PatchPath path() {
    var attribute = attribute(word());
    if (!taken('[')) {
      end();
      return new PatchPath(attribute, Optional.empty(), Optional.empty());
    }
    if (attribute.sub().isPresent())
      throw wrong("brackets stand after an attribute without sub-attribute");
    var values = or(1, false);
    close(']');
    var sub = sub();
    end();
    return new PatchPath(attribute, Optional.of(values), sub);
  }

  private Optional<String> sub() {
    if (!(tokens.get(at) instanceof Token.Word(String text, int _)) || !text.startsWith("."))
      return Optional.empty();
    at++;
    if (!SUB.matcher(text).matches())
      throw wrong("after brackets stands a sub-attribute such as `.value`");
    return Optional.of(text.substring(1));
  }

  /// @param brackets whether `[` may follow an attribute here: never inside others
  private Filter or(int depth, boolean brackets) {
    if (depth > DEEPEST) throw new Unreadable(ScimRefusal.FILTER_COMPLEX, "");
    var filter = and(depth, brackets);
    while (keyword("or")) filter = new Filter.Or(filter, and(depth, brackets));
    return filter;
  }

  private Filter and(int depth, boolean brackets) {
    var filter = one(depth, brackets);
    while (keyword("and")) filter = new Filter.And(filter, one(depth, brackets));
    return filter;
  }

  private Filter one(int depth, boolean brackets) {
    if (tokens.get(at) instanceof Token.Word(String text, int _)
        && text.equalsIgnoreCase("not")
        && tokens.get(at + 1) instanceof Token.Bracket(char sign, int _)
        && sign == '(') {
      at++;
      return new Filter.Not(one(depth, brackets));
    }
    if (taken('(')) {
      var inner = or(depth + 1, brackets);
      close(')');
      return inner;
    }
    return term(depth, brackets);
  }

  private Filter term(int depth, boolean brackets) {
    if (++terms > MOST_TERMS) throw new Unreadable(ScimRefusal.FILTER_COMPLEX, "");
    var attribute = attribute(word());
    if (!taken('[')) return compared(attribute);
    if (!brackets || attribute.sub().isPresent()) throw wrong("brackets cannot stand here");
    var inner = or(depth + 1, false);
    close(']');
    return new Filter.OneOf(
        attribute,
        sub()
            .<Filter>map(part ->
                new Filter.And(
                    inner, compared(new AttributePath(Optional.empty(), part, Optional.empty()))))
            .orElse(inner));
  }

  private Filter compared(AttributePath attribute) {
    if (keyword("pr")) return new Filter.Present(attribute);
    String typed = word();
    var operator =
        Arrays.stream(Filter.Operator.values())
            .filter(one -> one.name().equalsIgnoreCase(typed))
            .findFirst()
            .orElseThrow(() ->
                wrong("after an attribute stands one of eq, ne, co, sw, ew, gt, ge, lt, le, pr"));
    return new Filter.Compare(attribute, operator, literal());
  }

  private Literal literal() {
    return switch (tokens.get(at++)) {
      case Token.Quoted(String text, int _) -> new Literal.Text(text);
      case Token.Word(String text, int _) -> unquoted(text);
      case Token.Bracket _, Token.End _ -> {
        at--;
        throw wrong("a value is missing");
      }
    };
  }

  private Literal unquoted(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "true" -> new Literal.Flag(true);
      case "false" -> new Literal.Flag(false);
      case "null" -> new Literal.Nothing();
      default -> {
        if (NUMBER.matcher(text).matches()) yield new Literal.Decimal(new BigDecimal(text));
        at--;
        throw wrong("a text stands in quotes");
      }
    };
  }

  private AttributePath attribute(String word) {
    Matcher name = NAME.matcher(word);
    if (!name.matches()) {
      at--;
      throw wrong("the name of an attribute is missing");
    }
    return new AttributePath(
        Optional.ofNullable(name.group(1)), name.group(2), Optional.ofNullable(name.group(3)));
  }

  private String word() {
    if (!(tokens.get(at) instanceof Token.Word(String text, int _)))
      throw wrong("a word is missing");
    at++;
    return text;
  }

  private boolean keyword(String wanted) {
    boolean here =
        tokens.get(at) instanceof Token.Word(String text, int _) && text.equalsIgnoreCase(wanted);
    if (here) at++;
    return here;
  }

  private boolean taken(char wanted) {
    boolean here = tokens.get(at) instanceof Token.Bracket(char sign, int _) && sign == wanted;
    if (here) at++;
    return here;
  }

  private void close(char wanted) {
    if (!taken(wanted)) throw wrong("`" + wanted + "` is missing");
  }

  private void end() {
    if (!(tokens.get(at) instanceof Token.End)) throw wrong("nothing more can stand here");
  }

  private Unreadable wrong(String says) {
    return new Unreadable(ScimRefusal.FILTER, says + ", at character " + tokens.get(at).place());
  }
}
