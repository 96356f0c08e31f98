// SPDX-License-Identifier: Apache-2.0
package dev.vigil.policy.language;

import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelOptions;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.OpaqueType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.types.TypeParamType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import dev.vigil.policy.FactType;
import dev.vigil.policy.FactsSchema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What a condition may say: every fact by its name, and the operators and functions listed here.
/// Whatever is not listed does not type-check, so nothing is left to fail when a decision is made.
final class CelEnvironment {

  static final int LONGEST_CONDITION = 4000;

  /// The name of the time at which the request is made.
  static final String TIME = "time";

  private static final CelType BOOL = SimpleType.BOOL;
  private static final CelType STRING = SimpleType.STRING;
  private static final CelType DURATION = SimpleType.DURATION;
  private static final CelType VERSION = OpaqueType.create("version");
  private static final CelType DATE = OpaqueType.create("date");
  private static final CelType ADDRESS = OpaqueType.create("address");
  private static final CelType ELAPSED = OpaqueType.create("elapsed");
  private static final CelType NOW = OpaqueType.create("now");
  private static final CelType AGE = OpaqueType.create("age");
  private static final CelType TIER = OpaqueType.create("tier");
  private static final CelType ANY = TypeParamType.create("A");
  private static final List<CelType> ORDERED =
      List.of(SimpleType.INT, SimpleType.DOUBLE, VERSION, DATE, SimpleType.TIMESTAMP, DURATION);

  private static final CelEnvironment STANDARD = new CelEnvironment(FactsSchema.standard());

  private final Map<String, List<CelOverloadDecl>> functions = new LinkedHashMap<>();
  private final CelCompiler compiler;

  /// What conditions may say of the facts of a schema.
  CelEnvironment(FactsSchema schema) {
    logic();
    comparisons();
    texts();
    values();
    names();
    evidence();
    time();
    var builder =
        CelCompilerFactory.standardCelCompilerBuilder()
            .setOptions(
                CelOptions.current()
                    .maxExpressionCodePointSize(LONGEST_CONDITION)
                    .maxParseRecursionDepth(40)
                    .maxParseErrorRecoveryLimit(5)
                    .build())
            .setStandardEnvironmentEnabled(false)
            .setStandardMacros(CelStandardMacro.ALL, CelStandardMacro.EXISTS)
            .setResultType(BOOL);
    builder.addVar(TIME, NOW);
    for (var fact : schema.all()) builder.addVar(fact.qualifiedName(), typeOf(fact.type()));
    functions.forEach((name, overloads) ->
        builder.addFunctionDeclarations(CelFunctionDecl.newFunctionDeclaration(name, overloads)));
    compiler = builder.build();
  }

  static CelEnvironment standard() {
    return STANDARD;
  }

  CelCompiler compiler() {
    return compiler;
  }

  /// The functions that are written by name.
  List<String> functionNames() {
    var names = new ArrayList<>(functions.keySet());
    names.removeIf(name -> !Character.isLetter(name.charAt(0)));
    names.addAll(List.of("all", "exists"));
    return names;
  }

  private static CelType typeOf(FactType type) {
    return switch (type) {
      case BOOLEAN -> BOOL;
      case STRING -> STRING;
      case INTEGER -> SimpleType.INT;
      case DECIMAL -> SimpleType.DOUBLE;
      case STRINGS -> ListType.create(STRING);
      case VERSION -> VERSION;
      case DATE -> DATE;
      case TIMESTAMP -> SimpleType.TIMESTAMP;
      case DURATION -> DURATION;
      case ADDRESS -> ADDRESS;
    };
  }

  private void logic() {
    global("_&&_", BOOL, BOOL, BOOL);
    global("_||_", BOOL, BOOL, BOOL);
    global("!_", BOOL, BOOL);
    global("_?_:_", BOOL, BOOL, BOOL, BOOL);
    global("@not_strictly_false", BOOL, BOOL);
  }

  private void comparisons() {
    var equal = new ArrayList<>(ORDERED);
    equal.addAll(List.of(BOOL, STRING, ADDRESS));
    for (var type : equal) {
      global("_==_", BOOL, type, type);
      global("_!=_", BOOL, type, type);
      global("@in", BOOL, type, ListType.create(type));
    }
    for (var type : ORDERED) {
      for (var operator : List.of("_<_", "_<=_", "_>_", "_>=_")) global(operator, BOOL, type, type);
    }
  }

  private void texts() {
    for (var function : List.of("startsWith", "endsWith", "contains"))
      member(function, BOOL, STRING, STRING);
    for (var type : List.of(STRING, ListType.create(STRING))) {
      global("size", SimpleType.INT, type);
      member("size", SimpleType.INT, type);
    }
  }

  private void values() {
    global("version", VERSION, STRING);
    global("date", DATE, STRING);
    global("address", ADDRESS, STRING);
    global("timestamp", SimpleType.TIMESTAMP, STRING);
    global("duration", DURATION, STRING);
  }

  private void names() {
    for (var function : List.of("level", "strength", "in_location", "during"))
      global(function, BOOL, STRING);
  }

  private void evidence() {
    global("known", BOOL, ANY);
    global("attested", BOOL, ANY);
    global("age", AGE, ANY);
    global("tier", TIER, ANY);
    global("_<_", BOOL, AGE, DURATION);
    global("_>=_", BOOL, AGE, DURATION);
    global("_>=_", BOOL, TIER, STRING);
  }

  private void time() {
    for (var type : List.of(DATE, SimpleType.TIMESTAMP)) global("since", ELAPSED, type);
    global("_<_", BOOL, ELAPSED, DURATION);
    global("_>=_", BOOL, ELAPSED, DURATION);
    for (var operator : List.of("_<_", "_<=_", "_>_", "_>=_"))
      global(operator, BOOL, NOW, SimpleType.TIMESTAMP);
  }

  private void global(String name, CelType result, CelType... arguments) {
    var overloads = functions.computeIfAbsent(name, n -> new ArrayList<>());
    overloads.add(
        CelOverloadDecl.newGlobalOverload(name + " " + overloads.size(), result, arguments));
  }

  private void member(String name, CelType result, CelType... arguments) {
    var overloads = functions.computeIfAbsent(name, n -> new ArrayList<>());
    overloads.add(
        CelOverloadDecl.newMemberOverload(name + " " + overloads.size(), result, arguments));
  }
}
