// SPDX-License-Identifier: Apache-2.0
package dev.vigil.policy.engine;

import dev.vigil.policy.AccessRequest;
import dev.vigil.policy.Facts;
import dev.vigil.policy.condition.Condition;
import dev.vigil.policy.condition.Evaluation;
import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// What programs run on: one request at a time, with what has been found out about it already. For
/// one thread.
public final class Frame {

  private static final int TRUTH_BITS = 2;
  private static final long NEVER_SECOND = Instant.MAX.getEpochSecond();
  private static final int NEVER_NANO = nano(Instant.MAX);

  private final Programs programs;
  private final int[] known;
  private final Numbers granting = new Numbers();
  private final Numbers limiting = new Numbers();
  private final Numbers ending = new Numbers();
  private boolean reached;
  private boolean blocked;
  private int epoch;
  private AccessRequest request;
  private @Nullable Evaluation evaluation;
  private boolean evaluated;
  private long turnSecond;
  private int turnNano;

  // The generated code reads these.
  Facts subject;
  Facts authentication;
  Facts device;
  Facts connection;
  Facts network;
  Facts risk;
  Facts app;
  Facts asked;
  long second;
  int nano;

  Frame(Programs programs, AccessRequest first) {
    this.programs = programs;
    this.known = new int[programs.sharedConditions()];
    begin(first);
  }

  /// Begins with a request; nothing of the one before is left.
  public final void begin(AccessRequest next) {
    request = next;
    subject = next.subject();
    authentication = next.authentication();
    device = next.device();
    connection = next.connection();
    network = next.network();
    risk = next.risk();
    app = next.app();
    asked = next.request();
    second = next.at().getEpochSecond();
    nano = nano(next.at());
    turnSecond = NEVER_SECOND;
    turnNano = NEVER_NANO;
    evaluated = false;
    granting.clear();
    limiting.clear();
    ending.clear();
    reached = false;
    blocked = false;
    if (++epoch << TRUTH_BITS < 0) {
      Arrays.fill(known, 0);
      epoch = 1;
    }
  }

  /// The part of a time that is less than a second, beside its seconds.
  @SuppressWarnings("JavaInstantGetSecondsGetNano")
  static int nano(Instant time) {
    return time.getNano();
  }

  /// Runs a sequence of programs.
  public void run(int sequence) {
    programs.run(sequence, this);
  }

  void grants(int program) {
    granting.add(program);
  }

  void reaches() {
    reached = true;
  }

  void limits(int program) {
    limiting.add(program);
  }

  void blocks() {
    blocked = true;
  }

  void ends(int program) {
    ending.add(program);
  }

  /// The programs that grant, of those that ran.
  public Numbers granting() {
    return granting;
  }

  /// Whether a program would grant if what it requires were met.
  public boolean reached() {
    return reached;
  }

  /// The programs that limit and whose requirements are met, of those that ran.
  public Numbers limiting() {
    return limiting;
  }

  /// Whether a program limits and something that it requires is not met.
  public boolean blocked() {
    return blocked;
  }

  /// The programs that stand in the way, of those that ran.
  public Numbers ending() {
    return ending;
  }

  /// A condition that several programs share: evaluated once.
  int shared(int condition) {
    int before = known[condition];
    if (before >>> TRUTH_BITS == epoch) return before & 3;
    int truth = programs.truth(condition, this);
    known[condition] = epoch << TRUTH_BITS | truth;
    return truth;
  }

  /// Conditions that are rare are not compiled: they evaluate themselves.
  int interpreted(Condition condition) {
    var on = evaluation;
    if (on == null) {
      on = new Evaluation(request);
      evaluation = on;
    } else if (!evaluated) {
      on.restart(request);
    }
    evaluated = true;
    return Operations.of(condition.truth(on));
  }

  void turnsAt(long atSecond, int atNano) {
    if (atSecond > turnSecond || (atSecond == turnSecond && atNano >= turnNano)) return;
    turnSecond = atSecond;
    turnNano = atNano;
  }

  /// Takes in what the interpreted conditions say about time; to be asked once all have run.
  public void settle() {
    if (!evaluated || evaluation == null) return;
    var turns = evaluation.turns();
    turnsAt(turns.getEpochSecond(), nano(turns));
  }

  /// When time alone would first make a program that ran come out differently.
  public boolean turnsEquals(Instant time) {
    return time.getEpochSecond() == turnSecond && nano(time) == turnNano;
  }

  /// A hash of that time, well spread.
  public int turnsHash() {
    return Long.hashCode((turnSecond * 1_000_000_007L + turnNano) * 0x9E3779B97F4A7C15L);
  }

  /// The same as an instant; [Instant#MAX] if never.
  public Instant turns() {
    return Instant.ofEpochSecond(turnSecond, turnNano);
  }
}
