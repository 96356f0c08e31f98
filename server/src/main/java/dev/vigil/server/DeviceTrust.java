// SPDX-License-Identifier: Apache-2.0
package dev.vigil.server;

import dev.vigil.admission.acme.AttestationVerifier;
import dev.vigil.admission.acme.PlatformAttestations;
import dev.vigil.admission.device.Attestations;
import dev.vigil.kernel.Bytes;
import dev.vigil.kernel.Outcome;
import dev.vigil.kernel.Sha256;
import dev.vigil.kernel.TimeSource;
import dev.vigil.pki.KeyThumbprint;
import dev.vigil.posture.SignalName;
import dev.vigil.posture.attestation.Anchors;
import dev.vigil.posture.attestation.AppAttest;
import dev.vigil.posture.attestation.AppleDeviceAttestation;
import dev.vigil.posture.attestation.AppleRoot;
import dev.vigil.posture.attestation.AttestationFormat;
import dev.vigil.posture.attestation.AttestationRefusal;
import dev.vigil.posture.attestation.Attested;
import dev.vigil.posture.attestation.KnownApp;
import dev.vigil.posture.attestation.KnownApps;
import dev.vigil.posture.attestation.Statement;
import dev.vigil.posture.attestation.TpmKeyAttestation;
import dev.vigil.posture.attestation.android.AndroidKeyAttestation;
import dev.vigil.posture.attestation.android.GoogleRoots;
import dev.vigil.posture.attestation.android.RevocationList;
import dev.vigil.posture.attestation.play.PlayExpected;
import dev.vigil.posture.attestation.play.PlayIntegrity;
import dev.vigil.posture.attestation.play.PlayKeys;
import dev.vigil.posture.attestation.play.PlayRequest;
import dev.vigil.server.config.Devices;
import dev.vigil.server.config.Document;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.interfaces.ECPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Verifies platforms' statements as this organisation has configured it: with the vendors' roots,
/// its own apps, and Google's list of revoked keys, which is fetched twice a day.
final class DeviceTrust implements Attestations, AutoCloseable {

  /// The challenge in the attestation of a device's key itself. The key is older than any challenge
  /// of ours, so it is always the same; what is fresh is the statement that goes with it.
  static final Bytes DEVICE_KEY =
      Bytes.of("vigil-device-key-v1".getBytes(StandardCharsets.US_ASCII));

  private static final Logger LOG = LoggerFactory.getLogger(DeviceTrust.class);
  private static final Document GOOGLE =
      new Document.At(URI.create("https://android.googleapis.com/attestation/status"));
  private static final Duration STATUS_COUNTS = Duration.ofDays(7);
  private static final long TWICE_A_DAY = 12 * 60;
  private static final List<SignalName> OF_THE_KEY =
      List.of(SignalName.HARDWARE_KEY, SignalName.KEY_PROTECTION, SignalName.KEY_UNLOCK);

  private static final List<SignalName> SAME =
      List.of(
          SignalName.KEY_PROTECTION,
          SignalName.BOOTLOADER_LOCKED,
          SignalName.APP_NAME,
          SignalName.APP_SIGNER);

  private final KnownApps apps;
  private final Anchors android;
  private final Optional<PlayKeys> play;
  private final Optional<AppAttest> apple;
  private volatile Optional<RevocationList> revoked = Optional.empty();
  private final Optional<Refreshed> status;

  private DeviceTrust(Devices configured, Path dataFolder, TimeSource time) {
    this.apps =
        new KnownApps(
            configured.androidApps().stream()
                .map(DeviceTrust::known)
                .collect(Collectors.toUnmodifiableSet()));
    this.android = new Anchors(GoogleRoots.all(), configured.testRoots());
    this.play = configured.play();
    this.apple =
        Optional.of(configured.apple())
            .filter(some -> !some.apps().isEmpty())
            .map(some ->
                new AppAttest(
                    AppleRoot.APP.anchors(configured.testRoots()),
                    new AppAttest.Allowed(some.apps(), some.environments())));
    this.status =
        apps.apps().isEmpty()
            ? Optional.empty()
            : Optional.of(
                Refreshed.start(
                    configured.androidStatus().orElse(GOOGLE),
                    new Refreshed.Wanted(
                        "the status of Android attestation keys",
                        RevocationList.LARGEST,
                        TWICE_A_DAY,
                        dataFolder.resolve("android-attestation-status.json"),
                        time),
                    this::take));
    if (!configured.testRoots().isEmpty())
      LOG.warn(
          "{} test root(s) for attestation are configured: their devices are shown as `test root`",
          configured.testRoots().size());
  }

  /// Takes what is at hand before it returns.
  static DeviceTrust start(Devices configured, Path dataFolder, TimeSource time) {
    return new DeviceTrust(configured, dataFolder, time);
  }

  private static KnownApp known(Devices.AndroidApp app) {
    return new KnownApp(
        app.name(),
        app.signers().stream()
            .map(signer -> Sha256.ofDigest(HexFormat.of().parseHex(signer)))
            .collect(Collectors.toUnmodifiableSet()));
  }

