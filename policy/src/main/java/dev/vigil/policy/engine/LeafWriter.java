// SPDX-License-Identifier: Apache-2.0
package dev.vigil.policy.engine;

import static java.lang.constant.ConstantDescs.BSM_CLASS_DATA_AT;
import static java.lang.constant.ConstantDescs.CD_Object;
import static java.lang.constant.ConstantDescs.CD_String;
import static java.lang.constant.ConstantDescs.CD_double;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_long;
import static java.lang.constant.ConstantDescs.DEFAULT_NAME;

import dev.vigil.kernel.EvidenceTier;
import dev.vigil.policy.Entity;
import dev.vigil.policy.Evidence;
import dev.vigil.policy.Fact;
import dev.vigil.policy.FactType;
import dev.vigil.policy.Facts;
import dev.vigil.policy.Version;
import dev.vigil.policy.condition.Comparison;
import dev.vigil.policy.condition.Condition;
import dev.vigil.policy.condition.Network;
import dev.vigil.policy.condition.Term;
import java.lang.classfile.CodeBuilder;
import java.lang.constant.ClassDesc;
import java.lang.constant.DynamicConstantDesc;
import java.lang.constant.MethodTypeDesc;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Writes conditions that have no parts: what is common as a call of an operation on the value,
/// what is rare as a call of the condition itself.
final class LeafWriter {

  private static final ClassDesc OPERATIONS = desc(Operations.class);
  private static final ClassDesc FACTS = desc(Facts.class);
  private static final ClassDesc FACT = desc(Fact.class);
  private static final ClassDesc EVIDENCE = desc(Evidence.class);
  private static final ClassDesc CONDITION = desc(Condition.class);
  private static final ClassDesc COMPARISON = desc(Comparison.class);
  private static final ClassDesc TIER = desc(EvidenceTier.class);
  private static final ClassDesc SET = desc(Set.class);
  private static final ClassDesc NETWORKS = desc(Network.class).arrayType();
  private static final ClassDesc PART =
      desc(Condition.class).nested("Text").nested(Condition.Text.Part.class.getSimpleName());

  private static final ClassDesc DAY = desc(LocalDate.class);
  private static final ClassDesc VERSION = desc(Version.class);

  /// The most texts that are compared one by one.
  private static final int FEW = 4;

  private final CodeBuilder code;
  private final List<Object> constants;

  LeafWriter(CodeBuilder code, List<Object> constants) {
    this.code = code;
    this.constants = constants;
  }

  private static ClassDesc desc(Class<?> type) {
    return ClassDesc.of(type.getName());
  }

  /// Leaves the truth value on the stack.
  void value(Condition condition) {
    switch (condition) {
      case Condition.Flag(Fact fact) -> {
        load(fact);
        call("flag", CD_Object);
      }
      case Condition.Compare(Term.Read(Fact fact), Comparison by, Term.Literal(Object constant)) ->
          compare(fact, by, constant);
      case Condition.Compare(Term.Literal(Object constant), Comparison by, Term.Read(Fact fact)) ->
          compare(fact, by.mirrored(), constant);
      case Condition.Member(Term.Read(Fact fact), Term.Literal(Set<?> set))
          when fact.type() != FactType.DECIMAL -> {
        load(fact);
        in(fact, set);
      }
      case Condition.Member(Term.Literal(Object one), Term.Read(Fact fact)) -> {
        load(fact);
        constant(one, CD_Object);
        call("has", CD_Object, CD_Object);
      }
      case Condition.Text(
              Term.Read(Fact fact),
              Condition.Text.Part where,
              Term.Literal(String part)) -> {
        load(fact);
        constant(where, PART);
        constant(part, CD_String);
        call("text", CD_Object, PART, CD_String);
      }
      case Condition.Inside(_, List<Network> networks, Fact fact) -> {
        load(fact);
        constant(networks.toArray(Network[]::new), NETWORKS);
        call("inside", CD_Object, NETWORKS);
      }
      case Condition.Known(Fact fact) -> {
        load(fact);
        call("known", CD_Object);
      }
      case Condition.Tier(Fact fact, EvidenceTier least) -> {
        evidence(fact);
        constant(least, TIER);
        call("tier", EVIDENCE, TIER);
      }
      case Condition.Younger younger -> {
        evidence(younger.fact());
        code.loadConstant(younger.than().toSeconds());
        code.loadConstant(younger.than().toNanosPart()).aload(0);
        call("younger", EVIDENCE, CD_long, CD_int, ClassWriter.FRAME);
      }
      case Condition rare -> {
        code.aload(0);
        constant(rare, CONDITION);
        code.invokevirtual(ClassWriter.FRAME, "interpreted", MethodTypeDesc.of(CD_int, CONDITION));
      }
    }
  }

