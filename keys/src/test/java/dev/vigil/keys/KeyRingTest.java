// SPDX-License-Identifier: Apache-2.0
package dev.vigil.keys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vigil.kernel.Bytes;
import dev.vigil.kernel.DeviceId;
import dev.vigil.kernel.Outcome;
import dev.vigil.kernel.Refusal;
import dev.vigil.kernel.Secret;
import dev.vigil.pki.Branch;
import dev.vigil.pki.CertificateRequest;
import dev.vigil.pki.ClientProfile;
import dev.vigil.testkit.ManualTime;
import dev.vigil.testkit.SeededEntropy;
import dev.vigil.testkit.SoftwareKey;
import dev.vigil.testkit.TestAuthorities;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.PublicKey;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.bouncycastle.asn1.pkcs.Pfx;
import org.bouncycastle.pkcs.PKCS12PfxPdu;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the key store keeps, from whom, and what it refuses to open.
class KeyRingTest {

  private static final Secret PASSWORD = secret("a password from outside");
  private static final Founding FOUNDING =
      new Founding("Test Bank", List.of("vigil.bank.example", "127.0.0.1"));

  @TempDir private Path data;

  private final ManualTime time = ManualTime.atNoon();
  private final SeededEntropy entropy = new SeededEntropy(5);

  private static Secret secret(String text) {
    return Secret.of(text.getBytes(StandardCharsets.UTF_8));
  }

  private Outcome<KeyRing> opening(Secret password) {
    return KeyRing.open(data.resolve("keys"), password, FOUNDING, time, entropy);
  }

  private KeyRing open() {
    return value(opening(PASSWORD));
  }

  @Test
  void the_first_opening_makes_every_key_and_the_second_finds_them() {
    var first = open();
    var second = open();
    var all = new HashSet<PublicKey>();
    for (KeyPurpose purpose : KeyPurpose.values()) {
      if (purpose == KeyPurpose.SAML || purpose == KeyPurpose.SCEP_RA) continue;
      assertThat(second.current(purpose).certificate())
          .isEqualTo(first.current(purpose).certificate());
      assertThat(all.add(first.current(purpose).publicKey())).as("one key per purpose").isTrue();
      assertThat(second.current(purpose).sign(new byte[1])).isNotEmpty();
    }
    assertThat(second.rootCertificate()).isEqualTo(first.rootCertificate());
  }

  @Test
  void the_key_for_saml_is_made_when_it_is_first_asked_for_and_kept() {
    var made = new SamlKey(open()).certificates();
    assertThat(made.getFirst().getPublicKey().getAlgorithm()).isEqualTo("RSA");
    var again = open();
    assertThat(new SamlKey(again).certificates()).isEqualTo(made);
    value(again.rotate(KeyPurpose.SAML, KeyRing.Old.STILL_VERIFIES));
    assertThat(new SamlKey(open()).certificates()).isNotEqualTo(made);
  }

  @Test
  void the_key_of_scep_is_certified_for_devices_kept_and_follows_the_authority() throws Exception {
    var keys = open();
    var made = new ScepKey(keys, entropy).certificate();
    made.verify(keys.authority(Branch.DEVICE).certificate().getPublicKey());
    assertThat(made.getExtendedKeyUsage()).as("no client").doesNotContain("1.3.6.1.5.5.7.3.2");
    assertThat(new ScepKey(open(), entropy).certificate()).isEqualTo(made);
    value(keys.rotate(KeyPurpose.DEVICE_AUTHORITY, KeyRing.Old.STILL_VERIFIES));
    var next = new ScepKey(keys, entropy).certificate();
    assertThat(next).isNotEqualTo(made);
    next.verify(keys.authority(Branch.DEVICE).certificate().getPublicKey());
  }

  @Test
  void what_cannot_be_unwrapped_gives_a_random_key_and_no_hint() throws Exception {
    var key = new ScepKey(open(), entropy);
    var cipher = javax.crypto.Cipher.getInstance("RSA/ECB/PKCS1Padding");
    cipher.init(javax.crypto.Cipher.ENCRYPT_MODE, key.certificate().getPublicKey());
    var content = Bytes.of(new byte[16]);
    var wrapped = Bytes.of(cipher.doFinal(content.toArray()));
    assertThat(key.unwrap(wrapped, 16)).isEqualTo(content);
    assertThat(key.unwrap(wrapped, 32).size()).as("another length").isEqualTo(32);
    assertThat(key.unwrap(Bytes.of(new byte[384]), 16).size()).isEqualTo(16);
  }

