// SPDX-License-Identifier: Apache-2.0
package dev.vigil.audit;

import dev.vigil.audit.DecisionRecord.Outcome;
import dev.vigil.audit.DecisionRecord.OwnFact;
import dev.vigil.audit.DecisionRecord.Reason;
import dev.vigil.audit.DecisionRecord.Result;
import dev.vigil.audit.DecisionRecord.Snapshot;
import dev.vigil.kernel.AppId;
import dev.vigil.kernel.DecisionId;
import dev.vigil.kernel.Sha256;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Reads a payload back. It believes no length, no count and no text: whatever is not exactly a
/// record is malformed.
public final class RecordDecoder {

  private final ByteBuffer in;

  private RecordDecoder(ByteBuffer in) {
    this.in = in;
  }

  /// What the bytes are.
  public sealed interface Decoded {

    /// A record.
    record Whole(DecisionRecord record) implements Decoded {}

    /// A record of a version that this decoder does not read.
    record OtherFormat(int format) implements Decoded {}

    /// No record.
    record Malformed(String why) implements Decoded {}
  }

  /// Decodes one payload; all of its bytes must belong to the record. Never throws.
  public static Decoded decode(byte[] payload) {
    if (payload.length == 0) return new Decoded.Malformed("it is empty");
    int format = payload[0] & 0xff;
    if (format != RecordEncoder.FORMAT) return new Decoded.OtherFormat(format);
    try {
      var decoder = new RecordDecoder(ByteBuffer.wrap(payload, 1, payload.length - 1));
      var record = decoder.record();
      if (decoder.in.hasRemaining()) return new Decoded.Malformed("bytes are left over");
      return new Decoded.Whole(record);
    } catch (BufferUnderflowException e) {
      return new Decoded.Malformed("it ends too early");
    } catch (CharacterCodingException e) {
      return new Decoded.Malformed("a text is not UTF-8");
    } catch (IllegalArgumentException | DateTimeException e) {
      return new Decoded.Malformed("a value is not one that is ever written");
    }
  }

  private DecisionRecord record() throws CharacterCodingException {
    var id = new DecisionId(text());
    var at = instant();
    var app = new AppId(text());
    var certificate = digest();
    var snapshots = new ArrayList<Snapshot>();
    for (int left = count(); left > 0; left--)
      snapshots.add(new Snapshot(text(), text(), in.getLong()));
    int schemaVersion = in.getInt();
    var facts = new ArrayList<OwnFact>();
    for (int left = count(); left > 0; left--)
      facts.add(new OwnFact(text(), texts(), RecordCodes.tier(in.get()), instant()));
    Optional<Sha256> action = present() ? Optional.of(digest()) : Optional.empty();
    return new DecisionRecord(
        id, at, app, certificate, snapshots, schemaVersion, facts, action, result());
  }

  private Result result() throws CharacterCodingException {
    var outcome = RecordCodes.outcome(in.get());
    if (outcome == Outcome.REJECTED) return new Result.Rejected(text());
    long policyVersion = in.getLong();
    var deciding = texts();
    var reasons = new ArrayList<Reason>();
    for (int left = count(); left > 0; left--) reasons.add(new Reason(text(), text()));
    Optional<Instant> validUntil = present() ? Optional.of(instant()) : Optional.empty();
    return new Result.Decided(outcome, policyVersion, deciding, reasons, validUntil);
  }

  private List<String> texts() throws CharacterCodingException {
    var texts = new ArrayList<String>();
    for (int left = count(); left > 0; left--) texts.add(text());
    return texts;
  }

  private int count() {
    return in.getShort() & 0xffff;
  }

  private String text() throws CharacterCodingException {
    int length = count();
    if (length > in.remaining()) throw new BufferUnderflowException();
    var bytes = in.slice(in.position(), length);
    in.position(in.position() + length);
    return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
  }

  private Sha256 digest() {
    var bytes = new byte[32];
    in.get(bytes);
    return Sha256.ofDigest(bytes);
  }

  private Instant instant() {
    long seconds = in.getLong();
    int nanos = in.getInt();
    if (nanos < 0 || nanos > 999_999_999)
      throw new IllegalArgumentException("nanoseconds out of range");
    return Instant.ofEpochSecond(seconds, nanos);
  }

  private boolean present() {
    return switch (in.get()) {
      case 0 -> false;
      case 1 -> true;
      default -> throw new IllegalArgumentException("neither absent nor present");
    };
  }
}
