// SPDX-License-Identifier: Apache-2.0
package dev.vigil.api.acme;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vigil.admission.device.Renewal;
import dev.vigil.kernel.EvidenceTier;
import dev.vigil.kernel.Sha256;
import dev.vigil.pki.IssuedCertificate;
import dev.vigil.posture.Device;
import dev.vigil.testkit.SoftwareKey;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.shredzone.acme4j.AccountBuilder;
import org.shredzone.acme4j.Certificate;
import org.shredzone.acme4j.RevocationReason;
import org.shredzone.acme4j.Session;
import org.shredzone.acme4j.Status;
import org.shredzone.acme4j.exception.AcmeException;
import org.shredzone.acme4j.exception.AcmeServerException;

/// A phone under management gets, renews and loses its certificate over ACME, with a client that
/// others wrote.
@Timeout(value = 1, unit = TimeUnit.MINUTES)
class AcmeTest {

  private final AcmeHouse house = new AcmeHouse();

  @AfterEach
  void close() {
    house.close();
  }

  private Acme4jPhone phone() throws Exception {
    return new Acme4jPhone(house.directory(), AccountKeys.ec("secp256r1"));
  }

  /// From the order to the certificate.
  private List<X509Certificate> enrolled(Acme4jPhone phone, String secret) throws Exception {
    var order = phone.order(secret);
    assertThat(order.getStatus()).isEqualTo(Status.PENDING);
    assertThat(
            phone.attest(
                order, token -> house.maker.vouch(phone.key.publicKey(), token, "F2LX0001")))
        .isEqualTo(Status.VALID);
    order.fetch();
    assertThat(order.getStatus()).isEqualTo(Status.READY);
    phone.execute(order, phone.key);
    assertThat(order.getStatus()).isEqualTo(Status.VALID);
    return order.getCertificate().getCertificateChain();
  }

  private Device deviceOf(Acme4jPhone phone) {
    return house.changes.read(view -> view.deviceOfKey(phone.key.thumbprint())).orElseThrow();
  }

  @Test
  void a_phone_with_a_right_and_an_attestation_gets_the_certificate_of_its_attested_key()
      throws Exception {
    var phone = phone();
    var chain = enrolled(phone, house.grantedFor("F2LX0001"));
    assertThat(house.authorities.accepts(chain, house.time.now())).isTrue();
    var device = deviceOf(phone);
    assertThat(chain.getFirst().getPublicKey()).isEqualTo(phone.key.publicKey());
    assertThat(chain.getFirst().getSubjectX500Principal().getName())
        .contains(device.id().value())
        .doesNotContain("CN=device,");
    assertThat(device.subject()).isEqualTo(house.alice.id());
    assertThat(device.name()).isEqualTo("Alice's iPhone");
    assertThat(house.admitted(device.id())).hasSize(1);
    var signals = house.changes.read(view -> view.signals().of(device.id()));
    assertThat(signals)
        .extracting(one -> one.name().label(), one -> one.source(), one -> one.tier())
        .contains(
            org.assertj.core.groups.Tuple.tuple(
                "os_version", "apple (test root)", EvidenceTier.ATTESTED));
  }

  @Test
  void a_laptop_gets_its_certificate_by_the_word_of_its_tpm() throws Exception {
    var laptop = phone();
    var order = laptop.order(house.granted());
    var thumbprint =
        org.shredzone.acme4j.toolbox.JoseUtils.thumbprint(laptop.login.getKeyPair().getPublic());
    var account = java.util.Base64.getUrlEncoder().withoutPadding().encodeToString(thumbprint);
    assertThat(
            laptop.attest(
                order, token -> house.maker.vouchByTpm(laptop.key, token + "." + account)))
        .isEqualTo(Status.VALID);
    laptop.execute(order, laptop.key);
    assertThat(house.admitted(deviceOf(laptop).id())).hasSize(1);
    var again = laptop.order(house.granted());
    assertThat(laptop.attest(again, token -> house.maker.vouchByTpm(laptop.key, token)))
        .isEqualTo(Status.INVALID);
  }

  @Test
  void accounts_with_every_kind_of_key_are_registered_found_again_and_change_keys()
      throws Exception {
    for (KeyPair key :
        List.of(AccountKeys.ec("secp256r1"), AccountKeys.ec("secp384r1"), AccountKeys.rsa(2048))) {
      var phone = new Acme4jPhone(house.directory(), key);
      var again =
          new AccountBuilder()
              .onlyExisting()
              .useKeyPair(key)
              .createLogin(new Session(house.directory()));
      assertThat(again.getAccountLocation()).isEqualTo(phone.login.getAccountLocation());
      phone.account().modify().addEmail("other@bank.example").commit();
      var fresh = AccountKeys.ec("secp384r1");
      phone.account().changeKey(fresh);
      phone.account().fetch();
      assertThat(phone.account().getStatus()).isEqualTo(Status.VALID);
      assertThatThrownBy(() ->
              new AccountBuilder()
                  .onlyExisting()
                  .useKeyPair(key)
                  .createLogin(new Session(house.directory())))
          .isInstanceOf(AcmeServerException.class)
          .extracting(thrown -> ((AcmeServerException) thrown).getType().toString())
          .isEqualTo("urn:ietf:params:acme:error:accountDoesNotExist");
    }
  }