  @Test
  void only_its_owner_may_read_it() throws Exception {
    open();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data.resolve("keys"))))
        .isEqualTo("rwx------");
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(data.resolve("keys/keys.p12"))))
        .isEqualTo("rw-------");
    try (var files = Files.list(data.resolve("keys"))) {
      assertThat(files).hasSize(1);
    }
    Files.setPosixFilePermissions(
        data.resolve("keys/keys.p12"), PosixFilePermissions.fromString("rw-r-----"));
    assertThat(refusal(opening(PASSWORD))).isEqualTo(KeyRefusal.TOO_OPEN);
  }

  @Test
  void another_password_opens_nothing_and_a_short_one_protects_nothing() {
    open();
    assertThat(refusal(opening(secret("another password from outside"))))
        .isEqualTo(KeyRefusal.NOT_OPENED);
    assertThat(refusal(opening(secret("short")))).isEqualTo(KeyRefusal.PASSWORD_SHORT);
  }

  @Test
  void a_file_that_was_changed_does_not_open() throws Exception {
    open();
    var file = data.resolve("keys/keys.p12");
    var good = Files.readAllBytes(file);
    for (int at = 0; at < good.length; at += good.length / 12) {
      var bad = good.clone();
      bad[at] ^= 0x10;
      Files.write(file, bad);
      assertThat(opening(PASSWORD)).as("byte " + at).isInstanceOf(Outcome.Refused.class);
    }
    for (var bad : List.of(new byte[0], Arrays.copyOf(good, good.length / 2), new byte[2 << 20])) {
      Files.write(file, bad);
      assertThat(refusal(opening(PASSWORD))).isEqualTo(KeyRefusal.DAMAGED);
    }
  }

  @Test
  void a_file_without_protection_against_changes_does_not_open() throws Exception {
    open();
    var file = data.resolve("keys/keys.p12");
    var guarded = new PKCS12PfxPdu(Files.readAllBytes(file)).toASN1Structure();
    Files.write(file, new Pfx(guarded.getAuthSafe(), null).getEncoded());
    assertThat(refusal(opening(PASSWORD))).isEqualTo(KeyRefusal.DAMAGED);
  }

  @Test
  void no_key_prints_itself() {
    var keys = open();
    assertThat(keys.current(KeyPurpose.ROOT).toString() + keys.server())
        .doesNotContain("PrivateKey", "BEGIN");
  }

  @Test
  void its_chains_are_valid_for_clients_and_server() throws Exception {
    var keys = open();
    for (Branch branch : Branch.values()) {
      var request = value(CertificateRequest.parse(SoftwareKey.generate().certificateRequest()));
      var profile = new ClientProfile(DeviceId.random(entropy), Duration.ofHours(24));
      var issued = value(keys.authority(branch).check(profile, request, time.now())).sign(entropy);
      var path = new ArrayList<X509Certificate>();
      path.add(TestAuthorities.read(issued.der()));
      for (Bytes one : keys.authority(branch).chain()) path.add(TestAuthorities.read(one));
      validate(path, keys.rootCertificate());
    }
    validate(keys.server().chain(), keys.rootCertificate());
    assertThat(keys.server().chain().getFirst().getSubjectAlternativeNames()).hasSize(2);
  }

  private void validate(List<X509Certificate> path, X509Certificate root) throws Exception {
    var parameters = new PKIXParameters(Set.of(new TrustAnchor(root, null)));
    parameters.setRevocationEnabled(false);
    parameters.setDate(Date.from(time.now()));
    CertPathValidator.getInstance("PKIX")
        .validate(CertificateFactory.getInstance("X.509").generateCertPath(path), parameters);
  }

  @Test
  void the_server_gets_another_certificate_when_its_names_change_or_its_time_runs_out() {
    var same = new Founding("Test Bank", List.of("127.0.0.1", "vigil.bank.example"));
    assertThat(open().serverNeedsRenewal()).isFalse();
    assertThat(
            value(KeyRing.open(data.resolve("keys"), PASSWORD, same, time, entropy))
                .serverNeedsRenewal())
        .isFalse();
    var moved =
        value(
            KeyRing.open(
                data.resolve("keys"),
                PASSWORD,
                new Founding("Test Bank", List.of("other.bank.example", "::1")),
                time,
                entropy));
    assertThat(moved.serverNeedsRenewal()).isTrue();
    value(moved.rotate(KeyPurpose.SERVER, KeyRing.Old.DISTRUSTED));
    assertThat(moved.serverNeedsRenewal()).isFalse();
    time.pass(Duration.ofDays(370));
    assertThat(moved.serverNeedsRenewal()).isTrue();
  }

  @Test
  void the_root_key_goes_away_and_comes_back_from_its_export() {
    var keys = open();
    var exportPassword = secret("a password for the safe");
    var export = value(keys.exportRoot(exportPassword));
    value(keys.removeRoot());
    var again = open();
    assertThat(again.rootPresent()).isFalse();
    assertThat(again.rootCertificate()).isEqualTo(keys.rootCertificate());
    assertThat(refusal(again.exportRoot(exportPassword))).isEqualTo(KeyRefusal.ROOT_AWAY);
    assertThat(refusal(again.rotate(KeyPurpose.DEVICE_AUTHORITY, KeyRing.Old.STILL_VERIFIES)))
        .isEqualTo(KeyRefusal.ROOT_AWAY);
    value(again.rotate(KeyPurpose.ACCESS_TOKENS, KeyRing.Old.STILL_VERIFIES));
    assertThat(refusal(again.restoreRoot(export, PASSWORD))).isEqualTo(KeyRefusal.NOT_OPENED);
    value(again.restoreRoot(export, exportPassword));
    value(open().rotate(KeyPurpose.DEVICE_AUTHORITY, KeyRing.Old.STILL_VERIFIES));
  }

  @Test
  void the_root_of_another_installation_is_refused() {
    var keys = open();
    var other = value(KeyRing.open(data.resolve("other"), PASSWORD, FOUNDING, time, entropy));
    assertThat(refusal(keys.restoreRoot(value(other.exportRoot(PASSWORD)), PASSWORD)))
        .isEqualTo(KeyRefusal.ROOT_PRESENT);
    value(keys.removeRoot());
    assertThat(refusal(keys.restoreRoot(value(other.exportRoot(PASSWORD)), PASSWORD)))
        .isEqualTo(KeyRefusal.ROOT_OF_ANOTHER);
  }

  @Test
  void rotation_survives_a_restart_and_changes_the_epoch() {
    var keys = open();
    var old = keys.current(KeyPurpose.ACCESS_TOKENS).kid();
    long epoch = keys.epoch();
    value(keys.rotate(KeyPurpose.ACCESS_TOKENS, KeyRing.Old.STILL_VERIFIES));
    assertThat(keys.epoch()).isGreaterThan(epoch);
    var again = open();
    assertThat(again.current(KeyPurpose.ACCESS_TOKENS).kid()).isNotEqualTo(old);
    assertThat(again.verifying(KeyPurpose.ACCESS_TOKENS, time.now())).containsKey(old);
    assertThat(again.verifying(KeyPurpose.IDENTITY_ASSERTIONS, time.now())).doesNotContainKey(old);
    assertThat(again.verifying(KeyPurpose.ACCESS_TOKENS, time.now().plus(KeyRing.KEPT)))
        .doesNotContainKey(old);
    value(again.rotate(KeyPurpose.ACCESS_TOKENS, KeyRing.Old.DISTRUSTED));
    assertThat(open().verifying(KeyPurpose.ACCESS_TOKENS, time.now())).hasSize(1);
    assertThat(refusal(again.rotate(KeyPurpose.ROOT, KeyRing.Old.DISTRUSTED)))
        .isEqualTo(KeyRefusal.ROOT_NOT_ROTATED);
  }

  @Test
  void
      clients_of_an_authority_that_was_rotated_away_are_accepted_while_their_certificates_may_live() {
    var keys = open();
    var old = keys.authority(Branch.DEVICE).certificate();
    value(keys.rotate(KeyPurpose.DEVICE_AUTHORITY, KeyRing.Old.STILL_VERIFIES));
    assertThat(keys.clientAuthorities())
        .hasSize(4)
        .contains(old, keys.authority(Branch.DEVICE).certificate());
    time.pass(Duration.ofDays(119));
    value(keys.rotate(KeyPurpose.ACCESS_TOKENS, KeyRing.Old.STILL_VERIFIES));
    assertThat(open().clientAuthorities()).contains(old);
    time.pass(Duration.ofDays(1));
    assertThat(open().clientAuthorities()).hasSize(3).doesNotContain(old);
  }

  @Test
  void a_distrusted_authority_and_those_before_it_are_known_but_not_believed() {
    var keys = open();
    var first = keys.authority(Branch.DEVICE).certificate();
    var partners = keys.authority(Branch.PARTNER).certificate();
    value(keys.rotate(KeyPurpose.PARTNER_AUTHORITY, KeyRing.Old.STILL_VERIFIES));
    value(keys.rotate(KeyPurpose.DEVICE_AUTHORITY, KeyRing.Old.STILL_VERIFIES));
    var second = keys.authority(Branch.DEVICE).certificate();
    assertThat(keys.distrustedAt(Branch.DEVICE)).isEmpty();
    value(keys.rotate(KeyPurpose.DEVICE_AUTHORITY, KeyRing.Old.DISTRUSTED));
    var again = open();
    assertThat(again.clientAuthorities())
        .doesNotContain(first, second)
        .contains(partners, again.authority(Branch.DEVICE).certificate());
    assertThat(again.knownClientAuthorities()).contains(first, second, partners);
    assertThat(again.distrustedAt(Branch.DEVICE)).contains(time.now());
    assertThat(again.distrustedAt(Branch.PARTNER)).isEmpty();
    value(again.rotate(KeyPurpose.DEVICE_AUTHORITY, KeyRing.Old.STILL_VERIFIES));
    assertThat(again.clientAuthorities()).doesNotContain(first, second);
  }

  private static <T> T value(Outcome<T> outcome) {
    return switch (outcome) {
      case Outcome.Done<T>(T value) -> value;
      case Outcome.Refused<T>(Refusal refusal, String detail) ->
          throw new AssertionError(refusal.code() + " " + detail);
    };
  }

  private static Refusal refusal(Outcome<?> outcome) {
    if (outcome instanceof Outcome.Refused<?> refused) return refused.refusal();
    throw new AssertionError("it was not refused");
  }
}