  private boolean take(byte[] content, String from, Instant asOf) {
    return switch (RevocationList.parse(Bytes.of(content), asOf, STATUS_COUNTS)) {
      case Outcome.Done<RevocationList>(RevocationList list) -> {
        revoked = Optional.of(list);
        yield true;
      }
      case Outcome.Refused<RevocationList>(var refusal, String detail) -> {
        LOG.error("{} (`{}`): {}", refusal.says(), from, detail);
        yield false;
      }
    };
  }

  @Override
  public Outcome<Attested> verify(Statement statement, Expected expected, Instant now) {
    var format = AttestationFormat.find(statement.format());
    if (format.isEmpty() || statement.parts().isEmpty())
      return Outcome.refused(
          format.isEmpty() ? AttestationRefusal.FORMAT_UNKNOWN : AttestationRefusal.MALFORMED);
    return switch (format.get()) {
      case ANDROID_KEY -> android(statement, expected, now);
      case PLAY_INTEGRITY -> play(statement, expected, now);
      case APPLE_APPATTEST -> app(statement, expected, now);
      // Statements of management profiles, which come over ACME.
      case APPLE, TPM -> Outcome.refused(AttestationRefusal.NOT_CONFIGURED);
    };
  }

  /// The fresh statement is about the device's own key, or about another key of the same phone that
  /// was made for this challenge; then the device's key may bring a statement of its own.
  private Outcome<Attested> android(Statement statement, Expected expected, Instant now) {
    if (apps.apps().isEmpty()) return Outcome.refused(AttestationRefusal.NOT_CONFIGURED);
    var verifier = new AndroidKeyAttestation(android, revoked);
    return verifier
        .verify(statement.parts(), about(expected.challenge()), now)
        .then(fresh -> {
          if (isOf(expected.key(), fresh)) return Outcome.done(fresh);
          if (statement.keyParts().isEmpty()) return Outcome.done(withoutKey(fresh, Map.of()));
          return verifier
              .verify(statement.keyParts(), about(DEVICE_KEY), now)
              .then(key -> ofKey(fresh, key, expected.key()));
        });
  }

  private dev.vigil.posture.attestation.android.Expected about(Bytes challenge) {
    return new dev.vigil.posture.attestation.android.Expected(challenge, Optional.empty(), apps);
  }

  private static boolean isOf(Sha256 key, Attested attested) {
    return attested
        .key()
        .filter(ECPublicKey.class::isInstance)
        .map(ECPublicKey.class::cast)
        .filter(found -> KeyThumbprint.of(found).equals(key))
        .isPresent();
  }

  /// What is said of the device's key must come from the statement about it, and from the same kind
  /// of root: a vendor's word about one phone does not adorn a test root's.
  private static Outcome<Attested> ofKey(Attested fresh, Attested key, Sha256 wanted) {
    if (!isOf(wanted, key)) return Outcome.refused(AttestationRefusal.KEY_MISMATCH);
    if (fresh.root() != key.root() || !samePhone(fresh, key))
      return Outcome.refused(
          AttestationRefusal.DOWNGRADED, "the two statements are not of one phone");
    var says = new HashMap<SignalName, String>();
    for (SignalName name : OF_THE_KEY)
      Optional.ofNullable(key.says().get(name)).ifPresent(value -> says.put(name, value));
    return Outcome.done(withoutKey(fresh, says));
  }

  /// As far as it can be told: the same place for keys, the same system, the same app.
  private static boolean samePhone(Attested fresh, Attested key) {
    return SAME.stream()
            .allMatch(name -> Objects.equals(fresh.says().get(name), key.says().get(name)))
        && Objects.equals(
            fresh.identifiers().get("verified_boot_key"),
            key.identifiers().get("verified_boot_key"));
  }

  private static Attested withoutKey(Attested fresh, Map<SignalName, String> ofKey) {
    var says = new HashMap<>(fresh.says());
    OF_THE_KEY.forEach(says::remove);
    says.putAll(ofKey);
    return new Attested(fresh.format(), fresh.root(), Optional.empty(), says, fresh.identifiers());
  }

  private Outcome<Attested> play(Statement statement, Expected expected, Instant now) {
    if (play.isEmpty() || apps.apps().isEmpty())
      return Outcome.refused(AttestationRefusal.NOT_CONFIGURED);
    var token = new String(statement.parts().getFirst().toArray(), StandardCharsets.ISO_8859_1);
    return new PlayIntegrity(play.get())
        .verify(token, new PlayExpected(new PlayRequest.Nonce(expected.challenge()), apps), now);
  }

  /// Its parts are the attestation object and the key's id.
  private Outcome<Attested> app(Statement statement, Expected expected, Instant now) {
    if (apple.isEmpty()) return Outcome.refused(AttestationRefusal.NOT_CONFIGURED);
    if (statement.parts().size() != 2) return Outcome.refused(AttestationRefusal.MALFORMED);
    return apple
        .get()
        .verify(
            statement.parts().getFirst(), statement.parts().getLast(), expected.challenge(), now)
        .map(accepted -> withoutKey(accepted.attested(), Map.of()));
  }

  /// Who verifies what management profiles bring over ACME.
  static AttestationVerifier ofProfiles(Devices configured) {
    return new PlatformAttestations(
        new AppleDeviceAttestation(AppleRoot.ENTERPRISE.anchors(configured.testRoots())),
        new TpmKeyAttestation(new Anchors(configured.tpmRoots(), configured.testRoots())));
  }

  @Override
  public void close() {
    status.ifPresent(Refreshed::close);
  }
}
