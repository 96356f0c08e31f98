// SPDX-License-Identifier: Apache-2.0
package dev.vigil.policy.engine;

import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_void;
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
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/// Writes the classes: a method for each sequence or shared condition, and a switch over them.
final class ClassWriter {

  static final ClassDesc FRAME = ClassDesc.of(Frame.class.getName());

  /// Methods of more than this many parts are not compiled well, or not at all.
  private static final int MOST_PARTS = 240;

  private static final ClassDesc CODE = ClassDesc.of(Code.class.getName());
  private static final ClassDesc SELF = ClassDesc.of(Code.class.getPackageName() + ".Compiled");
  private static final MethodTypeDesc BODY = MethodTypeDesc.of(CD_int, FRAME);
  private static final MethodTypeDesc BY_NUMBER = MethodTypeDesc.of(CD_int, CD_int, FRAME);
  private static final MethodTypeDesc COLLECT = MethodTypeDesc.of(CD_void, CD_int);

  private final Sharing sharing;
  private final List<Object> constants = new ArrayList<>();

  private ClassWriter(Sharing sharing) {
    this.sharing = sharing;
  }

  /// Writes one method's body, which leaves the method itself.
  private interface Body {
    void write(ConditionWriter conditions);
  }

  static Code[] sequences(List<Program> programs, List<int[]> sequences, Sharing sharing) {
    return classes(sequences.size(), sharing, i -> parts(programs, sequences.get(i), sharing));
  }

  static Code[] shared(Sharing sharing) {
    return classes(
        sharing.size(),
        sharing,
        i ->
            List.of(conditions -> {
              conditions.valueOfParts(sharing.condition(i));
              conditions.code().ireturn();
            }));
  }

  /// A sequence as methods of a size that is compiled well.
  private static List<Body> parts(List<Program> programs, int[] sequence, Sharing sharing) {
    var bodies = new ArrayList<Body>();
    int from = 0;
    int size = 0;
    for (int i = 0; i < sequence.length; i++) {
      int more = sharing.size(programs.get(sequence[i]));
      if (i > from && size + more > MOST_PARTS) {
        bodies.add(body(programs, Arrays.copyOfRange(sequence, from, i), sharing));
        from = i;
        size = 0;
      }
      size += more;
    }
    bodies.add(body(programs, Arrays.copyOfRange(sequence, from, sequence.length), sharing));
    return bodies;
  }

  private static Body body(List<Program> programs, int[] some, Sharing sharing) {
    return conditions -> {
      conditions.remember(
          sharing.repeated(IntStream.of(some).<Program>mapToObj(programs::get).toList()));
      for (int number : some) program(programs.get(number), number, conditions);
      conditions.code().iconst_0().ireturn();
    };
  }

  /// The methods that run one after the other for one number.
  private interface Bodies {
    List<Body> at(int index);
  }

  private static Code[] classes(int count, Sharing sharing, Bodies bodies) {
    var classes = new Code[(count + Programs.PER_CLASS - 1) / Programs.PER_CLASS];
    for (int i = 0; i < classes.length; i++) {
      int from = i * Programs.PER_CLASS;
      int to = Math.min(count, from + Programs.PER_CLASS);
      classes[i] =
          new ClassWriter(sharing).write(IntStream.range(from, to).mapToObj(bodies::at).toList());
    }
    return classes;
  }

  private Code write(List<List<Body>> bodies) {
    byte[] written =
        ClassFile.of()
            .build(
                SELF,
                type -> {
                  type.withFlags(ClassFile.ACC_FINAL | ClassFile.ACC_SUPER);
                  type.withSuperclass(CODE);
                  constructor(type);
                  for (int i = 0; i < bodies.size(); i++) bodies(type, "m" + i, bodies.get(i));
                  type.withMethodBody("run", BY_NUMBER, 0, code -> byNumber(code, bodies.size()));
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

  private void bodies(ClassBuilder type, String name, List<Body> parts) {
    if (parts.size() == 1) {
      body(type, name, parts.getFirst());
      return;
    }
    for (int i = 0; i < parts.size(); i++) body(type, name + "_" + i, parts.get(i));
    type.withMethodBody(
        name, BODY, ClassFile.ACC_STATIC, code -> oneAfterTheOther(code, name, parts.size()));
  }

  private static void oneAfterTheOther(CodeBuilder code, String name, int parts) {
    for (int i = 0; i < parts; i++) code.aload(0).invokestatic(SELF, name + "_" + i, BODY).pop();
    code.iconst_0().ireturn();
  }

  private void body(ClassBuilder type, String name, Body body) {
    type.withMethodBody(
        name,
        BODY,
        ClassFile.ACC_STATIC,
        code -> body.write(new ConditionWriter(code, sharing, constants)));
  }

  private static void byNumber(CodeBuilder code, int bodies) {
    var none = code.newLabel();
    var cases = new ArrayList<SwitchCase>();
    for (int i = 0; i < bodies; i++) cases.add(SwitchCase.of(i, code.newLabel()));
    code.iload(1).tableswitch(0, bodies - 1, none, cases);
    for (int i = 0; i < bodies; i++)
      code.labelBinding(cases.get(i).target()).aload(2).invokestatic(SELF, "m" + i, BODY).ireturn();
    code.labelBinding(none).iconst_0().ireturn();
  }

  private static void program(Program program, int number, ConditionWriter conditions) {
    var code = conditions.code();
    var next = code.newLabel();
    applies(program, conditions, next);
    switch (program.effect()) {
      case GRANTS -> required(program, conditions, new Outcome("grants", "reaches"), number);
      case LIMITS -> required(program, conditions, new Outcome("limits", "blocks"), number);
      case ENDS -> collect(code, "ends", number);
    }
    code.labelBinding(next);
  }

  /// What the frame is told.
  private record Outcome(String met, String unmet) {}

  private static void required(
      Program program, ConditionWriter conditions, Outcome outcome, int number) {
    var code = conditions.code();
    var unmet = code.newLabel();
    var done = code.newLabel();
    for (var required : program.requires()) conditions.unless(required, Truth.TRUE, unmet);
    collect(code, outcome.met, number);
    code.goto_(done).labelBinding(unmet);
    code.aload(0).invokevirtual(FRAME, outcome.unmet, MTD_void).labelBinding(done);
  }

  private static void collect(CodeBuilder code, String how, int number) {
    code.aload(0).loadConstant(number).invokevirtual(FRAME, how, COLLECT);
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
