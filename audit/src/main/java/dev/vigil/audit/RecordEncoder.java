// SPDX-License-Identifier: Apache-2.0
package dev.vigil.audit;

import dev.vigil.audit.DecisionRecord.OwnFact;
import dev.vigil.audit.DecisionRecord.Reason;
import dev.vigil.audit.DecisionRecord.Result;
import dev.vigil.audit.DecisionRecord.Snapshot;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/// Writes a record as the payload that docs/record-format.md describes. Not for several threads at
/// once.
public final class RecordEncoder {

  /// The version that this encoder writes.
  public static final int FORMAT = 1;

  /// The most bytes a payload has.
  public static final int MAX_PAYLOAD = 65_536;

  private final ByteBuffer out = ByteBuffer.allocate(MAX_PAYLOAD);

  /// Whether a record could be written.
  public enum Encoded {
    DONE,
    /// It is longer than [#MAX_PAYLOAD], or one of its lists or texts is longer than its length
    /// field can say.
    TOO_LONG
  }

  /// Encodes into [#payload], which holds the record until the next call.
  public Encoded encode(DecisionRecord record) {
    out.clear();
    try {
      write(record);
    } catch (java.nio.BufferOverflowException e) {
      return Encoded.TOO_LONG;
    }
    out.flip();
    return Encoded.DONE;
  }

  /// The last encoded record, from position 0 to its limit; valid until the next call of [#encode].
  public ByteBuffer payload() {
    return out;
  }

  private void write(DecisionRecord record) {
    out.put((byte) FORMAT);
    text(record.id().value());
    instant(record.at());
    text(record.app().value());
    out.put(record.certificate().bytes());
    count(record.snapshots().size());
    for (var snapshot : record.snapshots()) snapshot(snapshot);
    out.putInt(record.schemaVersion());
    count(record.facts().size());
    for (var fact : record.facts()) fact(fact);
    out.put((byte) (record.action().isPresent() ? 1 : 0));
    if (record.action().isPresent()) out.put(record.action().get().bytes());
    result(record.result());
  }

  private void snapshot(Snapshot snapshot) {
    text(snapshot.entity());
    text(snapshot.id());
    out.putLong(snapshot.version());
  }

  private void fact(OwnFact fact) {
    text(fact.name());
    count(fact.values().size());
    for (var value : fact.values()) text(value);
    out.put(RecordCodes.of(fact.tier()));
    instant(fact.observed());
  }

  private void result(Result result) {
    out.put(RecordCodes.of(result.outcome()));
    switch (result) {
      case Result.Rejected(String code) -> text(code);
      case Result.Decided decided -> decided(decided);
    }
  }

  private void decided(Result.Decided decided) {
    out.putLong(decided.policyVersion());
    count(decided.deciding().size());
    for (var rule : decided.deciding()) text(rule);
    count(decided.reasons().size());
    for (Reason reason : decided.reasons()) {
      text(reason.rule());
      text(reason.requirement());
    }
    out.put((byte) (decided.validUntil().isPresent() ? 1 : 0));
    if (decided.validUntil().isPresent()) instant(decided.validUntil().get());
  }

  private void count(int count) {
    if (count > 0xffff) throw new java.nio.BufferOverflowException();
    out.putShort((short) count);
  }

  private void text(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    count(bytes.length);
    out.put(bytes);
  }

  private void instant(Instant at) {
    out.putLong(at.getEpochSecond());
    out.putInt(at.getNano());
  }
}
