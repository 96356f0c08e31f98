// SPDX-License-Identifier: Apache-2.0
package dev.vigil.store;

import dev.vigil.admission.App;
import dev.vigil.admission.OneTime;
import dev.vigil.admission.PendingPolicy;
import dev.vigil.admission.PolicyText;
import dev.vigil.admission.RefreshToken;
import dev.vigil.audit.SecurityEvent;
import dev.vigil.identity.Attestation;
import dev.vigil.identity.Authentication;
import dev.vigil.identity.Passkey;
import dev.vigil.identity.Population;
import dev.vigil.identity.Role;
import dev.vigil.identity.Session;
import dev.vigil.identity.Subject;
import dev.vigil.kernel.AppId;
import dev.vigil.kernel.Bytes;
import dev.vigil.kernel.ChangeId;
import dev.vigil.kernel.DeviceId;
import dev.vigil.kernel.Entropy;
import dev.vigil.kernel.EventId;
import dev.vigil.kernel.EvidenceTier;
import dev.vigil.kernel.SessionId;
import dev.vigil.kernel.Sha256;
import dev.vigil.kernel.SubjectId;
import dev.vigil.kernel.TimeSource;
import dev.vigil.pki.IssuedCertificate;
import dev.vigil.posture.Device;
import dev.vigil.posture.Signal;
import dev.vigil.posture.SignalName;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/// People, devices and sessions for tests, from a seed.
final class Scene implements Entropy {

  static final Instant NOON = Instant.parse("2026-11-22T12:00:00.123456789Z");

  /// Time that stands still.
  static final TimeSource TIME =
      new TimeSource() {
        @Override
        public Instant now() {
          return NOON;
        }

        @Override
        public long nanos() {
          return 0;
        }
      };

  private final Random random;

  Scene(long seed) {
    random = new Random(seed);
  }

  @Override
  public synchronized byte[] bytes(int count) {
    var bytes = new byte[count];
    random.nextBytes(bytes);
    return bytes;
  }

  Subject person(String userName) {
    return new Subject(
        SubjectId.random(this),
        userName,
        "Alice Müller 😀",
        Population.EMPLOYEE,
        Set.of("tellers", "staff"),
        Set.of(Role.AUDITOR),
        true,
        NOON);
  }

  Passkey passkey(Subject of) {
    return new Passkey(
        Bytes.of(bytes(32)).toString(),
        of.id(),
        Bytes.of(bytes(77)),
        "00000000-0000-0000-0000-000000000000",
        7,
        true,
        false,
        Set.of("internal", "hybrid"),
        "her phone",
        NOON,
        NOON.plusNanos(1),
        new Attestation("packed", Attestation.Trust.VERIFIED));
  }

  Device phone(Subject of) {
    return new Device(
        DeviceId.random(this),
        Device.Kind.PHONE,
        of.id(),
        digest(),
        "Alice's phone",
        NOON,
        Optional.empty());
  }

  IssuedCertificate certificate(Device of) {
    return new IssuedCertificate(
        digest(), "0a1b", of.id(), NOON, NOON.plusSeconds(86_400), Bytes.of(bytes(300)));
  }

  Session session(Subject of, Session.Binding binding) {
    var authentication =
        new Authentication(
            NOON,
            Authentication.Strength.PASSKEY_HARDWARE,
            Set.of("hwk", "user"),
            true,
            true,
            "cred");
    return new Session(
        SessionId.random(this),
        of.id(),
        binding,
        List.of(authentication),
        NOON,
        NOON.plusSeconds(3600),
        Optional.empty());
  }

  RefreshToken refreshToken(Session of) {
    return new RefreshToken(digest(), of.id(), NOON.plusSeconds(600), false);
  }

  OneTime code() {
    return new OneTime(OneTime.Kind.CODE, digest(), "{\"for\":\"alice\"}", NOON.plusSeconds(60));
  }

  SecurityEvent event(String type, String... subjects) {
    return new SecurityEvent(
        0,
        EventId.random(this),
        type,
        List.of(subjects),
        "system",
        "a test",
        Map.of("why", "because", "how", "so"),
        NOON.minusSeconds(1),
        Instant.EPOCH);
  }

  Signal signal(SignalName name, String value, String source) {
    return new Signal(name, value, source, EvidenceTier.REPORTED, NOON, NOON.plusSeconds(3600));
  }

  App app(String id) {
    return new App(
        new AppId(id),
        id + ".bank.example",
        URI.create("http://127.0.0.1:8080"),
        "high",
        Set.of("money", "core"),
        List.of(new App.Transaction("POST", "/transfers", List.of("to", "amount"))));
  }

  PendingPolicy pending(SubjectId author) {
    return new PendingPolicy(
        ChangeId.random(this),
        Map.of("base.yaml", "permit: all\n", "base.test.yaml", "\t\"ü\n"),
        3,
        author,
        "because",
        Map.of("rolled_back_to", "2"),
        NOON,
        NOON.plusSeconds(60));
  }

  PolicyText policy(long version) {
    return new PolicyText(
        version,
        Map.of("base.yaml", "permit: all\n", "guards.yaml", "guard: ü\n"),
        "sub_x",
        "because",
        NOON);
  }

  Sha256 digest() {
    return Sha256.ofDigest(bytes(32));
  }

  static Sha256 digestOf(String text) {
    return Sha256.of(text.getBytes(StandardCharsets.UTF_8));
  }
}
