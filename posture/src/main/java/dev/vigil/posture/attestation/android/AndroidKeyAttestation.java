// SPDX-License-Identifier: Apache-2.0
package dev.vigil.posture.attestation.android;

import dev.vigil.kernel.Bytes;
import dev.vigil.kernel.Outcome;
import dev.vigil.posture.attestation.Anchors;
import dev.vigil.posture.attestation.AttestationFormat;
import dev.vigil.posture.attestation.AttestationRefusal;
import dev.vigil.posture.attestation.Attested;
import dev.vigil.posture.attestation.TrustRoot;
import java.security.PublicKey;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1OctetString;

/// Verifies Android Key Attestation
/// (<https://source.android.com/docs/security/features/keystore/attestation>).
///
/// A statement is refused if its chain, challenge, key or app is wrong, or if it contradicts
/// itself. What it says of the phone is not judged: an unlocked bootloader is a signal, for
/// policies to refuse.
///
/// @param revoked the vendor's list; without one, or with one too old, the vendor's chains are
///   refused. Chains under a test root need none
public record AndroidKeyAttestation(Anchors anchors, Optional<RevocationList> revoked) {

  /// What the chain proves, or why nothing.
  ///
  /// @param chain certificates in DER, the attested key's first, the root's last
  public Outcome<Attested> verify(List<Bytes> chain, Expected expected, Instant now) {
    return AttestationChain.of(chain, anchors, now)
        .then(found -> unrevoked(found, now))
        .then(found ->
            description(found)
                .then(says -> answers(says, expected))
                .then(says -> describes(found.leaf().getPublicKey(), says, expected))
                .then(ProvenKey::check)
                .then(says -> sameLevel(found, says))
                .then(says -> from(says, expected))
                .map(says -> attested(found, says)));
  }

  private Outcome<AttestationChain> unrevoked(AttestationChain chain, Instant now) {
    if (chain.root() == TrustRoot.TEST) return Outcome.done(chain);
    var list = revoked.filter(one -> one.countsAt(now));
    if (list.isEmpty()) return Outcome.refused(AttestationRefusal.REVOCATION_UNKNOWN);
    return chain.certificates().stream().anyMatch(list.get()::names)
        ? Outcome.refused(AttestationRefusal.REVOKED)
        : Outcome.done(chain);
  }

  private static Outcome<KeyDescription> description(AttestationChain chain) {
    try {
      byte[] value = chain.leaf().getExtensionValue(KeyDescription.EXTENSION);
      return KeyDescription.read(Bytes.of(ASN1OctetString.getInstance(value).getOctets()));
    } catch (RuntimeException e) { // hostile input; the ASN.1 library throws a dozen kinds
      return Outcome.refused(AttestationRefusal.MALFORMED);
    }
  }

  private static Outcome<KeyDescription> answers(KeyDescription says, Expected expected) {
    return says.challenge().equals(expected.challenge())
        ? Outcome.done(says)
        : Outcome.refused(AttestationRefusal.CHALLENGE_MISMATCH);
  }

  private static Outcome<KeyDescription> describes(
      PublicKey attested, KeyDescription says, Expected expected) {
    return expected.key().map(attested::equals).orElse(true)
        ? Outcome.done(says)
        : Outcome.refused(AttestationRefusal.KEY_MISMATCH);
  }

  /// Where the vendor names the level of an attestation key, it must be the statement's: a key of
  /// the processor's environment cannot speak for a chip, nor a chip's for the environment.
  private static Outcome<KeyDescription> sameLevel(AttestationChain chain, KeyDescription says) {
    var named = chain.namedLevel();
    boolean fits =
        switch (says.level()) {
          case SOFTWARE -> true;
          case TRUSTED_ENVIRONMENT -> named.filter(KeyLevel.STRONGBOX::equals).isEmpty();
          case STRONGBOX -> named.filter(KeyLevel.STRONGBOX::equals).isPresent();
        };
    return fits
        ? Outcome.done(says)
        : Outcome.refused(
            AttestationRefusal.DOWNGRADED,
            "the attestation key is not of the level `" + says.level().label() + "`");
  }

  private static Outcome<KeyDescription> from(KeyDescription says, Expected expected) {
    var app = says.app().orElse(new AppIdentity(List.of(), java.util.Set.of()));
    return expected.apps().hold(app.packages(), app.signers())
        ? Outcome.done(says)
        : Outcome.refused(AttestationRefusal.WRONG_APP);
  }

  private static Attested attested(AttestationChain chain, KeyDescription says) {
    return new Attested(
        AttestationFormat.ANDROID_KEY,
        chain.root(),
        Optional.of(chain.leaf().getPublicKey()),
        Saying.signals(says),
        Saying.identifiers(says));
  }
}
