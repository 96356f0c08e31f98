// SPDX-License-Identifier: Apache-2.0
package dev.vigil.sdk;

import dev.vigil.sdk.port.Attestor;
import dev.vigil.sdk.port.DeviceKeys;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/// Getting this device's certificate, keeping it fresh, and telling what state the device is in.
final class Enrolling {

  private final Profile profile;
  private final Ports ports;
  private final Issuer issuer;
  private final Proofs proofs;
  private final Tokens tokens;
  private final Memory memory;
  private final ReentrantLock renewing = new ReentrantLock();

  Enrolling(
      Profile profile, Ports ports, Issuer issuer, Proofs proofs, Tokens tokens, Memory memory) {
    this.profile = profile;
    this.ports = ports;
    this.issuer = issuer;
    this.proofs = proofs;
    this.tokens = tokens;
    this.memory = memory;
  }

  /// Enrols for the person who is signed in.
  void enrol(Posture posture) throws Halt {
    var token = Optional.of(tokens.token(Tokens.Audience.API));
    var nonce =
        demanded(issuer.json("/device/challenge", Map.of(), token))
            .text("nonce")
            .orElseThrow(() -> Halt.unreadable("the answer holds no nonce"));
    var content = new LinkedHashMap<String, Object>();
    content.put("csr", request(Optional.of(nonce)));
    content.put("nonce", nonce);
    content.put("name", profile.deviceName());
    content.put("posture", seen(posture));
    attestation(nonce).ifPresent(value -> content.put("attestation", value));
    keep(demanded(issuer.json("/device/enrol", content, token)));
  }

  /// Lets the platform vouch for this device once more, with no session; without a platform that
  /// can, nothing is sent.
  Done attest() throws Halt {
    membership();
    var nonce =
        demanded(issuer.json("/device/attest/challenge", Map.of(), Optional.empty()))
            .text("nonce")
            .orElseThrow(() -> Halt.unreadable("the answer holds no nonce"));
    var statement = attestation(nonce);
    if (statement.isEmpty()) {
      return Done.UNCHANGED;
    }
    var content = Map.of("nonce", nonce, "attestation", statement.get());
    demanded(issuer.json("/device/attest", content, Optional.empty()));
    return Done.CHANGED;
  }

  private Optional<Map<String, Object>> attestation(String nonce) throws Halt {
    try {
      return ports.attestor().attest(Base64.getUrlDecoder().decode(nonce)).map(Enrolling::written);
    } catch (IOException | IllegalArgumentException e) {
      throw Halt.unreadable("the phone could not attest its key");
    }
  }

  private static Map<String, Object> written(Attestor.Attestation attestation) {
    var content = new LinkedHashMap<String, Object>();
    content.put("format", attestation.format());
    content.put("parts", texts(attestation.parts()));
    if (!attestation.keyChain().isEmpty()) {
      content.put("key_parts", texts(attestation.keyChain()));
    }
    return content;
  }

  private static List<String> texts(List<byte[]> parts) {
    return parts.stream()
        .map(part -> Base64.getUrlEncoder().withoutPadding().encodeToString(part))
        .toList();
  }

  /// Renews when two thirds of the certificate's life have passed, one caller at a time.
  Done renewIfDue() throws Halt {
    renewing.lock();
    try {
      var due = Certificates.renewalDue(membership().certificate());
      if (issuer.now().isBefore(due)) {
        return Done.UNCHANGED;
      }
      renew();
      return Done.CHANGED;
    } finally {
      renewing.unlock();
    }
  }

  /// Renews now: proof of the same key is enough, with no session.
  void renew() throws Halt {
    keep(
        demanded(
            issuer.json(
                "/device/renew", Map.of("csr", request(Optional.empty())), Optional.empty())));
  }

  /// Sends what the app sees of its phone.
  void report(Posture posture) throws Halt {
    membership();
    var reply = issuer.json("/device/posture", seen(posture), Optional.empty());
    if (!reply.fine()) {
      throw new Halt(Problem.refused(reply));
    }
  }

  /// Shows this device beside the browser that was given the ticket; the proof of its key is all
  /// that it says of itself.
  void show(String ticket) throws Halt {
    membership();
    var reply = issuer.json("/signin/device", Map.of("ticket", ticket), Optional.empty());
    if (!reply.fine()) {
      throw new Halt(Problem.refused(reply));
    }
  }

  /// The enrolment, as long as its key is still there: a platform may have thrown the key away.
  Membership membership() throws Halt {
    return memory
        .membership()
        .filter(membership -> ports.keys().publicKey().filter(membership::isFor).isPresent())
        .orElseThrow(() -> new Halt(new Refused.EnrolmentRequired("this phone is not enrolled")));
  }

  DeviceKeys keys() {
    return ports.keys();
  }

  private Map<String, Object> seen(Posture posture) {
    var content = new LinkedHashMap<String, Object>();
    content.put("signals", posture.signals());
    content.put("observed", issuer.now().toString());
    return content;
  }

  private String request(Optional<String> challenge) throws Halt {
    try {
      return Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString(proofs.certificateRequest(challenge));
    } catch (GeneralSecurityException e) {
      throw Halt.unreadable("the device's key could not be used");
    }
  }

  private static Json demanded(Reply reply) throws Halt {
    if (!reply.fine()) {
      throw new Halt(Problem.refused(reply));
    }
    return reply.mustBeJson();
  }

  private void keep(Json answer) throws Halt {
    try {
      memory.keep(Membership.of(answer).checked(proofs.key(), issuer.now()));
      tokens.discard(Tokens.Audience.GATEWAY);
    } catch (GeneralSecurityException e) {
      throw Halt.unreadable("the device's key could not be used");
    }
  }
}
