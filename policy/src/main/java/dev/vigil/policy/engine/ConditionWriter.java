// SPDX-License-Identifier: Apache-2.0
package dev.vigil.policy.engine;

import static java.lang.constant.ConstantDescs.CD_int;

import dev.vigil.policy.condition.Condition;
import dev.vigil.policy.condition.Truth;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.constant.MethodTypeDesc;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/// Writes conditions into a method, in two ways: as a jump unless a condition is true (or false),
/// where the two other truth values need not be told apart; and as its truth value. Each part is
/// written once, whichever way.
final class ConditionWriter {

  private static final MethodTypeDesc SHARED = MethodTypeDesc.of(CD_int, CD_int);

  private final CodeBuilder code;
  private final Sharing sharing;
  private final LeafWriter leaves;
  private final IdentityHashMap<Condition, Integer> remembered = new IdentityHashMap<>();

  ConditionWriter(CodeBuilder code, Sharing sharing, List<Object> constants) {
    this.code = code;
    this.sharing = sharing;
    this.leaves = new LeafWriter(code, constants);
  }

  /// Prepares to look at these leaves once, however often they are asked in this method.
  void remember(Set<Condition> repeated) {
    for (var leaf : repeated) {
      int local = code.allocateLocal(TypeKind.INT);
      remembered.put(leaf, local);
      code.iconst_m1().istore(local);
    }
  }

  CodeBuilder code() {
    return code;
  }

  /// Goes on if the condition has the wanted truth value, jumps otherwise.
  ///
  /// @param wanted [Truth#TRUE] or [Truth#FALSE]
  void unless(Condition condition, Truth wanted, Label otherwise) {
    if (sharing.number(condition).isPresent()) {
      value(condition);
      jumpUnless(wanted, otherwise);
      return;
    }
    switch (condition) {
      case Condition.Always(boolean always) -> {
        if (Truth.of(always) != wanted) code.goto_(otherwise);
      }
      case Condition.And(List<Condition> all) -> {
        if (wanted == Truth.TRUE) every(all, wanted, otherwise);
        else some(all, wanted, otherwise);
      }
      case Condition.Or(List<Condition> any) -> {
        if (wanted == Truth.TRUE) some(any, wanted, otherwise);
        else every(any, wanted, otherwise);
      }
      case Condition.Not(Condition of) -> unless(of, wanted.not(), otherwise);
      case Condition.Named(_, Condition body) -> unless(body, wanted, otherwise);
      case Condition.Choose _,
          Condition.Same _,
          Condition.Flag _,
          Condition.Compare _,
          Condition.Member _,
          Condition.Text _,
          Condition.Quantified _,
          Condition.Inside _,
          Condition.Cohort _,
          Condition.During _,
          Condition.Clock _,
          Condition.Since _,
          Condition.EvidencePredicate _ -> {
        value(condition);
        jumpUnless(wanted, otherwise);
      }
    }
  }

  private void jumpUnless(Truth wanted, Label otherwise) {
    if (wanted == Truth.TRUE) code.iconst_2().if_icmpne(otherwise);
    else code.ifne(otherwise);
  }

  private void every(List<Condition> parts, Truth wanted, Label otherwise) {
    for (var part : parts) unless(part, wanted, otherwise);
  }

  private void some(List<Condition> parts, Truth wanted, Label otherwise) {
    if (parts.isEmpty()) {
      code.goto_(otherwise);
      return;
    }
    var done = code.newLabel();
    for (var part : parts.subList(0, parts.size() - 1)) {
      var next = code.newLabel();
      unless(part, wanted, next);
      code.goto_(done).labelBinding(next);
    }
    unless(parts.getLast(), wanted, otherwise);
    code.labelBinding(done);
  }

  /// Leaves the truth value on the stack; a shared condition is called.
  private void value(Condition condition) {
    var number = sharing.number(condition);
    if (number.isEmpty()) valueOfParts(condition);
    else
      code.aload(0)
          .loadConstant(number.getAsInt())
          .invokevirtual(ClassWriter.FRAME, "shared", SHARED);
  }

