// SPDX-License-Identifier: Apache-2.0
package dev.vigil.policy.engine;

import static java.lang.constant.ConstantDescs.BSM_CLASS_DATA_AT;
import static java.lang.constant.ConstantDescs.CD_Object;
import static java.lang.constant.ConstantDescs.CD_String;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_long;
import static java.lang.constant.ConstantDescs.DEFAULT_NAME;

import dev.vigil.kernel.EvidenceTier;
import dev.vigil.policy.Entity;
import dev.vigil.policy.Evidence;
import dev.vigil.policy.Fact;
import dev.vigil.policy.FactType;
import dev.vigil.policy.Facts;
import dev.vigil.policy.condition.Comparison;
import dev.vigil.policy.condition.Condition;
import dev.vigil.policy.condition.Term;
import java.lang.classfile.CodeBuilder;
import java.lang.constant.ClassDesc;
import java.lang.constant.DynamicConstantDesc;
import java.lang.constant.MethodTypeDesc;
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
  private static final ClassDesc PART =
      desc(Condition.class).nested("Text").nested(Condition.Text.Part.class.getSimpleName());

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
        constant(set, SET);
        call("in", CD_Object, SET);
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

  private void compare(Fact fact, Comparison by, Object constant) {
    load(fact);
    if (constant instanceof String text && by == Comparison.EQUAL) {
      constant(text, CD_String);
      call("equal", CD_Object, CD_String);
    } else if (constant instanceof Long number && fact.type() == FactType.INTEGER) {
      constant(by, COMPARISON);
      code.loadConstant(number.longValue());
      call("compareNumber", CD_Object, COMPARISON, CD_long);
    } else {
      constant(by, COMPARISON);
      constant(constant, CD_Object);
      call("compare", CD_Object, COMPARISON, CD_Object);
    }
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
