// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission.device;

import dev.vigil.kernel.Refusal;

/// Why a device is not enrolled, renewed, believed or revoked.
public enum DeviceRefusal implements Refusal {
  SESSION_OVER(401, "enrol.session-over", "the session has ended", "sign in again"),
  SUBJECT_DISABLED(
      403, "enrol.subject-disabled", "the account is disabled", "ask an administrator"),
  BREAK_GLASS(
      403,
      "enrol.break-glass",
      "this account is kept for emergencies and has no devices",
      "enrol the device with your everyday account"),
  NOT_BOUND_TO_KEY(
      403,
      "enrol.not-bound-to-key",
      "the session does not hang on a device's key",
      "sign in with the app on the device that is to be enrolled"),
  ALREADY_ENROLLED(
      409,
      "enrol.already-enrolled",
      "the session is on an enrolled device already",
      "renew the certificate instead"),
  CHALLENGE_SPENT(
      400,
      "enrol.challenge-spent",
      "the challenge was used, has expired or never was",
      "ask for a new challenge"),
  CHALLENGE_OF_ANOTHER(
      403,
      "enrol.challenge-of-another",
      "the challenge was given to another session or key",
      "ask for a challenge in this session"),
  KEY_OF_ANOTHER(
      403,
      "enrol.key-of-another",
      "the certificate request is for another key than the one that signed in",
      "make the request with the key that signed in"),
  KEY_KNOWN(
      409,
      "enrol.key-known",
      "the key belongs to a device that is enrolled or was revoked",
      "make a new key, sign in with it, and enrol"),
  NAME_NOT_ALLOWED(
      400,
      "enrol.name-not-allowed",
      "the name is empty, longer than 64 characters, or not plain text",
      "choose another name"),
  DEVICE_UNKNOWN(
      404, "device.unknown", "this device is not enrolled", "sign in on it and enrol it"),
  DEVICE_REVOKED(
      403,
      "device.revoked",
      "the device was revoked",
      "make a new key, sign in with it, and enrol"),
  RENEWED_TOO_LATE(
      403,
      "renew.too-late",
      "the last certificate expired more than 30 days ago",
      "make a new key, sign in with it, and enrol"),
  RENEWED_TOO_OFTEN(
      429,
      "renew.too-often",
      "the device has enough certificates that are valid now",
      "use the latest one"),
  ATTESTATION_NEEDED(
      403,
      "renew.attestation-needed",
      "the certificate has expired, and the device has not attested itself again",
      "attest the device, then renew within ten minutes"),
  CERTIFICATE_UNKNOWN(
      404,
      "device.certificate-unknown",
      "the certificate was not issued here to a device that is enrolled",
      "use the device's own certificate, or enrol it"),
  CERTIFICATE_REVOKED(
      403,
      "renew.certificate-revoked",
      "the certificate was revoked",
      "renew with another certificate of the device, or enrol it with a new key"),
  NEW_KEY(
      403,
      "renew.new-key",
      "the request is for a new key, and a device is known by its key",
      "renew with the same key, or ask an administrator for a right to enrol the new one"),
  NOT_RENEWED_HERE(
      403,
      "renew.not-here",
      "certificates of partners and workloads are not renewed by themselves",
      "have an administrator register the machine again"),
  MESSAGE_SEEN(
      403, "renew.message-seen", "this message came before", "make and sign a new message"),
  AUTHORITY_AWAY(
      503,
      "device.authority-away",
      "no certificate can be issued at the moment: the authority's key is in a token that is away",
      "try again later; certificates that are valid stay valid"),
  GRANT_TOO_LONG(
      400,
      "grant.too-long",
      "the right would last longer than 30 days, or not at all",
      "choose a shorter time"),
  GRANT_SPENT(
      403,
      "grant.spent",
      "the right to enrol was used, has expired or never was",
      "ask an administrator for a new one"),
  ENROLMENT_NOT_ALLOWED(
      403,
      "enrol.not-allowed",
      "the organisation's rules let this account enrol no devices",
      "ask an administrator"),
  TOO_MANY_DEVICES(
      403,
      "enrol.too-many-devices",
      "the account has as many devices as the organisation's rules allow",
      "revoke one that you no longer use at /my, then enrol"),
  PLATFORM_NOT_ALLOWED(
      403,
      "enrol.platform-not-allowed",
      "the organisation's rules do not allow devices of this platform, or of none that is known",
      "enrol a device of a platform that is allowed"),
  ENROLMENT_NEEDS_ATTESTATION(
      403,
      "enrol.attestation-needed",
      "the organisation's rules ask the device to prove itself, and it did not",
      "use the app on a device with a hardware key store, and let it attest itself"),
  APPROVAL_NEEDED(
      403,
      "enrol.approval-needed",
      "the enrolment waits until somebody agrees to it, at most 24 hours",
      "have it approved by an administrator, or by you on another device if your organisation"
          + " allows, then enrol again with the same key"),
  TOO_MANY_PENDING(
      429,
      "enrol.too-many-pending",
      "three enrolments of this account wait for approval",
      "have them approved or refused, or wait until they expire"),
  NOTHING_PENDING(
      404,
      "enrol.nothing-pending",
      "no such enrolment waits: it was answered, has expired or never was",
      "have the phone enrol again"),
  NOT_THE_APPROVER(
      403,
      "enrol.not-the-approver",
      "this enrolment is not yours to answer",
      "ask an administrator who is not the phone's owner; where the rules allow, use another"
          + " device of the owner that is signed in"),
  NOT_A_MACHINE(
      400,
      "partner.not-a-machine",
      "only partners and workloads are registered with a certificate",
      "choose the population partner or workload");

  private final Wording wording;

  DeviceRefusal(int status, String code, String says, String next) {
    this.wording = new Wording(code, status, says, next);
  }

  @Override
  public Wording wording() {
    return wording;
  }
}
