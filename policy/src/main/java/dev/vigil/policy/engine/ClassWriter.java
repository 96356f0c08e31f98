// SPDX-License-Identifier: Apache-2.0
package dev.vigil.policy.engine;

import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.INIT_NAME;
import static java.lang.constant.ConstantDescs.MTD_void;

import dev.vigil.policy.condition.Truth;
import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.instruction.SwitchCase;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.InvocationTargetException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// Writes the classes: a method for each program or shared condition, and a switch over them.
final class ClassWriter {

  static final ClassDesc FRAME = ClassDesc.of(Frame.class.getName());

  private static final ClassDesc CODE = ClassDesc.of(Code.class.getName());
  private static final ClassDesc SELF = ClassDesc.of(Code.class.getPackageName() + ".Compiled");
  private static final MethodTypeDesc BY_NUMBER = MethodTypeDesc.of(CD_int, CD_int, FRAME);
  private static final MethodTypeDesc BODY = MethodTypeDesc.of(CD_int, FRAME);

  private final Sharing sharing;
  private final List<Object> constants = new ArrayList<>();

  private ClassWriter(Sharing sharing) {
    this.sharing = sharing;
  }

  /// Writes one method's body, which leaves the method itself.
  private interface Body {
    void write(ConditionWriter conditions);
  }

  static Code[] programs(List<Program> programs, Sharing sharing) {
    return classes(
        programs.size(), "run", sharing, i -> conditions -> program(programs.get(i), conditions));
  }

  static Code[] shared(Sharing sharing) {
    return classes(
        sharing.size(),
        "truth",
        sharing,
        i ->
            conditions -> {
              conditions.valueOfParts(sharing.condition(i));
              conditions.code().ireturn();
            });
  }

  private interface Bodies {
    Body at(int index);
  }

  private static Code[] classes(int count, String method, Sharing sharing, Bodies bodies) {
    var classes = new Code[(count + Programs.PER_CLASS - 1) / Programs.PER_CLASS];
    for (int i = 0; i < classes.length; i++) {
      int from = i * Programs.PER_CLASS;
      int to = Math.min(count, from + Programs.PER_CLASS);
      classes[i] =
          new ClassWriter(sharing)
              .write(method, IntStream.range(from, to).mapToObj(bodies::at).toList());
    }
    return classes;
  }

  private Code write(String method, List<Body> bodies) {
    byte[] written =
        ClassFile.of()
            .build(
                SELF,
                type -> {
                  type.withFlags(ClassFile.ACC_FINAL | ClassFile.ACC_SUPER);
                  type.withSuperclass(CODE);
                  constructor(type);
                  for (int i = 0; i < bodies.size(); i++) body(type, "m" + i, bodies.get(i));
                  byNumber(type, method, bodies.size());
                  byNumber(type, method.equals("run") ? "truth" : "run", 0);
                });
    try {
      return (Code)
          MethodHandles.lookup()
              .defineHiddenClassWithClassData(written, List.copyOf(constants), true)
              .lookupClass()
              .getDeclaredConstructor()
              .newInstance();
    } catch (IllegalAccessException
        | InstantiationException
        | NoSuchMethodException
        | InvocationTargetException e) {
      throw new IllegalStateException("a class that was written here cannot be used", e);
    }
  }

  private static void constructor(ClassBuilder type) {
    type.withMethodBody(
        INIT_NAME,
        MTD_void,
        0,
        code -> code.aload(0).invokespecial(CODE, INIT_NAME, MTD_void).return_());
  }

  private void body(ClassBuilder type, String name, Body body) {
    type.withMethodBody(
        name,
        BODY,
        ClassFile.ACC_STATIC,
        code -> body.write(new ConditionWriter(code, sharing, constants)));
  }

  private static void byNumber(ClassBuilder type, String name, int bodies) {
    type.withMethodBody(name, BY_NUMBER, 0, code -> byNumber(code, bodies));
  }

  private static void byNumber(CodeBuilder code, int bodies) {
    var none = code.newLabel();
    var cases = new ArrayList<SwitchCase>();
    for (int i = 0; i < bodies; i++) cases.add(SwitchCase.of(i, code.newLabel()));
    code.iload(1);
    if (bodies > 0) code.tableswitch(0, bodies - 1, none, cases);
    else code.pop();
    for (int i = 0; i < bodies; i++)
      code.labelBinding(cases.get(i).target()).aload(2).invokestatic(SELF, "m" + i, BODY).ireturn();
    code.labelBinding(none).iconst_0().ireturn();
  }

  private static void program(Program program, ConditionWriter conditions) {
    var code = conditions.code();
    var no = code.newLabel();
    var unmet = code.newLabel();
    applies(program, conditions, no);
    for (var required : program.requires()) conditions.unless(required, Truth.TRUE, unmet);
    code.loadConstant(Program.MET).ireturn();
    if (!program.requires().isEmpty())
      code.labelBinding(unmet).loadConstant(Program.UNMET).ireturn();
    code.labelBinding(no).loadConstant(Program.DOES_NOT_APPLY).ireturn();
  }

  private static void applies(Program program, ConditionWriter conditions, Label no) {
    if (program.unknown() == Truth.FALSE) {
      conditions.unless(program.applies(), Truth.TRUE, no);
      return;
    }
    var code = conditions.code();
    var yes = code.newLabel();
    conditions.unless(program.applies(), Truth.FALSE, yes);
    code.goto_(no).labelBinding(yes);
  }
}