  @Test
  void a_certificate_revoked_over_acme_is_admitted_no_more_from_that_commit_on() throws Exception {
    var phone = phone();
    var order = phone.order(house.granted());
    phone.attest(order, token -> house.maker.vouch(phone.key.publicKey(), token, "F2LX0001"));
    phone.execute(order, phone.key);
    var certificate = order.getCertificate();
    var device = deviceOf(phone);
    assertThat(house.admitted(device.id())).hasSize(1);
    certificate.revoke(RevocationReason.KEY_COMPROMISE);
    assertThat(house.admitted(device.id())).isEmpty();
    assertThat(deviceOf(phone).active()).isFalse();
    assertThatThrownBy(certificate::revoke)
        .isInstanceOf(AcmeServerException.class)
        .hasMessageContaining("revoked before");
  }

  @Test
  void the_holder_of_the_certificates_key_revokes_it_without_the_account() throws Exception {
    var phone = phone();
    var chain = enrolled(phone, house.granted());
    var thief = AccountKeys.ec("secp256r1");
    assertThatThrownBy(() ->
            Certificate.revoke(
                phone.session, thief, chain.getFirst(), RevocationReason.UNSPECIFIED))
        .isInstanceOf(AcmeException.class);
    assertThat(deviceOf(phone).active()).isTrue();
    var holder = new KeyPair(phone.key.publicKey(), phone.key.privateKey());
    Certificate.revoke(
        phone.session, holder, chain.getFirst(), RevocationReason.CESSATION_OF_OPERATION);
    assertThat(deviceOf(phone).active()).isFalse();
    assertThat(house.admitted(deviceOf(phone).id())).isEmpty();
  }

  @Test
  void the_same_account_renews_for_the_same_key_with_a_fresh_attestation() throws Exception {
    var phone = phone();
    var secret = house.granted();
    var first = enrolled(phone, secret).getFirst();
    house.time.pass(Duration.ofDays(6));
    var second = enrolled(phone, secret).getFirst();
    assertThat(second.getPublicKey()).isEqualTo(first.getPublicKey());
    assertThat(second.getNotAfter()).isAfter(first.getNotAfter());
    List<Device> devices = house.changes.read(view -> view.devices());
    assertThat(devices).hasSize(1);
    assertThat(house.admitted(deviceOf(phone).id()))
        .extracting(one -> one.thumbprint())
        .contains(Sha256.of(second.getEncoded()));
    house.time.pass(AcmeHouse.LIFETIME.plus(Renewal.GRACE).plusSeconds(1));
    var late = phone.order(secret);
    phone.attest(late, token -> house.maker.vouch(phone.key.publicKey(), token, "F2LX0001"));
    assertThatThrownBy(() -> phone.execute(late, phone.key))
        .isInstanceOf(AcmeServerException.class)
        .hasMessageContaining("more than 30 days ago");
  }

  @Test
  void another_key_is_no_renewal_and_another_account_renews_nothing() throws Exception {
    var phone = phone();
    var secret = house.granted();
    enrolled(phone, secret);
    var fresh = SoftwareKey.generate();
    var order = phone.order(secret);
    assertThat(
            phone.attest(order, token -> house.maker.vouch(fresh.publicKey(), token, "F2LX0001")))
        .isEqualTo(Status.INVALID);
    assertThatThrownBy(() -> phone().order(secret))
        .isInstanceOf(AcmeServerException.class)
        .hasMessageContaining("nobody gave a right");
  }

  @Test
  void a_revoked_device_renews_nothing() throws Exception {
    var phone = phone();
    var secret = house.granted();
    var chain = enrolled(phone, secret);
    Certificate.revoke(phone.login, chain.getFirst(), RevocationReason.UNSPECIFIED);
    assertThatThrownBy(() -> phone.order(secret)).isInstanceOf(AcmeServerException.class);
  }

  @Test
  void an_authorization_can_be_given_up_and_the_right_stays() throws Exception {
    var phone = phone();
    var secret = house.granted();
    var order = phone.order(secret);
    order.getAuthorizations().getFirst().deactivate();
    order.fetch();
    assertThat(order.getStatus()).isEqualTo(Status.INVALID);
    assertThat(enrolled(phone, secret)).hasSize(2);
  }

  @Test
  void an_order_expires_and_the_right_stays() throws Exception {
    var phone = phone();
    var secret = house.granted();
    var order = phone.order(secret);
    house.time.pass(Duration.ofMinutes(61));
    order.fetch();
    assertThat(order.getStatus()).isEqualTo(Status.INVALID);
    assertThat(enrolled(phone, secret)).hasSize(2);
  }

  @Test
  void the_certificate_can_be_downloaded_again() throws Exception {
    var phone = phone();
    var order = phone.order(house.granted());
    phone.attest(order, token -> house.maker.vouch(phone.key.publicKey(), token, "F2LX0001"));
    phone.execute(order, phone.key);
    var location = order.getCertificate().getLocation();
    var issued =
        house.changes.read(view -> view.certificatesOf(deviceOf(phone).id())).stream()
            .map(IssuedCertificate::der)
            .toList();
    assertThat(phone.login.bindCertificate(location).getCertificate().getEncoded())
        .isEqualTo(issued.getFirst().toArray());
  }
}
