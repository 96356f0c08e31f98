// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission.provisioning;

import static dev.vigil.identity.scim.ScimRefusal.FILTER;

import dev.vigil.admission.PlainText;
import dev.vigil.identity.scim.Attribute;
import dev.vigil.identity.scim.Attribute.Form;
import dev.vigil.identity.scim.Attribute.Trait;
import dev.vigil.identity.scim.AttributePath;
import dev.vigil.identity.scim.Filter;
import dev.vigil.identity.scim.Filter.Operator;
import dev.vigil.identity.scim.Literal;
import dev.vigil.identity.scim.Schema;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Whether a resource, or one value of an attribute, matches a filter (RFC 7644 section 3.4.2.2).
/// Texts are compared without case unless their attribute says otherwise. An unknown attribute is
/// refused rather than matched by nothing, so that a misspelt filter finds nobody twice.
final class Matching {

  /// The values that a path names, and what they are.
  private record Values(Attribute attribute, List<JsonNode> nodes) {}

  /// Where names are looked up: in a resource, or in one value of an attribute.
  private interface Scope {
    Values values(AttributePath path);

    Values elements(AttributePath path);
  }

  private Matching() {}

  /// @throws Unfit if the filter does not fit this kind of resource
  static boolean of(Schema.Kind kind, ObjectNode resource, Filter filter) {
    return matches(new OfResource(kind, resource), filter);
  }

  /// @throws Unfit if the filter does not fit this attribute
  static boolean of(Attribute attribute, JsonNode element, Filter filter) {
    return matches(new OfElement(attribute, element), filter);
  }

  private record OfResource(Schema.Kind kind, ObjectNode resource) implements Scope {
    @Override
    public Values values(AttributePath path) {
      var whole = elements(path);
      var parts = whole.attribute();
      Optional<Attribute> part =
          path.sub().isPresent()
              ? Optional.of(parts.part(path.sub().get()).orElseThrow(() -> unknown(path)))
              : parts.part("value");
      return part.map(one ->
              new Values(
                  one,
                  whole.nodes().stream()
                      .map(node -> node.path(one.name()))
                      .filter(node -> !node.isMissingNode())
                      .toList()))
          .orElse(whole);
    }

    @Override
    public Values elements(AttributePath path) {
      var found = kind.find(path).orElseThrow(() -> unknown(path));
      JsonNode holder = found.extension().<JsonNode>map(urn -> resource.path(urn)).orElse(resource);
      JsonNode value = holder.path(found.attribute().name());
      return new Values(
          found.attribute(),
          value.isArray()
              ? value.valueStream().toList()
              : Stream.of(value).filter(node -> !node.isMissingNode()).toList());
    }
  }

  private record OfElement(Attribute attribute, JsonNode element) implements Scope {
    @Override
    public Values values(AttributePath path) {
      var part =
          attribute
              .part(path.name())
              .filter(_ -> path.sub().isEmpty())
              .orElseThrow(() -> unknown(path));
      return new Values(
          part,
          Stream.of(element.path(part.name())).filter(node -> !node.isMissingNode()).toList());
    }

    @Override
    public Values elements(AttributePath path) {
      throw unknown(path);
    }
  }

  private static Unfit unknown(AttributePath path) {
    return new Unfit(
        FILTER, PlainText.shown(path.toString()) + " is no attribute that is known here");
  }

  /// Both sides are always looked at, so that a name that is not known is refused whatever the
  /// data.
  private static boolean matches(Scope scope, Filter filter) {
    return switch (filter) {
      case Filter.And(Filter left, Filter right) -> {
        boolean first = matches(scope, left);
        boolean second = matches(scope, right);
        yield first && second;
      }
      case Filter.Or(Filter left, Filter right) -> {
        boolean first = matches(scope, left);
        boolean second = matches(scope, right);
        yield first || second;
      }
      case Filter.Not(Filter inner) -> !matches(scope, inner);
      case Filter.Present(AttributePath path) -> !scope.values(path).nodes().isEmpty();
      case Filter.Compare(AttributePath path, Operator operator, Literal literal) ->
          compared(scope.values(path), operator, literal, path);
      case Filter.OneOf(AttributePath path, Filter inner) -> {
        var values = scope.elements(path);
        if (values.attribute().parts().isEmpty()) throw unknown(path);
        yield values.nodes().stream()
            .map(node -> of(values.attribute(), node, inner))
            .reduce(false, Boolean::logicalOr);
      }
    };
  }

  private static boolean compared(
      Values values, Operator operator, Literal literal, AttributePath path) {
    if (operator == Operator.NE) return !compared(values, Operator.EQ, literal, path);
    if (literal instanceof Literal.Nothing) {
      if (operator != Operator.EQ) throw incomparable(path);
      return values.nodes().isEmpty();
    }
    var test = test(values.attribute(), operator, literal, path);
    return values.nodes().stream().anyMatch(test);
  }

  private static Predicate<JsonNode> test(
      Attribute attribute, Operator operator, Literal literal, AttributePath path) {
    return switch (attribute.form()) {
      case FLAG -> {
        if (operator != Operator.EQ) throw incomparable(path);
        boolean wanted = flag(literal, path);
        yield node -> node.asBoolean(false) == wanted;
      }
      case TIME -> {
        var wanted = instant(text(literal), path);
        yield node -> ordered(operator, instant(node.asString(""), path).compareTo(wanted), path);
      }
      case TEXT, TEXTS, REFERENCE -> {
        String wanted = folded(attribute, text(literal));
        yield node -> textual(operator, folded(attribute, node.asString("")), wanted);
      }
      case COMPLEX, COMPLEXES -> throw incomparable(path);
    };
  }

  private static Unfit incomparable(AttributePath path) {
    return new Unfit(FILTER, PlainText.shown(path.toString()) + " cannot be compared like this");
  }

  private static boolean flag(Literal literal, AttributePath path) {
    return switch (text(literal).toLowerCase(Locale.ROOT)) {
      case "true" -> true;
      case "false" -> false;
      default -> throw incomparable(path);
    };
  }

  private static String text(Literal literal) {
    return switch (literal) {
      case Literal.Text(String text) -> text;
      case Literal.Decimal(var number) -> number.toPlainString();
      case Literal.Flag(boolean flag) -> Boolean.toString(flag);
      case Literal.Nothing _ -> "";
    };
  }

  private static Instant instant(String text, AttributePath path) {
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException e) {
      throw incomparable(path);
    }
  }

  private static String folded(Attribute attribute, String text) {
    return attribute.is(Trait.CASE_EXACT) && attribute.form() != Form.FLAG
        ? text
        : text.toLowerCase(Locale.ROOT);
  }

  private static boolean textual(Operator operator, String given, String wanted) {
    return switch (operator) {
      case EQ -> given.equals(wanted);
      case NE -> !given.equals(wanted);
      case CO -> given.contains(wanted);
      case SW -> given.startsWith(wanted);
      case EW -> given.endsWith(wanted);
      case GT -> given.compareTo(wanted) > 0;
      case GE -> given.compareTo(wanted) >= 0;
      case LT -> given.compareTo(wanted) < 0;
      case LE -> given.compareTo(wanted) <= 0;
    };
  }

  private static boolean ordered(Operator operator, int order, AttributePath path) {
    return switch (operator) {
      case EQ -> order == 0;
      case NE -> order != 0;
      case GT -> order > 0;
      case GE -> order >= 0;
      case LT -> order < 0;
      case LE -> order <= 0;
      case CO, SW, EW -> throw incomparable(path);
    };
  }
}
