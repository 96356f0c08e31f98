// SPDX-License-Identifier: Apache-2.0
package dev.vigil.api.pki;

import static dev.vigil.api.pki.ScepDevice.CERT_POLL;
import static dev.vigil.api.pki.ScepDevice.PKCS_REQ;
import static dev.vigil.api.pki.ScepDevice.RENEWAL_REQ;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vigil.admission.device.Grants.Protocol;
import dev.vigil.api.pki.ScepDevice.Answer;
import dev.vigil.api.pki.ScepDevice.Manner;
import dev.vigil.pki.AcceptedKeys;
import dev.vigil.pki.CertificateRequest;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.cms.CMSAlgorithm;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// SCEP messages as nobody should send them, beside good ones.
class ScepAbuseTest {

  private static final String TYPE = "application/x-pki-message";
  private static final String BAD_ALG = "0";
  private static final String BAD_MESSAGE_CHECK = "1";
  private static final String BAD_REQUEST = "2";
  private static final String BAD_CERT_ID = "4";

  private PkiHouse house;
  private ScepDevice device;

  @BeforeEach
  void open() throws Exception {
    house = new PkiHouse();
    device = ScepDevice.make(2048);
  }

  @AfterEach
  void close() {
    house.close();
  }

  private Answer send(ScepDevice from, byte[] message) throws Exception {
    return from.read(house.post("/scep?operation=PKIOperation", TYPE, message), house.registration);
  }

  private byte[] enrolment(ScepDevice from, String secret, Manner manner) throws Exception {
    return from.message(house.registration, from.request(Optional.of(secret)), manner, from.own);
  }

  private X509Certificate enrolled(ScepDevice one) throws Exception {
    var message = enrolment(one, house.secret(Protocol.SCEP), Manner.good(PKCS_REQ));
    return one.mine(send(one, message));
  }

  private byte[] renewal(ScepDevice from, X509Certificate with, String transaction)
      throws Exception {
    var good = Manner.good(RENEWAL_REQ);
    return from.message(
        house.registration,
        from.request(Optional.empty()),
        new Manner(RENEWAL_REQ, good.signature(), good.cipher(), transaction),
        with);
  }

  private void refused(Answer answer, String failInfo, String code) {
    assertThat(answer.status()).isEqualTo("2");
    assertThat(answer.failInfo()).isEqualTo(failInfo);
    assertThat(house.refusals()).contains(code);
  }

  @Test
  void names_come_from_the_profile_whatever_the_request_asks_for() throws Exception {
    var certificate = enrolled(device);
    var known = house.known(certificate);
    assertThat(certificate.getSubjectX500Principal().getName())
        .isEqualTo("CN=" + known.device() + ",OU=device");
    assertThat(certificate.getSubjectAlternativeNames())
        .containsExactly(List.of(6, "urn:vigil:device:" + known.device()));
    assertThat(
            house.authorities.accepts(
                known,
                house.authorities.authority(dev.vigil.pki.Branch.DEVICE).chain(),
                house.time.now()))
        .isTrue();
  }

  @Test
  void a_wrong_a_spent_and_an_expired_challenge_are_refused() throws Exception {
    refused(
        send(device, enrolment(device, "guessed", Manner.good(PKCS_REQ))),
        BAD_REQUEST,
        "grant.spent");
    var secret = house.secret(Protocol.SCEP);
    assertThat(send(device, enrolment(device, secret, Manner.good(PKCS_REQ))).status())
        .isEqualTo("0");
    var other = ScepDevice.make(2048);
    refused(
        send(other, enrolment(other, secret, Manner.good(PKCS_REQ))), BAD_REQUEST, "grant.spent");
    var late = house.secret(Protocol.SCEP);
    house.time.pass(Duration.ofDays(2));
    refused(send(other, enrolment(other, late, Manner.good(PKCS_REQ))), BAD_REQUEST, "grant.spent");
  }

