// SPDX-License-Identifier: Apache-2.0
package dev.vigil.posture.attestation.android;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vigil.kernel.Bytes;
import dev.vigil.kernel.Outcome;
import dev.vigil.kernel.Sha256;
import dev.vigil.posture.SignalName;
import dev.vigil.posture.attestation.Anchors;
import dev.vigil.posture.attestation.AttestationRefusal;
import dev.vigil.posture.attestation.Attested;
import dev.vigil.posture.attestation.KnownApp;
import dev.vigil.posture.attestation.KnownApps;
import dev.vigil.posture.attestation.TrustRoot;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.DERTaggedObject;
import org.bouncycastle.asn1.x500.X500Name;
import org.junit.jupiter.api.Test;

/// What a phone's statement proves, and every way of making one that proves nothing. All under a
/// test root of our own; what real phones say is in [PublishedChainsTest].
class AndroidKeyAttestationTest {

  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
  private static final Bytes CHALLENGE = TestKeys.bytes("a challenge of today");
  private static final KnownApp BANK =
      new KnownApp("com.example.bank", Set.of(Sha256.of(new byte[] {1})));
  private static final TestRoot ROOT =
      TestRoot.of(TestKeys.fresh(), TestKeys::fresh, NOW.minus(Duration.ofDays(100)));
  private static final TestPhone PHONE = TestPhone.healthy(LocalDate.of(2026, 11, 5), BANK);
  private static final KeyPair KEY = TestKeys.fresh();
  private static final Expected EXPECTED =
      new Expected(CHALLENGE, Optional.of(KEY.getPublic()), new KnownApps(Set.of(BANK)));

  private final AndroidKeyAttestation verifier =
      new AndroidKeyAttestation(
          new Anchors(GoogleRoots.all(), List.of(ROOT.certificate())), Optional.empty());

  private Outcome<Attested> verify(List<Bytes> chain) {
    return verifier.verify(chain, EXPECTED, NOW);
  }

  private static List<Bytes> attested(TestPhone phone) {
    return phone.attest(ROOT, KEY.getPublic(), CHALLENGE, NOW);
  }

  private static List<Bytes> saying(ASN1Encodable description) {
    return ROOT.chain(
        KeyLevel.TRUSTED_ENVIRONMENT, TestPhone.leaf(KEY.getPublic(), NOW, description));
  }

  /// The healthy phone, but the hardware says this too, or instead.
  private static List<Bytes> hardwareSaying(int tag, ASN1Encodable value) {
    var hardware = new TreeMap<>(PHONE.hardware());
    hardware.put(tag, value);
    return lists(PHONE.software(), hardware);
  }

  private static List<Bytes> lists(
      Map<Integer, ASN1Encodable> software, Map<Integer, ASN1Encodable> hardware) {
    var tee = KeyLevel.TRUSTED_ENVIRONMENT;
    return saying(TestPhone.description(tee, tee, CHALLENGE, List.of(software, hardware)));
  }

  private static void refused(Outcome<Attested> answer, AttestationRefusal why) {
    assertThat(answer).isInstanceOf(Outcome.Refused.class);
    assertThat(((Outcome.Refused<Attested>) answer).refusal()).isEqualTo(why);
  }

  private static Attested proven(Outcome<Attested> answer) {
    assertThat(answer).isInstanceOf(Outcome.Done.class);
    return ((Outcome.Done<Attested>) answer).value();
  }

  @Test
  void a_healthy_phone_proves_what_it_is_and_that_its_root_is_a_test_root() {
    var attested = proven(verify(attested(PHONE)));
    assertThat(attested.root()).isEqualTo(TrustRoot.TEST);
    assertThat(attested.source()).isEqualTo("android-key (test root)");
    assertThat(attested.key()).contains(KEY.getPublic());
    assertThat(attested.says())
        .containsEntry(SignalName.PLATFORM, "android")
        .containsEntry(SignalName.ATTESTATION, "hardware")
        .containsEntry(SignalName.HARDWARE_KEY, "true")
        .containsEntry(SignalName.KEY_PROTECTION, "tee")
        .containsEntry(SignalName.KEY_UNLOCK, "biometric")
        .containsEntry(SignalName.BOOTLOADER_LOCKED, "true")
        .containsEntry(SignalName.VERIFIED_BOOT, "verified")
        .containsEntry(SignalName.SECURE_BOOT, "true")
        .containsEntry(SignalName.OS_VERSION, "16")
        .containsEntry(SignalName.PATCH_DATE, "2026-11-01")
        .containsEntry(SignalName.VENDOR_PATCH_DATE, "2026-11-05")
        .containsEntry(SignalName.BOOT_PATCH_DATE, "2026-11-05")
        .containsEntry(SignalName.APP_NAME, "com.example.bank")
        .containsKey(SignalName.APP_SIGNER);
  }