  /// Leaves the truth value on the stack, made of the values of its parts.
  void valueOfParts(Condition condition) {
    switch (condition) {
      case Condition.Always(boolean always) ->
          code.loadConstant(always ? Operations.TRUE : Operations.FALSE);
      case Condition.And(List<Condition> all) -> least(all);
      case Condition.Or(List<Condition> any) -> greatest(any);
      case Condition.Not(Condition of) -> {
        code.iconst_2();
        value(of);
        code.isub();
      }
      case Condition.Named(_, Condition body) -> valueOfParts(body);
      case Condition.Choose choose -> choose(choose);
      case Condition.Same same -> same(same);
      case Condition.Flag _,
          Condition.Compare _,
          Condition.Member _,
          Condition.Text _,
          Condition.Quantified _,
          Condition.Inside _,
          Condition.Cohort _,
          Condition.During _,
          Condition.Clock _,
          Condition.Since _,
          Condition.EvidencePredicate _ ->
          leaf(condition);
    }
  }

  private void leaf(Condition condition) {
    var local = remembered.get(sharing.representative(condition));
    if (local == null) {
      leaves.value(condition);
      return;
    }
    var known = code.newLabel();
    code.iload(local).dup().ifge(known).pop();
    leaves.value(condition);
    code.dup().istore(local).labelBinding(known);
  }

  private void least(List<Condition> all) {
    fold(all, Operations.TRUE, Operations.FALSE);
  }

  private void greatest(List<Condition> any) {
    fold(any, Operations.FALSE, Operations.TRUE);
  }

  /// Stops at a value that settles the matter; otherwise unknown if any part is.
  private void fold(List<Condition> parts, int neutral, int settles) {
    int result = code.allocateLocal(TypeKind.INT);
    var settled = code.newLabel();
    var done = code.newLabel();
    code.loadConstant(neutral).istore(result);
    for (var part : parts) {
      var next = code.newLabel();
      value(part);
      code.dup().loadConstant(settles).if_icmpeq(settled);
      code.dup().loadConstant(neutral).if_icmpeq(next).dup().istore(result);
      code.labelBinding(next).pop();
    }
    code.iload(result).goto_(done);
    code.labelBinding(settled);
    if (parts.isEmpty()) code.loadConstant(neutral);
    code.labelBinding(done);
  }

  private void choose(Condition.Choose choose) {
    int when = code.allocateLocal(TypeKind.INT);
    int then = branch(choose.when(), when, choose.then(), Operations.FALSE);
    int otherwise = code.allocateLocal(TypeKind.INT);
    skipping(when, choose.otherwise(), Operations.TRUE, otherwise);
    var first = code.newLabel();
    var second = code.newLabel();
    var done = code.newLabel();
    code.iload(when).loadConstant(Operations.TRUE).if_icmpeq(first);
    code.iload(when).ifeq(second);
    code.iload(then).iload(otherwise).if_icmpeq(first).iconst_1().goto_(done);
    code.labelBinding(first).iload(then).goto_(done);
    code.labelBinding(second).iload(otherwise);
    code.labelBinding(done);
  }

  private int branch(Condition test, int into, Condition then, int unneeded) {
    value(test);
    code.istore(into);
    int result = code.allocateLocal(TypeKind.INT);
    skipping(into, then, unneeded, result);
    return result;
  }

  /// Evaluates a branch unless the test makes it unneeded.
  private void skipping(int test, Condition branch, int unneeded, int result) {
    var skip = code.newLabel();
    code.iconst_1().istore(result);
    code.iload(test).loadConstant(unneeded).if_icmpeq(skip);
    value(branch);
    code.istore(result).labelBinding(skip);
  }

  private void same(Condition.Same same) {
    int left = code.allocateLocal(TypeKind.INT);
    int right = code.allocateLocal(TypeKind.INT);
    var unknown = code.newLabel();
    var equal = code.newLabel();
    var done = code.newLabel();
    value(same.left());
    code.istore(left).iload(left).iconst_1().if_icmpeq(unknown);
    value(same.right());
    code.istore(right).iload(right).iconst_1().if_icmpeq(unknown);
    code.iload(left).iload(right).if_icmpeq(equal).iconst_0().goto_(done);
    code.labelBinding(equal).iconst_2().goto_(done);
    code.labelBinding(unknown).iconst_1();
    code.labelBinding(done);
  }
}