  @Test
  void a_right_for_another_protocol_is_none() throws Exception {
    var secret = house.secret(Protocol.EST);
    refused(
        send(device, enrolment(device, secret, Manner.good(PKCS_REQ))), BAD_REQUEST, "grant.spent");
  }

  @Test
  void a_request_without_challenge_is_refused() throws Exception {
    var message =
        device.message(
            house.registration,
            device.request(Optional.empty()),
            Manner.good(PKCS_REQ),
            device.own);
    refused(send(device, message), BAD_REQUEST, "scep.challenge-missing");
  }

  @Test
  void a_replayed_transaction_gives_no_second_certificate() throws Exception {
    var message = enrolment(device, house.secret(Protocol.SCEP), Manner.good(PKCS_REQ));
    var first = device.mine(send(device, message));
    refused(send(device, message), BAD_REQUEST, "grant.spent");
    var renewal = renewal(device, first, "tx-2");
    assertThat(send(device, renewal).status()).isEqualTo("0");
    refused(send(device, renewal), BAD_REQUEST, "renew.message-seen");
    var device1 = house.known(first).device();
    assertThat(house.changes.read(view -> view.certificatesOf(device1)).size()).isEqualTo(2);
  }

  @Test
  void a_certificate_whose_delivery_failed_can_be_polled_by_its_key_alone() throws Exception {
    var certificate = enrolled(device);
    var poll =
        device.message(house.registration, new byte[] {5, 0}, Manner.good(CERT_POLL), device.own);
    assertThat(device.mine(send(device, poll))).isEqualTo(certificate);
    var stranger = ScepDevice.make(2048);
    var asked =
        stranger.message(
            house.registration, new byte[] {5, 0}, Manner.good(CERT_POLL), stranger.own);
    refused(send(stranger, asked), BAD_CERT_ID, "scep.not-found");
  }

  @Test
  void renewal_needs_the_devices_own_certificate_and_the_same_key() throws Exception {
    var certificate = enrolled(device);
    var thief = ScepDevice.make(2048);
    refused(send(thief, renewal(thief, certificate, "tx-3")), BAD_MESSAGE_CHECK, "scep.integrity");
    refused(
        send(thief, renewal(thief, thief.own, "tx-4")), BAD_REQUEST, "device.certificate-unknown");
    var newKey =
        device.message(
            house.registration,
            thief.request(Optional.empty()),
            Manner.good(RENEWAL_REQ),
            certificate);
    refused(send(device, newKey), BAD_REQUEST, "scep.key-differs");
    assertThat(device.mine(send(device, renewal(device, certificate, "tx-5"))))
        .isNotEqualTo(certificate);
  }

  @Test
  void clients_from_before_the_rfc_renew_with_a_first_request_signed_with_their_certificate()
      throws Exception {
    var certificate = enrolled(device);
    var message =
        device.message(
            house.registration,
            device.request(Optional.empty()),
            Manner.good(PKCS_REQ),
            certificate);
    var second = device.mine(send(device, message));
    assertThat(house.known(second).device()).isEqualTo(house.known(certificate).device());
  }

  @Test
  void a_revoked_certificate_and_a_revoked_device_are_not_renewed() throws Exception {
    var certificate = enrolled(device);
    house.revoke(certificate);
    refused(
        send(device, renewal(device, certificate, "tx-6")),
        BAD_REQUEST,
        "renew.certificate-revoked");
    var other = ScepDevice.make(2048);
    var second = enrolled(other);
    house.revokeDevice(second);
    refused(send(other, renewal(other, second, "tx-7")), BAD_REQUEST, "device.revoked");
  }

  @Test
  void an_expired_certificate_renews_for_thirty_days_and_no_longer() throws Exception {
    var certificate = enrolled(device);
    house.time.pass(Duration.ofDays(59));
    assertThat(send(device, renewal(device, certificate, "tx-8")).status()).isEqualTo("0");
    house.time.pass(Duration.ofDays(2));
    refused(send(device, renewal(device, certificate, "tx-9")), BAD_REQUEST, "renew.too-late");
  }