  @Test
  void an_unlocked_bootloader_is_a_signal_and_nothing_is_believed_of_the_system() {
    var says = proven(verify(attested(PHONE.rooted()))).says();
    assertThat(says)
        .containsEntry(SignalName.BOOTLOADER_LOCKED, "false")
        .containsEntry(SignalName.VERIFIED_BOOT, "unverified")
        .containsEntry(SignalName.SECURE_BOOT, "false")
        .containsEntry(SignalName.HARDWARE_KEY, "true")
        .doesNotContainKeys(
            SignalName.OS_VERSION,
            SignalName.PATCH_DATE,
            SignalName.VENDOR_PATCH_DATE,
            SignalName.BOOT_PATCH_DATE,
            SignalName.APP_NAME,
            SignalName.APP_SIGNER);
  }

  @Test
  void a_system_that_its_owner_signed_proves_its_patch_but_not_its_app() {
    var own =
        new TestPhone(
            PHONE.level(), true, BootState.SELF_SIGNED, 16, PHONE.patched(), BANK, PHONE.unlock());
    assertThat(proven(verify(attested(own))).says())
        .containsEntry(SignalName.VERIFIED_BOOT, "self-signed")
        .containsEntry(SignalName.SECURE_BOOT, "false")
        .containsEntry(SignalName.PATCH_DATE, "2026-11-01")
        .doesNotContainKey(SignalName.APP_SIGNER);
  }

  @Test
  void a_security_chip_and_software_are_called_what_they_are() {
    assertThat(proven(verify(attested(PHONE.keeping(KeyLevel.STRONGBOX)))).says())
        .containsEntry(SignalName.KEY_PROTECTION, "strongbox");
    assertThat(proven(verify(attested(PHONE.keeping(KeyLevel.SOFTWARE)))).says())
        .containsOnly(
            Map.entry(SignalName.PLATFORM, "android"),
            Map.entry(SignalName.ATTESTATION, "software"),
            Map.entry(SignalName.HARDWARE_KEY, "false"),
            Map.entry(SignalName.KEY_PROTECTION, "software"));
  }

  @Test
  void a_key_that_a_password_unlocks_too_is_not_called_biometric() {
    var both = hardwareSaying(Tagged.USER_AUTH_TYPE, new ASN1Integer(0xFFFFFFFFL));
    assertThat(proven(verify(both)).says()).containsEntry(SignalName.KEY_UNLOCK, "credential");
    var neither = hardwareSaying(Tagged.NO_AUTH_REQUIRED, DERNull.INSTANCE);
    assertThat(proven(verify(neither)).says()).containsEntry(SignalName.KEY_UNLOCK, "none");
    var software = new TreeMap<>(PHONE.software());
    software.put(Tagged.USER_AUTH_TYPE, new ASN1Integer(2));
    var hardware = new TreeMap<>(PHONE.hardware());
    hardware.remove(Tagged.USER_AUTH_TYPE);
    assertThat(proven(verify(lists(software, hardware))).says())
        .doesNotContainKey(SignalName.KEY_UNLOCK);
  }

  @Test
  void what_only_the_software_says_of_boot_and_patches_is_not_believed() {
    var software = new TreeMap<>(PHONE.software());
    var hardware = new TreeMap<>(PHONE.hardware());
    for (int tag : List.of(Tagged.ROOT_OF_TRUST, Tagged.OS_VERSION, Tagged.OS_PATCH_LEVEL)) {
      software.put(tag, hardware.get(tag));
      hardware.remove(tag);
    }
    assertThat(proven(verify(lists(software, hardware))).says())
        .doesNotContainKeys(
            SignalName.BOOTLOADER_LOCKED,
            SignalName.SECURE_BOOT,
            SignalName.OS_VERSION,
            SignalName.PATCH_DATE);
  }

