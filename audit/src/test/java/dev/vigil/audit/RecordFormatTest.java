// SPDX-License-Identifier: Apache-2.0
package dev.vigil.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vigil.audit.DecisionRecord.Outcome;
import dev.vigil.audit.DecisionRecord.OwnFact;
import dev.vigil.audit.DecisionRecord.Reason;
import dev.vigil.audit.DecisionRecord.Result;
import dev.vigil.audit.DecisionRecord.Snapshot;
import dev.vigil.audit.RecordDecoder.Decoded;
import dev.vigil.kernel.AppId;
import dev.vigil.kernel.DecisionId;
import dev.vigil.kernel.EvidenceTier;
import dev.vigil.kernel.Sha256;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// The bytes of a record: they come back, and nothing else is taken for them.
class RecordFormatTest {

  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00.123456789Z");
  private static final Sha256 PRINT = Sha256.of(new byte[] {1});

  private static DecisionRecord record(Result result, Optional<Sha256> action) {
    return new DecisionRecord(
        new DecisionId("dec_aaaaaaaaaaaaaaaaaaaaaaaaaa"),
        NOON,
        new AppId("payments"),
        PRINT,
        List.of(new Snapshot("subject", "sub_x", 7), new Snapshot("device", "dev_y", 9)),
        1,
        List.of(
            new OwnFact("request.path", List.of("/überweisung/😀"), EvidenceTier.OBSERVED, NOON),
            new OwnFact("network.address", List.of("127.0.0.1"), EvidenceTier.OBSERVED, NOON)),
        action,
        result);
  }

  private static List<DecisionRecord> samples() {
    var decided =
        new Result.Decided(
            Outcome.STEP_UP,
            3,
            List.of("tellers"),
            List.of(new Reason("tellers", "fresh")),
            Optional.of(NOON.plusSeconds(60)));
    return List.of(
        record(decided, Optional.of(PRINT)),
        record(
            new Result.Decided(Outcome.ALLOW, 1, List.of(), List.of(), Optional.empty()),
            Optional.empty()),
        record(new Result.Rejected("access.token-missing"), Optional.empty()));
  }

  private static byte[] bytes(DecisionRecord record) {
    var encoder = new RecordEncoder();
    assertThat(encoder.encode(record)).isEqualTo(RecordEncoder.Encoded.DONE);
    var bytes = new byte[encoder.payload().remaining()];
    encoder.payload().get(bytes);
    return bytes;
  }

  @Test
  void a_record_comes_back_as_it_was_written() {
    for (var record : samples())
      assertThat(RecordDecoder.decode(bytes(record))).isEqualTo(new Decoded.Whole(record));
  }

  @Test
  void the_bytes_of_version_1_never_change() {
    var hash = RecordLeaf.hash(bytes(samples().getFirst()));
    assertThat(bytes(samples().getFirst())).hasSize(318);
    assertThat(hash.toString()).isEqualTo("uNeH8ygh-QQMvotbNjgPVCWqD9ubN75t40j61_5GSM4");
  }

  @Test
  void the_leaf_hash_is_that_of_rfc_6962() {
    // The hash of an empty leaf, known from every implementation of certificate transparency.
    assertThat(HexFormat.of().formatHex(RecordLeaf.hash(new byte[0]).bytes()))
        .isEqualTo("6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d");
  }

  @Test
  void a_truncated_or_lengthened_record_is_no_record() {
    for (var record : samples()) {
      var bytes = bytes(record);
      for (int length = 0; length < bytes.length; length++)
        assertThat(RecordDecoder.decode(Arrays.copyOf(bytes, length)))
            .isInstanceOf(Decoded.Malformed.class);
      assertThat(RecordDecoder.decode(Arrays.copyOf(bytes, bytes.length + 1)))
          .isInstanceOf(Decoded.Malformed.class);
    }
  }

  @Test
  void hostile_bytes_are_judged_and_what_decodes_encodes_to_the_same_bytes() {
    var random = new Random(7);
    for (var record : samples()) {
      for (int round = 0; round < 20_000; round++) {
        var bytes = bytes(record);
        for (int flips = 1 + random.nextInt(4); flips > 0; flips--)
          bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        if (RecordDecoder.decode(bytes) instanceof Decoded.Whole(DecisionRecord read))
          assertThat(bytes(read)).isEqualTo(bytes);
      }
    }
  }

  @Test
  void another_version_is_told_apart_from_damage() {
    var bytes = bytes(samples().getFirst());
    bytes[0] = 2;
    assertThat(RecordDecoder.decode(bytes)).isEqualTo(new Decoded.OtherFormat(2));
  }

  @Test
  void a_record_that_is_too_long_is_not_written() {
    var base = samples().getLast();
    var fact =
        new OwnFact("request.path", List.of("x".repeat(65_536)), EvidenceTier.OBSERVED, NOON);
    var many = java.util.Collections.nCopies(70_000, base.facts().getFirst());
    for (var facts : List.of(List.of(fact), many)) {
      var record =
          new DecisionRecord(
              base.id(),
              NOON,
              base.app(),
              PRINT,
              List.of(),
              1,
              facts,
              Optional.empty(),
              base.result());
      assertThat(new RecordEncoder().encode(record)).isEqualTo(RecordEncoder.Encoded.TOO_LONG);
    }
  }

  @Test
  void the_line_of_json_says_everything_and_is_one_line() {
    var line = DecisionJson.line(samples().getFirst());
    assertThat(line)
        .doesNotContain("\n")
        .contains(
            "\"outcome\":\"step_up\"",
            "\"policy_version\":3",
            "\"subject\":{\"id\":\"sub_x\",\"version\":7}",
            "/überweisung/😀");
  }

  @Test
  void the_line_can_hold_the_facts_of_its_snapshots() {
    var line =
        DecisionJson.line(
            samples().getFirst(),
            snapshot ->
                snapshot.entity().equals("subject")
                    ? Optional.of("{\"id\":\"sub_x\",\"facts\":{\"active\":{\"value\":true}}}")
                    : Optional.empty());
    assertThat(line)
        .contains(
            "\"subject\":{\"id\":\"sub_x\",\"version\":7,\"facts\":{\"active\":{\"value\":true}}}");
  }
}
