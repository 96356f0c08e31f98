// SPDX-License-Identifier: Apache-2.0
package dev.vigil.posture.attestation.android;

import dev.vigil.kernel.Bytes;
import dev.vigil.kernel.Sha256;
import dev.vigil.posture.attestation.KnownApp;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.bouncycastle.asn1.ASN1Boolean;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Enumerated;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.DERTaggedObject;
import org.bouncycastle.asn1.x500.X500Name;

/// A phone that is made up, for development: what it says of itself is signed by a [TestRoot].
///
/// @param level where its keys are kept
/// @param locked whether its bootloader is
/// @param boot who vouches for the system it runs
/// @param version of Android, such as 16
/// @param patched of system, vendor and boot alike
/// @param app that makes the keys
/// @param unlock what its person must do before a key signs
public record TestPhone(
    KeyLevel level,
    boolean locked,
    BootState boot,
    int version,
    LocalDate patched,
    KnownApp app,
    Unlock unlock) {

  /// What the person must do before a key signs; the bits are those of `userAuthType`.
  public enum Unlock {
    NOTHING(0),
    PASSWORD(1),
    BIOMETRIC(2);

    private final int bits;

    Unlock(int bits) {
      this.bits = bits;
    }
  }

  /// The version of the schema that it writes.
  static final int SCHEMA = 300;

  private static final X500Name LEAF = new X500Name("CN=Android Keystore Key");
  private static final Duration LIFE = Duration.ofDays(365);

  /// A healthy one: a locked bootloader, the maker's system, keys in the processor's secure
  /// environment that a fingerprint unlocks.
  public static TestPhone healthy(LocalDate patched, KnownApp app) {
    return new TestPhone(
        KeyLevel.TRUSTED_ENVIRONMENT, true, BootState.VERIFIED, 16, patched, app, Unlock.BIOMETRIC);
  }

  /// The same with its bootloader unlocked, so that nobody vouches for the system.
  public TestPhone rooted() {
    return new TestPhone(level, false, BootState.UNVERIFIED, version, patched, app, unlock);
  }

  /// The same with its keys kept elsewhere.
  public TestPhone keeping(KeyLevel elsewhere) {
    return new TestPhone(elsewhere, locked, boot, version, patched, app, unlock);
  }

  /// The same at another patch.
  public TestPhone patchedOn(LocalDate day) {
    return new TestPhone(level, locked, boot, version, day, app, unlock);
  }

  /// The same whose keys are unlocked otherwise.
  public TestPhone unlockedBy(Unlock other) {
    return new TestPhone(level, locked, boot, version, patched, app, other);
  }

  /// Its statement about this key: certificates in DER, leaf first.
  public List<Bytes> attest(TestRoot root, PublicKey key, Bytes challenge, Instant now) {
    return root.chain(level, leaf(key, now, description(challenge)));
  }

  static TestRoot.About leaf(PublicKey key, Instant now, ASN1Encodable description) {
    return new TestRoot.About(
        LEAF, key, now.minusSeconds(60), now.plus(LIFE), Optional.of(description));
  }

  ASN1Encodable description(Bytes challenge) {
    boolean software = level == KeyLevel.SOFTWARE;
    var of = new TreeMap<>(software());
    if (software) of.putAll(hardware());
    return description(level, level, challenge, List.of(of, software ? Map.of() : hardware()));
  }

  /// @param lists what software enforces, then what hardware enforces
  static ASN1Encodable description(
      KeyLevel level, KeyLevel keyLevel, Bytes challenge, List<Map<Integer, ASN1Encodable>> lists) {
    return sequence(
        new ASN1Integer(SCHEMA),
        new ASN1Enumerated(level.number()),
        new ASN1Integer(SCHEMA),
        new ASN1Enumerated(keyLevel.number()),
        octets(challenge.toArray()),
        octets(new byte[0]),
        list(lists.getFirst()),
        list(lists.getLast()));
  }

  private static ASN1Encodable list(Map<Integer, ASN1Encodable> values) {
    return sequence(
        values.entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .map(entry -> new DERTaggedObject(true, entry.getKey(), entry.getValue()))
            .toArray(ASN1Encodable[]::new));
  }

  /// What the hardware enforces, by tag.
  Map<Integer, ASN1Encodable> hardware() {
    var all = new TreeMap<Integer, ASN1Encodable>();
    all.put(Tagged.PURPOSE, new DERSet(new ASN1Integer(2)));
    if (unlock == Unlock.NOTHING) all.put(Tagged.NO_AUTH_REQUIRED, DERNull.INSTANCE);
    else all.put(Tagged.USER_AUTH_TYPE, new ASN1Integer(unlock.bits));
    all.put(Tagged.ORIGIN, new ASN1Integer(0));
    all.put(Tagged.ROOT_OF_TRUST, rootOfTrust());
    all.put(Tagged.OS_VERSION, new ASN1Integer(version * 10_000L));
    all.put(Tagged.OS_PATCH_LEVEL, new ASN1Integer(digits() / 100));
    all.put(Tagged.VENDOR_PATCH_LEVEL, new ASN1Integer(digits()));
    all.put(Tagged.BOOT_PATCH_LEVEL, new ASN1Integer(digits()));
    return all;
  }

  private long digits() {
    return patched.getYear() * 10_000L + patched.getMonthValue() * 100L + patched.getDayOfMonth();
  }

  private ASN1Encodable rootOfTrust() {
    return sequence(
        octets(Sha256.of(boot.label().getBytes(StandardCharsets.UTF_8)).bytes()),
        ASN1Boolean.getInstance(locked),
        new ASN1Enumerated(boot.number()),
        octets(Sha256.of(patched.toString().getBytes(StandardCharsets.UTF_8)).bytes()));
  }

  /// What Android says, by tag.
  Map<Integer, ASN1Encodable> software() {
    return Map.of(Tagged.APPLICATION_ID, application(app.packageName(), app.signers()));
  }

  static ASN1Encodable application(String name, Set<Sha256> signers) {
    var info = sequence(octets(name.getBytes(StandardCharsets.UTF_8)), new ASN1Integer(1));
    var digests = signers.stream().map(one -> octets(one.bytes())).toArray(ASN1Encodable[]::new);
    try {
      return octets(
          new DERSequence(new ASN1Encodable[] {new DERSet(info), new DERSet(digests)})
              .getEncoded());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ASN1Encodable octets(byte[] content) {
    return new DEROctetString(content);
  }

  private static ASN1Encodable sequence(ASN1Encodable... fields) {
    return new DERSequence(Arrays.copyOf(fields, fields.length));
  }
}