  @Test
  void old_algorithms_are_refused_and_named() throws Exception {
    var secret = house.secret(Protocol.SCEP);
    for (var digest : List.of("SHA1withRSA", "MD5withRSA"))
      refused(
          send(device, enrolment(device, secret, Manner.good(PKCS_REQ).signed(digest))),
          BAD_ALG,
          "scep.algorithm");
    for (var cipher : List.of(CMSAlgorithm.DES_EDE3_CBC, CMSAlgorithm.DES_CBC))
      refused(
          send(device, enrolment(device, secret, Manner.good(PKCS_REQ).encrypted(cipher))),
          BAD_ALG,
          "scep.algorithm");
    var weak =
        device.message(
            house.registration,
            device.request(Optional.of(secret), "SHA1withRSA"),
            Manner.good(PKCS_REQ),
            device.own);
    refused(send(device, weak), BAD_ALG, "pki.signature-not-accepted");
    assertThat(send(device, enrolment(device, secret, Manner.good(PKCS_REQ))).status())
        .as("the right was not spent by what was refused")
        .isEqualTo("0");
  }

  @Test
  void a_short_key_is_refused() throws Exception {
    var small = ScepDevice.make(1024);
    refused(
        send(small, enrolment(small, house.secret(Protocol.SCEP), Manner.good(PKCS_REQ))),
        BAD_ALG,
        "pki.key-not-accepted-for-managed");
    assertThat(
            CertificateRequest.parse(
                PkiHouse.bytes(device.request(Optional.empty())), AcceptedKeys.ELLIPTIC))
        .as("phones with the SDK have no RSA keys")
        .isInstanceOf(dev.vigil.kernel.Outcome.Refused.class);
  }

  @Test
  void another_type_of_message_and_another_receiver_are_refused() throws Exception {
    var secret = house.secret(Protocol.SCEP);
    refused(
        send(device, enrolment(device, secret, Manner.good("3"))),
        BAD_REQUEST,
        "scep.message-type");
    var elsewhere =
        new dev.vigil.testkit.TestRegistration(
            house.authorities.devices(), house.time.now(), house.entropy);
    var astray =
        device.message(
            elsewhere, device.request(Optional.of(secret)), Manner.good(PKCS_REQ), device.own);
    refused(send(device, astray), BAD_MESSAGE_CHECK, "scep.integrity");
  }

  @Test
  void truncated_hostile_and_oversized_messages_are_refused() throws Exception {
    var message = enrolment(device, house.secret(Protocol.SCEP), Manner.good(PKCS_REQ));
    for (int length = 0; length < message.length; length += 97) {
      var answer = house.post("/scep?operation=PKIOperation", TYPE, Arrays.copyOf(message, length));
      assertThat(answer.statusCode()).isIn(400, 429);
    }
    house.time.pass(Duration.ofMinutes(1));
    assertThat(house.post("/scep?operation=PKIOperation", TYPE, new byte[40 * 1024]).statusCode())
        .isEqualTo(413);
    assertThat(house.post("/scep?operation=Other", TYPE, message).statusCode()).isEqualTo(400);
    assertThat(house.get("/scep?operation=GetNextCACert").statusCode()).isEqualTo(400);
    assertThat(house.get("/scep").statusCode()).isEqualTo(400);
    assertThat(house.refusals()).contains("scep.malformed", "http.too-large", "scep.operation");
  }

  @Test
  void no_single_changed_byte_makes_another_message_of_it() throws Exception {
    var message = enrolment(device, house.secret(Protocol.SCEP), Manner.good(PKCS_REQ));
    var operation = house.scep();
    for (int i = 0; i < message.length; i += 3) {
      var changed = message.clone();
      changed[i] ^= 0x55;
      var _ = operation.answer(PkiHouse.bytes(changed)); // it answers or refuses, and never throws
    }
    assertThat(house.changes.read(view -> view.devices()).size()).isLessThanOrEqualTo(1);
  }
}
