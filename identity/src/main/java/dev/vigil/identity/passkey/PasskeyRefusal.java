// SPDX-License-Identifier: Apache-2.0
package dev.vigil.identity.passkey;

import dev.vigil.kernel.Refusal;

/// Why a passkey was not registered or not accepted (WebAuthn Level 3, sections 7.1 and 7.2).
public enum PasskeyRefusal implements Refusal {
  MALFORMED("passkey.malformed", "the authenticator's answer could not be read", 400),
  CHALLENGE("passkey.challenge", "the answer is to another challenge", 403),
  ORIGIN("passkey.origin", "the answer was given to another site", 403),
  RELYING_PARTY("passkey.relying-party", "the passkey belongs to another site", 403),
  USER_VERIFICATION(
      "passkey.user-verification",
      "the authenticator did not check who is using it",
      403,
      "set a PIN, fingerprint or face on the authenticator and try again"),
  SIGNATURE("passkey.signature", "the signature is not by this passkey", 403),
  COUNTER(
      "passkey.counter",
      "the passkey's counter went backwards: there may be a copy of it",
      403,
      "use another passkey and tell an administrator: this one should be replaced"),
  ALGORITHM("passkey.algorithm", "the passkey uses an algorithm that is not accepted", 403),
  ATTESTATION("passkey.attestation", "the authenticator's attestation is not valid", 403),
  UNKNOWN(
      "passkey.unknown",
      "this passkey is not registered here",
      403,
      "use another passkey, or ask an administrator for an invitation"),
  OTHER_PERSON("passkey.other-person", "the passkey was presented for another person", 403),
  TOO_WEAK(
      "passkey.too-weak",
      "this needs a passkey that is bound to one device or security key",
      403,
      "use a security key, or a passkey that is not synced"),
  BACKUP(
      "passkey.backup",
      "the passkey says something else about being synced than when it was registered",
      403),
  MODEL(
      "passkey.model",
      "this authenticator model is not accepted here",
      403,
      PasskeyRefusal.ACCEPTED),
  UNATTESTED(
      "passkey.unattested",
      "which authenticator model this is could not be verified",
      403,
      PasskeyRefusal.ACCEPTED),
  UNCERTIFIED(
      "passkey.uncertified",
      "this authenticator model is not certified highly enough",
      403,
      PasskeyRefusal.ACCEPTED),
  COMPROMISED(
      "passkey.compromised",
      "this authenticator model is reported as compromised",
      403,
      "use another authenticator, and tell an administrator"),
  TAKEN(
      "passkey.taken",
      "this passkey is registered already",
      409,
      "sign in with it, or choose another authenticator"),
  TOO_MANY(
      "passkey.too-many",
      "this person has as many passkeys as one may have",
      409,
      "remove one that is not used any more"),
  REFUSED("passkey.refused", "the authenticator's answer is not valid", 403);

  private static final String ACCEPTED =
      "use an authenticator that your organisation accepts; an administrator knows which";

  private final Wording wording;

  PasskeyRefusal(String code, String says, int status) {
    this(code, says, status, "try again; if it stays, ask an administrator");
  }

  PasskeyRefusal(String code, String says, int status, String next) {
    this.wording = new Wording(code, status, says, next);
  }

  @Override
  public Wording wording() {
    return wording;
  }
}
