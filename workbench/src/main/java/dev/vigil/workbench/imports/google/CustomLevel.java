// SPDX-License-Identifier: Apache-2.0
package dev.vigil.workbench.imports.google;

import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import dev.cel.parser.CelParser;
import dev.cel.parser.CelParserFactory;
import dev.vigil.workbench.imports.Bool;
import dev.vigil.workbench.imports.Cel;
import dev.vigil.workbench.imports.Part;
import dev.vigil.workbench.imports.Plain;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Carries over a custom access level: an expression in CEL over Google's attributes.
final class CustomLevel {

  private static final CelParser PARSER =
      CelParserFactory.standardCelParserBuilder()
          .setOptions(
              CelOptions.current()
                  .maxExpressionCodePointSize(8_000)
                  .maxParseRecursionDepth(40)
                  .maxParseErrorRecoveryLimit(5)
                  .build())
          .build();
  private static final Map<String, String> FLAGS =
      Map.of(
          "device.is_secured_with_screenlock", "device.screen_lock",
          "device.is_corp_owned_device", "device.corporate");
  private static final Map<String, String> CREDENTIALS =
      Map.of(
          "request.auth.claims.crd_str.hwk", "authentication.strength == \"passkey-hardware\"",
          "request.auth.claims.crd_str.swk", "authentication.strength == \"passkey\"",
          "request.auth.claims.crd_str.mfa",
              "authentication.strength in [\"passkey\", \"passkey-hardware\"]");

  private final Reading reading;
  private final String path;

  private CustomLevel(Reading reading, String path) {
    this.reading = reading;
    this.path = path;
  }

  /// What the level comes to.
  static Bool of(Part custom, Reading reading) {
    var expression = custom.at("expr").at("expression");
    var text = expression.longText();
    var result = PARSER.parse(text);
    if (text.isBlank() || result.hasError()) {
      reading.draft().refuse(expression.path(), "the expression cannot be read", "correct it");
      return new Bool.Unsayable();
    }
    try {
      return new CustomLevel(reading, expression.path()).condition(result.getAst().getExpr());
    } catch (CelValidationException e) {
      throw new IllegalStateException("there was no error", e);
    }
  }

  private Bool condition(CelExpr e) {
    return switch (e.getKind()) {
      case CONSTANT ->
          e.constant().getKind() == CelConstant.Kind.BOOLEAN_VALUE
              ? new Bool.Constant(e.constant().booleanValue())
              : unknown(e);
      case IDENT, SELECT -> flag(e);
      case CALL -> call(e);
      case NOT_SET, LIST, STRUCT, MAP, COMPREHENSION -> unknown(e);
    };
  }

  private Bool call(CelExpr e) {
    var args = e.call().args();
    return switch (e.call().function()) {
      case "_&&_" -> Bool.all(args.stream().map(this::condition).toList());
      case "_||_" -> Bool.any(args.stream().map(this::condition).toList());
      case "!_" -> Bool.not(condition(args.getFirst()));
      case "_==_" -> equal(args.get(0), args.get(1), e);
      case "_!=_" -> Bool.not(equal(args.get(0), args.get(1), e));
      case "@in" -> oneOf(name(args.get(0)), texts(args.get(1)), e);
      case "inIpRange" -> inRange(args, e);
      case "versionAtLeast" -> version(e);
      default -> unknown(e);
    };
  }

  private Bool flag(CelExpr e) {
    var name = name(e);
    if (name.startsWith("levels."))
      return reading.levels().apply(name.substring("levels.".length()));
    if (FLAGS.containsKey(name)) return new Bool.Is(FLAGS.getOrDefault(name, ""));
    if (!CREDENTIALS.containsKey(name)) return unknown(e);
    var like =
        reading.unsayable(
            path,
            "`"
                + name
                + "` is about methods of signing in there; the passkey nearest to it is asked for",
            "name a strength instead");
    return Bool.any(List.of(new Bool.Is(CREDENTIALS.getOrDefault(name, "")), like));
  }

