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