  /// Few texts are compared one by one.
  private void in(Fact fact, Set<?> set) {
    var texts = set.stream().filter(String.class::isInstance).map(String.class::cast).toList();
    if (texts.size() != set.size() || set.isEmpty() || set.size() > FEW) {
      constant(set, SET);
      call("in", CD_Object, SET);
      return;
    }
    int compared = texts.size() <= 2 ? 2 : FEW;
    var signature = new ArrayList<>(List.of(CD_Object));
    for (int i = 0; i < compared; i++) {
      constant(fact.canonical(texts.get(Math.min(i, texts.size() - 1))), CD_String);
      signature.add(CD_String);
    }
    call(isCanonical(fact) ? "isOneOf" : "oneOf", signature.toArray(ClassDesc[]::new));
  }

  /// Whether equal values of the fact are always the same object.
  private static boolean isCanonical(Fact fact) {
    return !fact.isAttribute() && !fact.allowed().isEmpty();
  }

  private void compare(Fact fact, Comparison by, Object constant) {
    load(fact);
    if (constant instanceof String text && by == Comparison.EQUAL) {
      constant(fact.canonical(text), CD_String);
      call(isCanonical(fact) ? "is" : "equal", CD_Object, CD_String);
      return;
    }
    switch (constant) {
      case Long number when fact.type() == FactType.INTEGER ->
          order("number", by, () -> code.loadConstant(number.longValue()), CD_long);
      case Double number when fact.type() == FactType.DECIMAL && !Double.isNaN(number) ->
          order("decimal", by, () -> code.loadConstant(number.doubleValue()), CD_double);
      case LocalDate day when fact.type() == FactType.DATE ->
          order("day", by, () -> constant(day, DAY), DAY);
      case Version version when fact.type() == FactType.VERSION ->
          order("version", by, () -> constant(version, VERSION), VERSION);
      default -> {
        constant(by, COMPARISON);
        constant(constant, CD_Object);
        call("compare", CD_Object, COMPARISON, CD_Object);
      }
    }
  }

  /// The value is on the stack; how it is compared is told by numbers, of which compiled code is
  /// rid of what cannot be.
  private void order(String operation, Comparison by, Runnable constant, ClassDesc type) {
    code.loadConstant(Operations.outcomes(by));
    constant.run();
    call(operation, CD_Object, CD_int, type);
  }

  private void load(Fact fact) {
    facts(fact);
    if (fact.isAttribute()) {
      constant(fact, FACT);
      code.invokevirtual(FACTS, "value", MethodTypeDesc.of(CD_Object, FACT));
    } else {
      code.loadConstant(fact.slot());
      code.invokevirtual(FACTS, "valueAt", MethodTypeDesc.of(CD_Object, CD_int));
    }
  }

  private void evidence(Fact fact) {
    facts(fact);
    if (fact.isAttribute()) {
      constant(fact, FACT);
      code.invokevirtual(FACTS, "evidence", MethodTypeDesc.of(EVIDENCE, FACT));
    } else {
      code.loadConstant(fact.slot());
      code.invokestatic(OPERATIONS, "evidence", MethodTypeDesc.of(EVIDENCE, FACTS, CD_int));
    }
  }

  private void facts(Fact fact) {
    code.aload(0).getfield(ClassWriter.FRAME, field(fact.entity()), FACTS);
  }

  private static String field(Entity entity) {
    return entity == Entity.REQUEST ? "asked" : entity.prefix();
  }

  private void call(String operation, ClassDesc... parameters) {
    code.invokestatic(OPERATIONS, operation, MethodTypeDesc.of(CD_int, parameters));
  }

  private void constant(Object value, ClassDesc type) {
    code.loadConstant(
        DynamicConstantDesc.ofNamed(BSM_CLASS_DATA_AT, DEFAULT_NAME, type, constants.size()));
    constants.add(value);
  }
}
