// SPDX-License-Identifier: Apache-2.0
package dev.vigil.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vigil.admission.Actor;
import dev.vigil.admission.device.Intake;
import dev.vigil.identity.Subject;
import dev.vigil.kernel.DeviceId;
import dev.vigil.kernel.EvidenceTier;
import dev.vigil.kernel.Sha256;
import dev.vigil.posture.Device;
import dev.vigil.posture.Signal;
import dev.vigil.posture.SignalName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Feeds at the command line.
class FeedCommandsTest extends CommandsScene {

  private Device phone() {
    return changes.commit(
        Actor.SYSTEM,
        work -> {
          Subject root = work.tx().subjectNamed("root").orElseThrow();
          var phone =
              new Device(
                  DeviceId.random(entropy),
                  Device.Kind.PHONE,
                  root.id(),
                  Sha256.ofDigest(entropy.bytes(32)),
                  "a phone",
                  work.now(),
                  Optional.empty());
          work.tx().put(phone);
          work.event("device-enrolled", "for a scene", Map.of(), phone.id());
          return phone;
        });
  }

  @Test
  void a_device_is_shown_with_what_contradicts_it_and_what_was_said_before() {
    var phone = phone();
    says(phone, SignalName.BOOTLOADER_LOCKED, "false", EvidenceTier.ATTESTED);
    says(phone, SignalName.COMPLIANT, "false", EvidenceTier.MANAGED);
    says(phone, SignalName.COMPLIANT, "true", EvidenceTier.MANAGED);
    does("device", "show", phone.id().value());
    assertThat(output.toString())
        .contains("attested  test root: the device's evidence is for development only")
        .contains("conflict  intune (managed) says compliant=true, but")
        .contains("android-key (test root) (attested) says bootloader_locked=false, which counts")
        .contains("COUNTS UNTIL")
        .contains(time.now().plus(Duration.ofHours(1)).toString().replaceAll("T.*", ""));
    does("device", "history", phone.id().value());
    assertThat(output.toString().lines()).hasSize(4);
    assertThat(output.toString().lines().skip(1).findFirst().orElseThrow())
        .containsPattern("compliant +true +intune +managed");
    does("device", "history", phone.id().value(), "--limit", "1", "--json");
    assertThat(output.toString()).contains("\"value\" : \"true\"").doesNotContain("\"false\"");
    fails("device", "history", phone.id().value(), "--limit", "many");
    fails("device", "history", "dev_nothing");
  }

  private void says(Device phone, SignalName name, String value, EvidenceTier tier) {
    var source = tier == EvidenceTier.ATTESTED ? "android-key (test root)" : "intune";
    changes.commit(
        Actor.SYSTEM,
        work -> {
          var until = work.now().plus(Duration.ofHours(1));
          var said = List.of(new Signal(name, value, source, tier, work.now(), until));
          return Intake.take(work, phone.id(), said, "for a scene");
        });
  }

  private Path list(String text) throws IOException {
    return Files.writeString(folder.resolve("list.csv"), text);
  }

  private void fails(String... arguments) {
    assertThat(run(arguments)).isNotZero();
  }

  @Test
  void a_list_is_imported_linked_and_unlinked() throws IOException {
    var phone = phone();
    var file = list("management_id,compliant\nLT-1,true\nLT-2,false\n").toString();
    does("feed", "import", file, "--source", "inventory", "--reason", "weekly");
    assertThat(output.toString()).contains("2 devices, 0 of ours");
    does("feed", "link", "inventory", "LT-1", phone.id().value(), "--reason", "seen in hand");
    does("feed", "import", file, "--source", "inventory", "--reason", "weekly");
    assertThat(output.toString()).contains("2 devices, 1 of ours");
    does("feed", "links", "inventory");
    assertThat(output.toString()).contains("LT-1").contains(phone.id().value());
    does("feed", "list");
    assertThat(output.toString()).contains("intune").contains("inventory").contains("ok");
    does("feed", "unlink", "inventory", "LT-1", "--reason", "sold");
    assertThat(changes.read(view -> view.signals().of(phone.id()).isEmpty()).booleanValue())
        .isTrue();
    does("feed", "sync", "intune", "--reason", "secret renewed");
    assertThat(output.toString()).contains("asked within seconds");
  }

  @Test
  void a_bad_list_is_refused_with_every_line_and_nothing_is_kept() throws IOException {
    var phone = phone();
    var text =
        "management_id,key,compliant\nLT-1," + phone.key() + ",true\nLT-2,,maybe\nLT-1,,true\n";
    fails("feed", "import", list(text).toString(), "--source", "inventory", "--reason", "weekly");
    assertThat(errors.toString()).contains("line 3").contains("line 4");
    assertThat(changes.read(view -> view.signals().of(phone.id()).isEmpty()).booleanValue())
        .isTrue();
  }

  @Test
  void what_is_not_there_is_refused() throws IOException {
    fails("feed", "sync", "airwatch", "--reason", "why not");
    assertThat(errors.toString()).contains("there is no such feed");
    fails("feed", "link", "intune", "x", "dev_x", "--reason", "why not");
    assertThat(errors.toString()).contains("there is no such device");
    fails("feed", "unlink", "intune", "x", "--reason", "why not");
    assertThat(errors.toString()).contains("not linked");
    var file = list("management_id,compliant\nLT-1,true\n").toString();
    fails("feed", "import", file, "--source", "intune", "--reason", "a forged list");
    assertThat(errors.toString()).contains("under a name of its own");
  }
}