  @Test
  void levels_are_read_with_and_without_a_day_and_nonsense_is_left_out() {
    assertThat(patch(202_611)).contains("2026-11-01");
    assertThat(patch(20_261_100)).contains("2026-11-01");
    assertThat(patch(20_261_131)).isEmpty();
    assertThat(patch(0)).isEmpty();
    assertThat(patch(-1)).isEmpty();
    assertThat(patch(Long.MAX_VALUE)).isEmpty();
    var old = proven(verify(hardwareSaying(Tagged.OS_VERSION, new ASN1Integer(80_100))));
    assertThat(old.says()).containsEntry(SignalName.OS_VERSION, "8.1");
  }

  private Optional<String> patch(long level) {
    var chain = hardwareSaying(Tagged.VENDOR_PATCH_LEVEL, new ASN1Integer(level));
    return Optional.ofNullable(proven(verify(chain)).says().get(SignalName.VENDOR_PATCH_DATE));
  }

  @Test
  void another_challenge_and_another_key_are_refused() {
    var other = new Expected(TestKeys.bytes("yesterday's"), EXPECTED.key(), EXPECTED.apps());
    refused(verifier.verify(attested(PHONE), other, NOW), AttestationRefusal.CHALLENGE_MISMATCH);
    var foreign =
        new Expected(CHALLENGE, Optional.of(TestKeys.fresh().getPublic()), EXPECTED.apps());
    refused(verifier.verify(attested(PHONE), foreign, NOW), AttestationRefusal.KEY_MISMATCH);
  }

  @Test
  void a_statement_from_another_app_or_another_signer_is_refused() {
    var namesake = new KnownApp(BANK.packageName(), Set.of(Sha256.of(new byte[] {2})));
    var game = new KnownApp("com.example.game", BANK.signers());
    for (var app : List.of(namesake, game)) {
      var phone = TestPhone.healthy(PHONE.patched(), app);
      refused(verify(attested(phone)), AttestationRefusal.WRONG_APP);
    }
    refused(verify(lists(Map.of(), PHONE.hardware())), AttestationRefusal.WRONG_APP);
    var unsigned =
        Map.<Integer, ASN1Encodable>of(
            Tagged.APPLICATION_ID, TestPhone.application(BANK.packageName(), Set.of()));
    refused(verify(lists(unsigned, PHONE.hardware())), AttestationRefusal.WRONG_APP);
  }

  @Test
  void a_statement_that_contradicts_itself_about_its_level_is_refused() {
    var lists = List.of(PHONE.software(), PHONE.hardware());
    for (var pair :
        List.of(
            List.of(KeyLevel.TRUSTED_ENVIRONMENT, KeyLevel.SOFTWARE),
            List.of(KeyLevel.SOFTWARE, KeyLevel.TRUSTED_ENVIRONMENT),
            List.of(KeyLevel.STRONGBOX, KeyLevel.TRUSTED_ENVIRONMENT))) {
      var says = TestPhone.description(pair.getFirst(), pair.getLast(), CHALLENGE, lists);
      refused(verify(saying(says)), AttestationRefusal.DOWNGRADED);
    }
  }

  @Test
  void the_attestation_key_of_the_processor_cannot_speak_for_a_security_chip() {
    var chip =
        TestPhone.leaf(
            KEY.getPublic(), NOW, PHONE.keeping(KeyLevel.STRONGBOX).description(CHALLENGE));
    refused(verify(ROOT.chain(KeyLevel.TRUSTED_ENVIRONMENT, chip)), AttestationRefusal.DOWNGRADED);
    var processor = TestPhone.leaf(KEY.getPublic(), NOW, PHONE.description(CHALLENGE));
    refused(verify(ROOT.chain(KeyLevel.STRONGBOX, processor)), AttestationRefusal.DOWNGRADED);
  }

  @Test
  void a_key_that_was_imported_or_cannot_sign_or_attests_others_is_refused() {
    refused(
        verify(hardwareSaying(Tagged.ORIGIN, new ASN1Integer(2))), AttestationRefusal.NOT_HARDWARE);
    refused(
        verify(hardwareSaying(Tagged.PURPOSE, new DERSet(new ASN1Integer(1)))),
        AttestationRefusal.KEY_MISMATCH);
    var attests = new DERSet(new ASN1Encodable[] {new ASN1Integer(2), new ASN1Integer(7)});
    refused(verify(hardwareSaying(Tagged.PURPOSE, attests)), AttestationRefusal.KEY_MISMATCH);
  }

