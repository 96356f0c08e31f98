// SPDX-License-Identifier: Apache-2.0
package dev.vigil.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vigil.admission.View;
import dev.vigil.audit.DecisionRecord;
import dev.vigil.audit.DecisionRecord.Result;
import dev.vigil.audit.RecordEncoder;
import dev.vigil.identity.Subject;
import dev.vigil.kernel.AppId;
import dev.vigil.kernel.DecisionId;
import dev.vigil.kernel.Outcome;
import dev.vigil.kernel.Refusal;
import dev.vigil.kernel.Secret;
import dev.vigil.store.SegmentReader.Item;
import dev.vigil.store.SegmentReader.Place;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A backup comes back whole or not at all.
class BackupTest {

  private static final Secret PASSWORD =
      Secret.of("correct horse ü".getBytes(StandardCharsets.UTF_8));
  private static final Secret WRONG = Secret.of("incorrect horse".getBytes(StandardCharsets.UTF_8));

  @TempDir Path place;
  private final Scene scene = new Scene(3);
  private final Subject alice = scene.person("alice@bank.example");
  private final DecisionRecord record =
      new DecisionRecord(
          DecisionId.random(scene),
          Scene.NOON,
          new AppId("mail"),
          scene.digest(),
          List.of(),
          1,
          List.of(),
          Optional.empty(),
          new Result.Rejected("access.token-missing"));

  /// A backup taken while the server has the folder open.
  @BeforeEach
  void live_backup() throws IOException {
    try (var open = OpenStore.sqlite(place.resolve("live"));
        var records = OpenStore.done(RecordSegments.open(open.folder(), 1))) {
      open.store()
          .change(tx -> {
            tx.put(alice);
            return true;
          });
      var encoder = new RecordEncoder();
      assertThat(encoder.encode(record)).isEqualTo(RecordEncoder.Encoded.DONE);
      assertThat(records.writer(0).append(encoder.payload())).isTrue();
      Files.createDirectories(open.folder().keys());
      Files.writeString(open.folder().keys().resolve("signing.p12"), "sealed already");
      OpenStore.done(Backup.create(open.folder().path(), backup(), PASSWORD, scene));
      assertThat(refusal(Backup.create(open.folder().path(), backup(), PASSWORD, scene)))
          .isEqualTo(BackupRefusal.TARGET_EXISTS);
    }
  }

  private Path backup() {
    return place.resolve("backup.vigil");
  }

  @Test
  void a_live_backup_comes_back_with_truth_records_and_keys() throws IOException {
    var folder = place.resolve("restored");
    OpenStore.done(Restore.into(folder, backup(), PASSWORD));
    try (var open = OpenStore.sqlite(folder)) {
      assertThat(open.store().<List<Subject>>read(View::subjects)).isEqualTo(List.of(alice));
    }
    assertThat(folder.resolve("keys/signing.p12")).hasContent("sealed already");
    try (var reader = SegmentReader.from(folder.resolve("records"), Place.first(0))) {
      assertThat(reader.next())
          .satisfies(item -> assertThat(((Item.Recorded) item).record()).isEqualTo(record));
      assertThat(reader.next()).isInstanceOf(Item.NothingYet.class);
    }
    assertThat(new String(Files.readAllBytes(backup()), StandardCharsets.ISO_8859_1))
        .doesNotContain("alice", "SQLite", "sealed already", "vigil.db");
  }

  @Test
  void a_wrong_password_restores_nothing() throws IOException {
    assertThat(refusal(Restore.into(place.resolve("restored"), backup(), WRONG)))
        .isEqualTo(BackupRefusal.WRONG_PASSWORD);
    assertNothingLeft();
  }

  @Test
  void a_folder_with_anything_in_it_is_not_restored_into() throws IOException {
    var folder = Files.createDirectories(place.resolve("full"));
    Files.writeString(folder.resolve("mine"), "keep me");
    assertThat(refusal(Restore.into(folder, backup(), PASSWORD)))
        .isEqualTo(BackupRefusal.FOLDER_NOT_EMPTY);
    assertThat(folder.resolve("mine")).hasContent("keep me");
  }

  @Test
  void a_changed_or_cut_backup_never_restores_anything_else() throws IOException {
    var whole = OpenStore.done(Restore.into(place.resolve("whole"), backup(), PASSWORD));
    var expected = files(whole);
    delete(whole);
    var good = Files.readAllBytes(backup());
    var random = new Random(9);
    for (int round = 0; round < 32; round++) {
      var bad = good.clone();
      // The seal of the whole first, which stands at the end.
      int at = round < 26 ? good.length - 1 - round : 400 + random.nextInt(good.length - 400);
      bad[at] ^= 1;
      restoresNothingElse(bad, "flipped at " + at + " of " + good.length, expected);
      restoresNothingElse(
          Arrays.copyOf(good, round < 26 ? good.length - 1 - round : random.nextInt(good.length)),
          "cut in round " + round,
          expected);
    }
  }

  private void restoresNothingElse(byte[] bytes, String how, List<String> expected)
      throws IOException {
    var bad = Files.write(place.resolve("bad.vigil"), bytes);
    var folder = place.resolve("restored");
    var outcome = Restore.into(folder, bad, PASSWORD);
    if (outcome instanceof Outcome.Done<Path>) {
      // A mark of the container's form that stands outside what is sealed: then nothing of the
      // content has changed.
      assertThat(files(folder)).as(how).isEqualTo(expected);
      delete(folder);
    } else {
      assertThat(refusal(outcome))
          .as(how)
          .isIn(BackupRefusal.DAMAGED, BackupRefusal.WRONG_PASSWORD);
    }
    Files.delete(bad);
    assertNothingLeft();
  }

  private static List<String> files(Path folder) throws IOException {
    var all = new ArrayList<String>();
    try (var files = Files.walk(folder)) {
      for (var file : files.filter(Files::isRegularFile).sorted().toList()) {
        all.add(
            folder.relativize(file)
                + " "
                + new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
      }
    }
    return all;
  }

  private static void delete(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) Files.delete(file);
    }
  }

  private void assertNothingLeft() throws IOException {
    try (var files = Files.list(place)) {
      assertThat(files.map(file -> file.getFileName().toString()).sorted().toList())
          .containsExactly("backup.vigil", "live");
    }
  }

  @Test
  void what_is_no_data_folder_is_not_backed_up() throws IOException {
    var folder = Files.createDirectories(place.resolve("other"));
    var target = place.resolve("other.vigil");
    assertThat(refusal(Backup.create(folder, target, PASSWORD, scene)))
        .isEqualTo(BackupRefusal.NOT_A_DATA_FOLDER);
    Files.writeString(
        folder.resolve("vigil.format"), "vigil data folder\nformat 1\ndatabase postgresql\n");
    assertThat(refusal(Backup.create(folder, target, PASSWORD, scene)))
        .isEqualTo(BackupRefusal.TRUTH_ELSEWHERE);
    assertThat(target).doesNotExist();
  }

  private static Refusal refusal(Outcome<?> outcome) {
    return switch (outcome) {
      case Outcome.Refused<?>(var refusal, var _) -> refusal;
      case Outcome.Done<?> done -> throw new AssertionError("was done: " + done);
    };
  }
}
