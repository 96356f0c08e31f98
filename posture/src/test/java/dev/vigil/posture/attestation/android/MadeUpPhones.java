// SPDX-License-Identifier: Apache-2.0
package dev.vigil.posture.attestation.android;

import dev.vigil.kernel.Bytes;
import dev.vigil.kernel.Outcome;
import dev.vigil.kernel.Sha256;
import dev.vigil.posture.attestation.Anchors;
import dev.vigil.posture.attestation.Attested;
import dev.vigil.posture.attestation.KnownApp;
import dev.vigil.posture.attestation.KnownApps;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.x500.X500Name;

/// Phones under a test root, and forgeries of them, for the page: what no published sample shows.
final class MadeUpPhones {

  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
  private static final Bytes CHALLENGE = TestKeys.bytes("challenge");
  private static final KnownApp BANK =
      new KnownApp("com.example.bank", Set.of(Sha256.of(new byte[] {1})));
  private static final TestPhone PHONE = TestPhone.healthy(LocalDate.of(2026, 11, 5), BANK);

  private final TestRoot root =
      TestRoot.of(TestKeys.fresh(), TestKeys::fresh, NOW.minus(Duration.ofDays(1)));
  private final KeyPair key = TestKeys.fresh();
  private final Map<String, Outcome<Attested>> verdicts = new LinkedHashMap<>();

  private MadeUpPhones() {}

  /// What was made up, and what is said of it.
  static Map<String, Outcome<Attested>> verdicts() {
    var all = new MadeUpPhones();
    all.phones();
    all.forgeries();
    return all.verdicts;
  }

  private void phones() {
    phone("a healthy phone", PHONE);
    phone("the same with a security chip", PHONE.keeping(KeyLevel.STRONGBOX));
    phone("the same unlocked by a password", PHONE.unlockedBy(TestPhone.Unlock.PASSWORD));
    phone("the bootloader unlocked", PHONE.rooted());
    phone("another system, signed by its owner", booted(true, BootState.SELF_SIGNED));
    phone("verified boot failed", booted(false, BootState.FAILED));
    phone("a key that software keeps", PHONE.keeping(KeyLevel.SOFTWARE));
    phone(
        "a statement from another app",
        TestPhone.healthy(PHONE.patched(), new KnownApp("com.example.game", BANK.signers())));
    phone(
        "from an app of the same name, signed by somebody else",
        TestPhone.healthy(
            PHONE.patched(), new KnownApp(BANK.packageName(), Set.of(Sha256.of(new byte[] {2})))));
  }

  private static TestPhone booted(boolean locked, BootState state) {
    return new TestPhone(
        PHONE.level(), locked, state, PHONE.version(), PHONE.patched(), BANK, PHONE.unlock());
  }

  private void phone(String what, TestPhone phone) {
    said(what, phone.attest(root, key.getPublic(), CHALLENGE, NOW));
  }

  private void said(String what, List<Bytes> chain) {
    said(what, chain, new Anchors(GoogleRoots.all(), List.of(root.certificate())));
  }

  private void said(String what, List<Bytes> chain, Anchors anchors) {
    var expected =
        new Expected(CHALLENGE, Optional.of(key.getPublic()), new KnownApps(Set.of(BANK)));
    verdicts.put(
        what, new AndroidKeyAttestation(anchors, Optional.empty()).verify(chain, expected, NOW));
  }

  private void forgeries() {
    said(
        "a healthy phone where no test root is configured",
        PHONE.attest(root, key.getPublic(), CHALLENGE, NOW),
        GoogleRoots.anchors());
    extended();
    var tee = KeyLevel.TRUSTED_ENVIRONMENT;
    described(
        "the statement made in hardware, the key kept by software",
        TestPhone.description(
            tee, KeyLevel.SOFTWARE, CHALLENGE, List.of(PHONE.software(), PHONE.hardware())));
    described(
        "the processor's attestation key speaks for a security chip",
        PHONE.keeping(KeyLevel.STRONGBOX).description(CHALLENGE));
    var imported = new TreeMap<>(PHONE.hardware());
    imported.put(Tagged.ORIGIN, new ASN1Integer(2));
    described(
        "a key that was imported",
        TestPhone.description(tee, tee, CHALLENGE, List.of(PHONE.software(), imported)));
    var bare = new TreeMap<>(PHONE.hardware());
    bare.remove(Tagged.ROOT_OF_TRUST);
    var software = new TreeMap<>(PHONE.software());
    software.put(Tagged.ROOT_OF_TRUST, PHONE.hardware().get(Tagged.ROOT_OF_TRUST));
    described(
        "a root of trust that only software enforces",
        TestPhone.description(tee, tee, CHALLENGE, List.of(software, bare)));
  }

  private void described(String what, ASN1Encodable description) {
    var leaf = TestPhone.leaf(key.getPublic(), NOW, description);
    said(what, root.chain(KeyLevel.TRUSTED_ENVIRONMENT, leaf));
  }

  /// A rooted phone uses its own attested key to call itself healthy.
  private void extended() {
    var own = TestKeys.fresh();
    var made =
        TestRoot.sign(
            TestPhone.leaf(key.getPublic(), NOW, PHONE.description(CHALLENGE)),
            new X500Name("CN=Android Keystore Key"),
            own.getPrivate());
    var chain = new ArrayList<Bytes>();
    chain.add(TestRoot.der(made));
    chain.addAll(PHONE.rooted().attest(root, own.getPublic(), CHALLENGE, NOW));
    said("a rooted phone certifies a key with its own attested key", chain);
  }
}