  private Bool equal(CelExpr left, CelExpr right, CelExpr whole) {
    if (name(left).isEmpty() && left.getKind() == Kind.CONSTANT) return equal(right, left, whole);
    if (right.getKind() == Kind.CONSTANT
        && right.constant().getKind() == CelConstant.Kind.BOOLEAN_VALUE) {
      var flag = condition(left);
      return right.constant().booleanValue() ? flag : Bool.not(flag);
    }
    if (left.getKind() == Kind.CALL
        && left.call().function().equals("certificateBindingState")
        && name(right).endsWith(".CERT_MATCHES_EXISTING_DEVICE"))
      return new Bool.Is("connection.mutual_tls");
    return oneOf(name(left), text(right).map(List::of).orElse(List.of()), whole);
  }

  /// Whether an attribute has one of these values; enumerations by their last word.
  private Bool oneOf(String name, List<String> values, CelExpr whole) {
    if (values.isEmpty() || !values.stream().allMatch(Plain::is)) return unknown(whole);
    return switch (name) {
      case "device.os_type" ->
          Bool.any(values.stream().map(value -> reading.system(path, value)).toList());
      case "device.encryption_status" ->
          values.equals(List.of("ENCRYPTED")) ? new Bool.Is("device.encrypted") : unknown(whole);
      case "device.model" -> Cel.oneOf("device.model", values);
      case "origin.region_code" -> reading.countries(path, values);
      case "origin.ip" -> reading.networks(path, values);
      case "request.auth.principal" -> reading.members(path, values);
      default -> unknown(whole);
    };
  }

  private Bool inRange(List<CelExpr> args, CelExpr whole) {
    if (args.size() != 2 || !name(args.get(0)).equals("origin.ip") || texts(args.get(1)).isEmpty())
      return unknown(whole);
    return reading.networks(path, texts(args.get(1)));
  }

  private Bool version(CelExpr e) {
    var of = e.call().target().map(CustomLevel::name).orElse("");
    var least = e.call().args().stream().findFirst().flatMap(CustomLevel::text);
    return least.isPresent() && (of.equals("device") || of.equals("device.os_version"))
        ? BasicLevel.atLeast(path, least.get(), reading)
        : unknown(e);
  }

  /// The dotted name of an attribute; empty if it is something else.
  private static String name(CelExpr e) {
    if (e.getKind() == Kind.IDENT) return e.ident().name();
    if (e.getKind() != Kind.SELECT || e.select().testOnly()) return "";
    var of = name(e.select().operand());
    return of.isEmpty() ? "" : of + "." + e.select().field();
  }

  private static Optional<String> text(CelExpr e) {
    if (e.getKind() == Kind.CONSTANT && e.constant().getKind() == CelConstant.Kind.STRING_VALUE)
      return Optional.of(e.constant().stringValue());
    var name = name(e);
    return name.matches("[A-Za-z]+\\.[A-Z_]+")
        ? Optional.of(name.substring(name.indexOf('.') + 1))
        : Optional.empty();
  }

  private static List<String> texts(CelExpr e) {
    if (e.getKind() != Kind.LIST) return List.of();
    var texts = new ArrayList<String>();
    for (var element : e.list().elements()) {
      var text = text(element);
      if (text.isEmpty()) return List.of();
      texts.add(text.get());
    }
    return texts;
  }

  private Bool unknown(CelExpr e) {
    return reading.unsayable(
        path, "Vigil has nothing for `" + says(e) + "`", "say it with the facts of Vigil, by hand");
  }

  private static String says(CelExpr e) {
    if (!name(e).isEmpty()) return name(e);
    if (e.getKind() != Kind.CALL) return "this part of the expression";
    var names =
        e.call().args().stream().map(CustomLevel::says).filter(name -> name.contains(".")).toList();
    return names.isEmpty() ? e.call().function() : String.join("`, `", names);
  }
}
