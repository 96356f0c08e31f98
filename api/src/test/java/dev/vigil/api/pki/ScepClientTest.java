// SPDX-License-Identifier: Apache-2.0
package dev.vigil.api.pki;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vigil.admission.device.Grants.Protocol;
import java.math.BigInteger;
import java.security.cert.CertStore;
import java.security.cert.X509Certificate;
import java.util.Optional;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.jscep.client.Client;
import org.jscep.transaction.FailInfo;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A SCEP client that others wrote (jscep) gets what it asks for.
class ScepClientTest {

  private PkiHouse house;
  private Client client;
  private ScepDevice device;

  @BeforeEach
  void open() throws Exception {
    house = new PkiHouse();
    client =
        new Client(
            house.plain.resolve("/scep").toURL(),
            certificate -> true); // whom to trust is not what is tested here
    device = ScepDevice.make(2048);
  }

  @AfterEach
  void close() {
    house.close();
  }

  private X509Certificate mine(CertStore store) throws Exception {
    return store.getCertificates(null).stream()
        .map(X509Certificate.class::cast)
        .filter(one -> one.getPublicKey().equals(device.pair.getPublic()))
        .findFirst()
        .orElseThrow();
  }

  private PKCS10CertificationRequest request(Optional<String> challenge) throws Exception {
    return new PKCS10CertificationRequest(device.request(challenge));
  }

  private X509Certificate enrolled() throws Exception {
    var answer =
        client.enrol(
            device.own,
            device.pair.getPrivate(),
            request(Optional.of(house.secret(Protocol.SCEP))));
    assertThat(answer.isSuccess()).isTrue();
    return mine(answer.getCertStore());
  }

  @Test
  void it_learns_what_is_spoken_here() {
    var capabilities = client.getCaCapabilities();
    assertThat(capabilities.isPostSupported()).isTrue();
    assertThat(capabilities.isRenewalSupported()).isTrue();
    assertThat(capabilities.getStrongestMessageDigest().getAlgorithm()).isEqualTo("SHA-512");
    assertThat(capabilities.getStrongestCipher()).isEqualTo("AES");
  }

  @Test
  void it_enrols_with_the_challenge_and_once_only() throws Exception {
    var certificate = enrolled();
    assertThat(house.known(certificate).device()).isNotNull();
    certificate.verify(
        house.authorities.authority(dev.vigil.pki.Branch.DEVICE).certificate().getPublicKey());
    var again =
        client.enrol(
            device.own, device.pair.getPrivate(), request(Optional.of("a wrong challenge")));
    assertThat(again.isFailure()).isTrue();
    assertThat(again.getFailInfo()).isEqualTo(FailInfo.badRequest);
  }

  @Test
  void it_fetches_its_own_certificate_and_the_revocation_list() throws Exception {
    var first = enrolled();
    var key = device.pair.getPrivate();
    assertThat(mine(client.getCertificate(first, key, first.getSerialNumber()))).isEqualTo(first);
    house.revoke(first);
    var list =
        client.getRevocationList(
            first, key, first.getIssuerX500Principal(), first.getSerialNumber());
    assertThat(list.isRevoked(first)).isTrue();
    org.assertj.core.api.Assertions.assertThatThrownBy(
            () -> client.getCertificate(first, key, BigInteger.TEN))
        .isInstanceOf(org.jscep.transaction.OperationFailureException.class);
  }
}
