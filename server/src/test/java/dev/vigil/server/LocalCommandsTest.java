// SPDX-License-Identifier: Apache-2.0
package dev.vigil.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vigil.server.TestServer.Ran;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/// What an administrator does on the server's machine itself.
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class LocalCommandsTest {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  @TempDir Path folder = Path.of("");
  private TestServer it;

  @BeforeEach
  void place() throws IOException {
    it = new TestServer(folder);
  }

  private Ran vigil(String... words) {
    var all = new ArrayList<>(List.of(words));
    all.addAll(List.of("--config", it.config.toString()));
    return it.vigil(all.toArray(String[]::new));
  }

  private static Ran done(Ran ran) {
    assertThat(ran.code()).as(ran.errors()).isZero();
    return ran;
  }

  private static void refused(Ran ran, String why) {
    assertThat(ran.code()).isEqualTo(1);
    assertThat(ran.errors()).contains(why).contains("next");
    assertThat(ran.output()).isEmpty();
  }

  @Test
  void a_backup_of_a_running_server_comes_back_and_starts() throws Exception {
    var backup = folder.resolve("monday.backup").toString();
    it.start().close();
    done(vigil("admin", "recover", "ada@bank.example"));
    try (var _ = it.start()) {
      assertThat(done(vigil("backup", backup)).output()).contains("holds all of");
      refused(vigil("backup", backup), "already a file of this name");
    }
    var restored = folder.resolve("restored");
    var back =
        done(
            it.vigil(
                "restore",
                backup,
                "--data",
                restored.toString(),
                "--password-file",
                it.keyPassword().toString()));
    assertThat(back.output()).contains("keys.password-file").contains("vigil server");
    refused(
        it.vigil(
            "restore",
            backup,
            "--data",
            restored.toString(),
            "--password-file",
            it.keyPassword().toString()),
        "not empty");
    var text =
        Files.readString(it.config)
            .replace("folder: data", "folder: restored")
            .concat("keys: {password-file: data.key-password}\n");
    Files.writeString(it.config, text);
    var known =
        JSON.readTree(done(vigil("admin", "recover", "ada@bank.example", "--json")).output());
    assertThat(known.path("user_name").asString()).isEqualTo("ada@bank.example");
  }

  @Test
  void a_providers_secret_does_not_lie_in_a_data_folder_named_on_the_command_line()
      throws Exception {
    it.start().close();
    var elsewhere = Files.createDirectories(folder.resolve("elsewhere"));
    Files.writeString(elsewhere.resolve("secret"), "s3cret");
    Files.writeString(
        it.config,
        Files.readString(it.config)
            + "identity: {providers: [{id: o, kind: okta, issuer: \"https://o.example\","
            + " client-id: x, client-secret-file: elsewhere/secret}]}\n");
    var ran = vigil("admin", "recover", "ada@bank.example", "--data", elsewhere.toString());
    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.errors()).contains("the client secret of `o` lies in the data folder");
  }

  @Test
  void a_backup_with_a_password_of_its_own_says_that_the_keys_need_another() throws Exception {
    it.start().close();
    var own = folder.resolve("own-password");
    OwnerFile.create(
        own, "a password for backups only".getBytes(java.nio.charset.StandardCharsets.UTF_8));
    var backup = folder.resolve("own.backup").toString();
    done(vigil("backup", backup, "--password-file", own.toString()));
    var restored = folder.resolve("restored").toString();
    refused(
        it.vigil(
            "restore", backup, "--data", restored, "--password-file", it.keyPassword().toString()),
        "the password does not open this backup");
    refused(it.vigil("restore", backup, "--data", restored), "no password file");
    var back =
        done(it.vigil("restore", backup, "--data", restored, "--password-file", own.toString()));
    assertThat(back.output()).contains("need the key store's password of the server");
    refused(
        vigil("backup", folder.resolve("x").toString(), "--data", folder.toString()),
        "is not a data folder");
  }

  @Test
  void an_administrator_is_made_again_with_a_link_for_the_owner_only() throws Exception {
    refused(vigil("admin", "recover", "ada@bank.example"), "is not a data folder");
    it.start().close();
    var first =
        JSON.readTree(done(vigil("admin", "recover", "Ada@bank.example", "--json")).output());
    var again =
        JSON.readTree(done(vigil("admin", "recover", "ada@bank.example", "--json")).output());
    assertThat(again.path("subject")).isEqualTo(first.path("subject"));
    var file = Path.of(again.path("link").asString());
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(Files.readString(file)).startsWith(it.configuration.face().browser() + "/invite#");
    refused(vigil("admin", "recover", "no spaces please"), "user name");
  }

  @Test
  void the_root_key_leaves_the_machine_only_after_its_export_proved_good() throws Exception {
    it.start().close();
    var export = folder.resolve("root.p12");
    refused(vigil("keys", "remove-root", export.toString()), "is not an export");
    done(vigil("keys", "export-root", export.toString()));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(export)))
        .isEqualTo("rw-------");
    refused(vigil("keys", "export-root", export.toString()), "already");
    var damaged = folder.resolve("damaged.p12");
    var bytes = Files.readAllBytes(export);
    bytes[bytes.length / 2] ^= 1;
    Files.write(damaged, bytes);
    assertThat(vigil("keys", "remove-root", damaged.toString()).code()).isEqualTo(1);
    done(vigil("keys", "remove-root", export.toString()));
    refused(vigil("keys", "rotate", "server"), "the root key was removed");
    done(vigil("keys", "rotate", "access-tokens"));
    it.start().close();
    done(vigil("keys", "restore-root", export.toString()));
    refused(vigil("keys", "restore-root", export.toString()), "here already");
    done(vigil("keys", "rotate", "server", "--distrust"));
    done(vigil("keys", "rotate", "device-authority"));
    done(vigil("keys", "rotate", "partner-authority", "--distrust-old"));
    refused(vigil("keys", "rotate", "root"), "not rotated");
    refused(vigil("keys", "rotate", "everything"), "no such key");
    it.start().close();
  }
}
