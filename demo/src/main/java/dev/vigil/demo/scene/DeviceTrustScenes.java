// SPDX-License-Identifier: Apache-2.0
package dev.vigil.demo.scene;

import static dev.vigil.demo.phone.Phone.outcome;

import dev.vigil.demo.bank.Bank;
import dev.vigil.demo.bank.ManagementProduct;
import dev.vigil.demo.bank.Watch;
import dev.vigil.demo.phone.Maker;
import dev.vigil.demo.phone.Phone;
import dev.vigil.pki.KeyThumbprint;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// Phones that prove what they are: the hardware speaks, under a root for development; somebody
/// opens the bootloader; the management product contradicts the hardware, and falls silent.
final class DeviceTrustScenes {

  private static final long PATIENCE_MILLIS = 20_000;

  private final Bank bank;
  private final Phone proven;
  private final Maker.Handset hardware;
  private final Phone claiming;
  private final ManagementProduct management;

  /// @param proven a phone whose hardware attests
  /// @param hardware its hardware
  /// @param claiming a phone of the same employee that only says how well it is
  DeviceTrustScenes(Bank bank, Phone proven, Maker.Handset hardware, Phone claiming) {
    this.bank = bank;
    this.proven = proven;
    this.hardware = hardware;
    this.claiming = claiming;
    this.management = bank.management();
  }

  List<Scene> scenes() {
    return List.of(
        new Scene(
            "a phone attests its key and how it booted", "done", () -> outcome(proven.enrol())),
        new Scene(
            "its evidence is attested, and shown for what it is: a test root",
            "verified, attested by android-key (test root)",
            this::shown),
        new Scene("the management product is content with it", "taken", () -> says(proven, true)),
        new Scene("the proven phone opens the vault", "allowed 200", this::vault),
        new Scene(
            "a phone that only says it is well does not",
            "remediate: attest-device, restore-system, sync-management",
            this::claims),
        new Scene(
            "an app cannot claim an attestation", "refused posture.not-reportable", this::forged),
        new Scene(
            "the management product falls silent: its word runs out, the stream is cut",
            "cut",
            this::silent),
        new Scene(
            "and the person is told what to do",
            "remediate: sync-management",
            () -> outcome(proven.get(Bank.VAULT, "/"))),
        new Scene(
            "somebody opens the bootloader: the phone's next attestation ends the stream",
            "cut",
            this::unlocked),
        new Scene(
            "the management product still calls it compliant: contradicted by the hardware",
            "compliant/verified_boot",
            this::contradicted),
        new Scene(
            "whoever is contradicted by the hardware stays out",
            "denied",
            () -> outcome(proven.get(Bank.VAULT, "/"))),
        new Scene(
            "the phone's record keeps what it said before",
            "verified_boot: unverified, before that verified",
            this::history));
  }

  private String vault() {
    return outcome(proven.get(Bank.VAULT, "/"));
  }

  private String claims() {
    String enrolled = outcome(claiming.enrol());
    return enrolled.equals("done") ? outcome(claiming.get(Bank.VAULT, "/")) : enrolled;
  }

  private String forged() {
    return switch (claiming.client().report(Phone.healthy().with("attestation", "hardware"))) {
      case dev.vigil.sdk.Refused.Denied denied -> "refused " + denied.code();
      case Object other -> String.valueOf(other);
    };
  }

  private String shown() {
    for (var signal : device().path("signals"))
      if (signal.path("name").asString("").equals("verified_boot"))
        return signal.path("value").asString("")
            + ", "
            + signal.path("tier").asString("")
            + " by "
            + signal.path("source").asString("");
    return "nothing is known of its boot";
  }

  private JsonNode device() {
    return bank.desk().ask("device", "show", proven.client().device().orElse(""));
  }

  private String says(Phone phone, boolean compliant) throws IOException, GeneralSecurityException {
    var key = phone.keys().publicKey().orElseThrow(() -> new IOException("the phone has no key"));
    int status = management.says(KeyThumbprint.of(key).toString(), compliant);
    return status == 200 ? "taken" : "answered " + status;
  }

  private String silent() throws Exception {
    says(proven, true);
    return whileOpen(() -> {});
  }

  private String unlocked() throws Exception {
    says(proven, true);
    return whileOpen(() -> {
      hardware.unlockBootloader();
      proven.client().attest();
    });
  }

  /// What becomes of a stream to the vault when this happens.
  private String whileOpen(Runnable happening) throws Exception {
    var watch = new Watch();
    String opened = outcome(proven.open(Bank.VAULT, "/live", watch));
    if (!opened.equals("allowed stream")) return opened;
    watch.firstMessage();
    happening.run();
    return watch.fate();
  }

  private String contradicted() throws Exception {
    says(proven, true);
    long deadline = System.nanoTime() + PATIENCE_MILLIS * 1_000_000;
    while (System.nanoTime() < deadline) {
      for (var one : device().path("contradictions"))
        if (one.path("label").asString("").equals("compliant/verified_boot"))
          return "compliant/verified_boot";
      Thread.onSpinWait();
    }
    return "no contradiction";
  }

  private String history() {
    var values = new ArrayList<String>();
    bank.desk()
        .ask("device", "history", proven.client().device().orElse(""))
        .forEach(signal -> {
          if (signal.path("name").asString("").equals("verified_boot"))
            values.add(signal.path("value").asString(""));
        });
    return "verified_boot: " + String.join(", before that ", values);
  }
}