  @Test
  void a_phones_own_key_cannot_certify_a_key_with_a_description_that_it_made_up() {
    var made = TestKeys.fresh();
    var real = attested(PHONE);
    var forged =
        TestRoot.sign(
            TestPhone.leaf(KEY.getPublic(), NOW, PHONE.description(CHALLENGE)),
            new X500Name("CN=Android Keystore Key"),
            made.getPrivate());
    var rooted = PHONE.rooted().attest(ROOT, made.getPublic(), CHALLENGE, NOW);
    var longer = new ArrayList<>(rooted);
    longer.addFirst(TestRoot.der(forged));
    refused(verify(longer), AttestationRefusal.CHAIN_BROKEN);
    var replaced = new ArrayList<>(real);
    replaced.set(0, TestRoot.der(forged));
    refused(verify(replaced), AttestationRefusal.CHAIN_BROKEN);
  }

  @Test
  void a_leaf_that_describes_no_key_is_refused() {
    var signer = ROOT.signers(KeyLevel.TRUSTED_ENVIRONMENT).getFirst();
    var plain = TestRoot.About.signer(new X500Name("CN=Key"), KEY.getPublic(), NOW);
    var chain = new ArrayList<>(attested(PHONE));
    chain.set(0, TestRoot.der(TestRoot.sign(plain, signer.name(), signer.key())));
    refused(verify(chain), AttestationRefusal.MALFORMED);
  }

  @Test
  void a_chain_that_is_too_long_too_short_or_too_large_is_refused() {
    var chain = attested(PHONE);
    var longer = new ArrayList<>(chain);
    longer.addAll(attested(PHONE));
    refused(verify(longer), AttestationRefusal.TOO_LARGE);
    refused(verify(List.of(chain.getFirst(), chain.getLast())), AttestationRefusal.CHAIN_BROKEN);
    refused(verify(List.of()), AttestationRefusal.CHAIN_BROKEN);
    var twice = new ArrayList<>(chain);
    twice.add(chain.getLast());
    refused(verify(twice), AttestationRefusal.CHAIN_BROKEN);
    var large = new ArrayList<>(chain);
    large.set(1, Bytes.of(new byte[17 * 1024]));
    refused(verify(large), AttestationRefusal.TOO_LARGE);
  }

  @Test
  void a_chain_under_a_root_that_nobody_named_is_refused() {
    var foreign = TestRoot.of(TestKeys.fresh(), TestKeys::fresh, NOW.minusSeconds(60));
    refused(
        verify(PHONE.attest(foreign, KEY.getPublic(), CHALLENGE, NOW)),
        AttestationRefusal.ROOT_UNKNOWN);
    var production = new AndroidKeyAttestation(GoogleRoots.anchors(), Optional.empty());
    refused(production.verify(attested(PHONE), EXPECTED, NOW), AttestationRefusal.ROOT_UNKNOWN);
    refused(
        new AndroidKeyAttestation(Anchors.none(), Optional.empty())
            .verify(attested(PHONE), EXPECTED, NOW),
        AttestationRefusal.ROOT_UNKNOWN);
  }

  @Test
  void certificates_count_only_between_their_dates() {
    for (var then : List.of(NOW.minus(Duration.ofDays(1)), NOW.plus(Duration.ofDays(366))))
      refused(verifier.verify(attested(PHONE), EXPECTED, then), AttestationRefusal.NOT_VALID_NOW);
  }

  @Test
  void an_authorization_that_is_given_twice_is_refused() {
    var twice =
        new DERSequence(
            new ASN1Encodable[] {
              new DERTaggedObject(true, Tagged.ORIGIN, new ASN1Integer(2)),
              new DERTaggedObject(true, Tagged.ORIGIN, new ASN1Integer(0))
            });
    var fields = ((DERSequence) PHONE.description(CHALLENGE)).toArray();
    fields[7] = twice;
    refused(verify(saying(new DERSequence(fields))), AttestationRefusal.MALFORMED);
  }

  @Test
  void a_schema_that_is_not_known_is_refused() {
    var fields = ((DERSequence) PHONE.description(CHALLENGE)).toArray();
    for (int version : List.of(0, -1, 5, 99, 600, Integer.MAX_VALUE)) {
      fields[0] = new ASN1Integer(version);
      refused(verify(saying(new DERSequence(fields))), AttestationRefusal.MALFORMED);
    }
    for (int version : List.of(1, 2, 3, 4, 100, 200, 300, 400, 500)) {
      fields[0] = new ASN1Integer(version);
      proven(verify(saying(new DERSequence(fields))));
    }
  }
}
