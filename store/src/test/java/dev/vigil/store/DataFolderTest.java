// SPDX-License-Identifier: Apache-2.0
package dev.vigil.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vigil.admission.View;
import dev.vigil.kernel.Outcome;
import dev.vigil.kernel.Refusal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Who may open a data folder, and what is never done to it.
class DataFolderTest {

  private static final List<String> LATER =
      List.of(Schema.STEPS.getFirst(), "classpath:dev/vigil/store/later");

  @TempDir Path folder;

  @Test
  void two_servers_cannot_open_one_folder() {
    try (var _ = OpenStore.sqlite(folder)) {
      assertThat(refusal(DataFolder.open(folder))).isEqualTo(StoreRefusal.FOLDER_IN_USE);
    }
    OpenStore.sqlite(folder).close();
  }

  @Test
  void what_was_stored_is_there_after_opening_again() {
    var alice = new Scene(1).person("alice@bank.example");
    try (var open = OpenStore.sqlite(folder)) {
      open.store()
          .change(tx -> {
            tx.put(alice);
            return true;
          });
    }
    try (var open = OpenStore.sqlite(folder)) {
      assertThat(open.store().<List<?>>read(View::subjects)).isEqualTo(List.of(alice));
    }
  }

  @Test
  void a_folder_of_a_newer_version_is_refused_untouched() throws Exception {
    OpenStore.sqlite(folder).close();
    write("vigil data folder\nformat 2\ndatabase sqlite\n");
    var before = contents();
    assertThat(refusal(DataFolder.open(folder))).isEqualTo(StoreRefusal.FOLDER_NEWER);
    assertThat(contents()).isEqualTo(before);
  }

  @Test
  void a_folder_with_an_unreadable_format_is_refused_untouched() throws Exception {
    for (var text :
        List.of(
            "",
            "vigil data folder\n",
            "vigil data folder\nformat x\ndatabase sqlite\n",
            "x".repeat(5000))) {
      write(text);
      var before = contents();
      assertThat(refusal(DataFolder.open(folder))).isEqualTo(StoreRefusal.FOLDER_UNKNOWN);
      assertThat(contents()).isEqualTo(before);
    }
  }

  @Test
  void an_older_schema_is_upgraded_and_then_the_older_version_stays_away() {
    var alice = new Scene(1).person("alice@bank.example");
    try (var open = OpenStore.sqlite(folder)) {
      open.store()
          .change(tx -> {
            tx.put(alice);
            return true;
          });
    }
    try (var held = OpenStore.done(DataFolder.open(folder))) {
      try (var later =
          OpenStore.done(SqlStore.open(held, new Database.Sqlite(), Scene.TIME, LATER))) {
        assertThat(later.<List<?>>read(View::subjects)).isEqualTo(List.of(alice));
      }
      assertThat(refusal(SqlStore.open(held, new Database.Sqlite(), Scene.TIME)))
          .isEqualTo(StoreRefusal.DATABASE_NEWER);
      OpenStore.done(SqlStore.open(held, new Database.Sqlite(), Scene.TIME, LATER)).close();
    }
  }

  @Test
  void a_lost_database_is_not_replaced_by_an_empty_one() throws Exception {
    OpenStore.sqlite(folder).close();
    Files.delete(folder.resolve("vigil.db"));
    try (var held = OpenStore.done(DataFolder.open(folder))) {
      assertThat(refusal(SqlStore.open(held, new Database.Sqlite(), Scene.TIME)))
          .isEqualTo(StoreRefusal.DATABASE_MISSING);
      assertThat(folder.resolve("vigil.db")).doesNotExist();
    }
  }

  @Test
  void a_folder_made_with_postgresql_is_not_opened_with_sqlite() throws Exception {
    write("vigil data folder\nformat 1\ndatabase postgresql\n");
    try (var held = OpenStore.done(DataFolder.open(folder))) {
      assertThat(refusal(SqlStore.open(held, new Database.Sqlite(), Scene.TIME)))
          .isEqualTo(StoreRefusal.DATABASE_OF_ANOTHER_KIND);
    }
  }

  @Test
  void a_file_that_is_no_database_is_refused() throws Exception {
    OpenStore.sqlite(folder).close();
    Files.writeString(
        folder.resolve("vigil.db"),
        "this is no database, it is a letter to the administrator".repeat(100));
    try (var held = OpenStore.done(DataFolder.open(folder))) {
      assertThat(refusal(SqlStore.open(held, new Database.Sqlite(), Scene.TIME)))
          .isEqualTo(StoreRefusal.DATABASE_UNREACHABLE);
    }
  }

  private void write(String format) throws Exception {
    Files.writeString(folder.resolve("vigil.format"), format);
  }

  private List<String> contents() throws Exception {
    var all = new ArrayList<String>();
    try (var files = Files.list(folder)) {
      for (var file : files.sorted().toList()) {
        all.add(
            file.getFileName()
                + " "
                + Files.getLastModifiedTime(file)
                + " "
                + new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).hashCode());
      }
    }
    return all;
  }

  private static Refusal refusal(Outcome<?> outcome) {
    return switch (outcome) {
      case Outcome.Refused<?>(var refusal, var _) -> refusal;
      case Outcome.Done<?> done -> throw new AssertionError("was opened: " + done);
    };
  }
}
