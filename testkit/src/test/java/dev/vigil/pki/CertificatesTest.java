// SPDX-License-Identifier: Apache-2.0
package dev.vigil.pki;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vigil.kernel.Bytes;
import dev.vigil.kernel.DeviceId;
import dev.vigil.kernel.Outcome;
import dev.vigil.kernel.Refusal;
import dev.vigil.kernel.Sha256;
import dev.vigil.testkit.ManualTime;
import dev.vigil.testkit.SeededEntropy;
import dev.vigil.testkit.SoftwareKey;
import dev.vigil.testkit.TestAuthorities;
import java.math.BigInteger;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.RSAKeyGenParameterSpec;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.ExtensionsGenerator;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;
import org.junit.jupiter.api.Test;

/// What a certificate says, and what a request cannot make it say.
class CertificatesTest {

  private static final String CLIENT_AUTH = "1.3.6.1.5.5.7.3.2";
  private static final String SERVER_AUTH = "1.3.6.1.5.5.7.3.1";

  private final ManualTime time = ManualTime.atNoon();
  private final SeededEntropy entropy = new SeededEntropy(2);
  private final TestAuthorities authorities = new TestAuthorities(time.now(), entropy);
  private final SoftwareKey phone = SoftwareKey.generate();
  private final DeviceId device = DeviceId.random(entropy);

  private IssuedCertificate issue(Bytes csr) {
    return issue(csr, Branch.DEVICE);
  }

  private IssuedCertificate issue(Bytes csr, Branch branch) {
    var profile = new ClientProfile(device, ClientProfile.DEFAULT_LIFETIME);
    return value(
            CertificateRequest.parse(csr)
                .then(request -> authorities.authority(branch).check(profile, request, time.now())))
        .sign(entropy);
  }

  @Test
  void a_device_certificate_says_what_its_profile_says() throws Exception {
    var issued = issue(phone.certificateRequest());
    var certificate = TestAuthorities.read(issued.der());
    assertThat(certificate.getSubjectX500Principal().getName())
        .isEqualTo("CN=" + device + ",OU=device");
    assertThat(certificate.getSubjectAlternativeNames())
        .containsExactly(List.of(6, "urn:vigil:device:" + device));
    assertThat(certificate.getExtendedKeyUsage()).containsExactly(CLIENT_AUTH);
    assertThat(certificate.getBasicConstraints()).isEqualTo(-1);
    assertThat(certificate.getKeyUsage())
        .startsWith(true, false, false, false, false, false, false);
    assertThat(certificate.getNotAfter().toInstant())
        .isEqualTo(time.now().plus(Duration.ofHours(24)))
        .isEqualTo(issued.notAfter());
    assertThat(certificate.getNotBefore().toInstant())
        .isEqualTo(time.now().minusSeconds(60))
        .isEqualTo(issued.notBefore());
    assertThat(certificate.getSerialNumber()).isEqualTo(new BigInteger(issued.serial(), 16));
    assertThat(issued.serial()).matches("[0-9a-f]{32}");
    assertThat(issued.thumbprint()).isEqualTo(Sha256.of(certificate.getEncoded()));
    assertThat(certificate.getExtensionValue("2.5.29.35"))
        .as("authority key identifier")
        .isNotNull();
    assertThat(certificate.getExtensionValue("2.5.29.14")).as("subject key identifier").isNotNull();
    assertThat(certificate.getPublicKey()).isEqualTo(phone.publicKey());
  }

  @Test
  void its_chain_is_valid_until_it_expires() {
    for (Branch branch : Branch.values()) {
      var issued = issue(SoftwareKey.generate().certificateRequest(), branch);
      var chain = authorities.authority(branch).chain();
      assertThat(authorities.accepts(issued, chain, time.now())).isTrue();
      assertThat(authorities.accepts(issued, chain, time.now().plus(Duration.ofHours(25))))
          .isFalse();
      assertThat(new TestAuthorities(time.now(), entropy).accepts(issued, chain, time.now()))
          .as("another root")
          .isFalse();
    }
  }

  @Test
  void an_intermediate_cannot_name_what_belongs_to_another_branch() throws Exception {
    var key = SoftwareKey.generate();
    var hierarchy = new Hierarchy(entropy);
    var forDevices =
        hierarchy.intermediate(
            authorities.root(),
            Branch.DEVICE,
            key.publicKey(),
            Validity.from(time.now(), Duration.ofDays(10)));
    var stray = new Authority(Branch.PARTNER, new Issuer(forDevices, key));
    var request = value(CertificateRequest.parse(phone.certificateRequest()));
    var issued =
        value(stray.check(new ClientProfile(device, Duration.ofHours(1)), request, time.now()))
            .sign(entropy);
    assertThat(authorities.accepts(issued, stray.chain(), time.now())).isFalse();
  }

  @Test
  void no_branch_can_name_what_belongs_to_another() throws Exception {
    var request = value(CertificateRequest.parse(phone.certificateRequest()));
    var profile = new ClientProfile(device, Duration.ofHours(1));
    for (Branch of : Branch.values()) {
      for (Branch named : Branch.values()) {
        var key = SoftwareKey.generate();
        var intermediate =
            new Hierarchy(entropy)
                .intermediate(
                    authorities.root(),
                    of,
                    key.publicKey(),
                    Validity.from(time.now(), Duration.ofDays(10)));
        var authority = new Authority(named, new Issuer(intermediate, key));
        var issued = value(authority.check(profile, request, time.now())).sign(entropy);
        assertThat(authorities.accepts(issued, authority.chain(), time.now()))
            .as(named + " named by the authority for " + of)
            .isEqualTo(of == named);
      }
    }
  }

  @Test
  void rsa_keys_are_for_profiles_that_take_them() throws Exception {
    for (int bits : List.of(1024, 2048, 4096)) {
      var csr = rsaRequest(new RSAKeyGenParameterSpec(bits, RSAKeyGenParameterSpec.F4));
      assertThat(refusal(CertificateRequest.parse(csr))).isEqualTo(PkiRefusal.KEY_NOT_ACCEPTED);
      var managed = CertificateRequest.parse(csr, AcceptedKeys.ELLIPTIC_OR_RSA);
      if (bits < 2048)
        assertThat(refusal(managed)).isEqualTo(PkiRefusal.KEY_NOT_ACCEPTED_FOR_MANAGED);
      else assertThat(value(managed).key().getAlgorithm()).isEqualTo("RSA");
    }
    var small = rsaRequest(new RSAKeyGenParameterSpec(2048, BigInteger.valueOf(3)));
    assertThat(refusal(CertificateRequest.parse(small, AcceptedKeys.ELLIPTIC_OR_RSA)))
        .as("an exponent of 3")
        .isEqualTo(PkiRefusal.KEY_NOT_ACCEPTED_FOR_MANAGED);
  }

  private static Bytes rsaRequest(RSAKeyGenParameterSpec kind) throws Exception {
    var generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(kind);
    var pair = generator.generateKeyPair();
    return Bytes.of(
        new JcaPKCS10CertificationRequestBuilder(new X500Name("CN=device"), pair.getPublic())
            .build(new JcaContentSignerBuilder("SHA256withRSA").build(pair.getPrivate()))
            .getEncoded());
  }

  @Test
  void an_rsa_key_is_named_as_rfc_7638_says() throws Exception {
    var jwk =
        com.nimbusds.jose.jwk.RSAKey.parse(
            """
            {"kty":"RSA","n":"0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw","e":"AQAB"}
            """);
    assertThat(KeyThumbprint.of(jwk.toPublicKey()).toString())
        .isEqualTo("NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs");
  }

  @Test
  void an_intermediate_makes_no_intermediates() throws Exception {
    var key = SoftwareKey.generate();
    var hierarchy = new Hierarchy(entropy);
    var validity = Validity.from(time.now(), Duration.ofDays(10));
    var first =
        hierarchy.intermediate(authorities.root(), Branch.DEVICE, key.publicKey(), validity);
    var below =
        hierarchy.intermediate(new Issuer(first, key), Branch.DEVICE, phone.publicKey(), validity);
    assertThat(authorities.accepts(List.of(below, first), time.now())).isFalse();
    assertThat(first.getExtendedKeyUsage()).containsExactly(CLIENT_AUTH);
    assertThat(first.getBasicConstraints()).isZero();
  }

  @Test
  void a_certificate_never_outlives_its_authority() {
    time.pass(Duration.ofDays(1826).minusHours(1));
    assertThat(issue(phone.certificateRequest()).notAfter())
        .isEqualTo(time.now().plus(Duration.ofHours(1)));
    time.pass(Duration.ofHours(2));
    assertThat(refusal(checked(Duration.ofHours(1)))).isEqualTo(PkiRefusal.AUTHORITY_EXPIRED);
  }

  @Test
  void a_lifetime_out_of_bounds_is_refused() {
    for (var life :
        List.of(Duration.ZERO, Duration.ofHours(-1), Duration.ofSeconds(59), Duration.ofDays(91))) {
      assertThat(refusal(checked(life))).isEqualTo(PkiRefusal.LIFETIME_NOT_ALLOWED);
    }
  }

  private Outcome<Authority.SigningRight> checked(Duration life) {
    var request = value(CertificateRequest.parse(phone.certificateRequest()));
    return authorities
        .authority(Branch.DEVICE)
        .check(new ClientProfile(device, life), request, time.now());
  }

  @Test
  void a_right_to_sign_is_good_once() {
    var right = value(checked(Duration.ofHours(1)));
    right.sign(entropy);
    assertThatThrownBy(() -> right.sign(entropy)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void serials_do_not_come_twice() {
    var serials = new HashSet<String>();
    for (int i = 0; i < 50; i++)
      assertThat(serials.add(issue(phone.certificateRequest()).serial())).isTrue();
  }

  @Test
  void names_and_powers_asked_for_in_a_request_are_ignored() throws Exception {
    var wishes = new ExtensionsGenerator();
    wishes.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
    wishes.addExtension(
        Extension.subjectAlternativeName,
        false,
        new GeneralNames(
            new GeneralName[] {
              new GeneralName(
                  GeneralName.uniformResourceIdentifier,
                  "urn:vigil:device:" + DeviceId.random(entropy)),
              new GeneralName(GeneralName.dNSName, "gateway.bank.example")
            }));
    var builder =
        new JcaPKCS10CertificationRequestBuilder(
            new X500Name("CN=" + DeviceId.random(entropy) + ",OU=partner"), phone.publicKey());
    builder.addAttribute(PKCSObjectIdentifiers.pkcs_9_at_extensionRequest, wishes.generate());
    var certificate = TestAuthorities.read(issue(phone.certificateRequest(builder)).der());
    assertThat(certificate.getSubjectX500Principal().getName())
        .isEqualTo("CN=" + device + ",OU=device");
    assertThat(certificate.getSubjectAlternativeNames())
        .containsExactly(List.of(6, "urn:vigil:device:" + device));
    assertThat(certificate.getBasicConstraints()).isEqualTo(-1);
  }

  @Test
  void a_request_for_a_key_that_its_sender_does_not_hold_is_refused() throws Exception {
    var thief = SoftwareKey.generate();
    var stolen = thief.certificateRequest(phone.requestBuilder());
    assertThat(refusal(CertificateRequest.parse(stolen))).isEqualTo(PkiRefusal.PROOF_FAILED);
  }

  @Test
  void a_request_changed_anywhere_is_refused() {
    var good = phone.certificateRequest().toArray();
    for (int i = 0; i < good.length; i++) {
      var bad = good.clone();
      bad[i] ^= 1;
      assertThat(CertificateRequest.parse(Bytes.of(bad)))
          .as("byte " + i)
          .isInstanceOf(Outcome.Refused.class);
    }
  }

  @Test
  void what_is_no_request_is_refused() {
    var good = phone.certificateRequest().toArray();
    var nested = new byte[8000];
    for (int i = 0; i < nested.length; i += 2) {
      nested[i] = 0x30;
      nested[i + 1] = (byte) 0x80;
    }
    for (var bad :
        List.of(
            new byte[0],
            new byte[1],
            new byte[100],
            Arrays.copyOf(good, good.length + 1),
            Arrays.copyOf(good, good.length - 1),
            nested)) {
      assertThat(refusal(CertificateRequest.parse(Bytes.of(bad))))
          .isEqualTo(PkiRefusal.REQUEST_MALFORMED);
    }
    assertThat(
            refusal(CertificateRequest.parse(Bytes.of(new byte[CertificateRequest.LARGEST + 1]))))
        .isEqualTo(PkiRefusal.REQUEST_TOO_LARGE);
  }

  @Test
  void keys_of_other_kinds_are_refused() throws Exception {
    var rsa = KeyPairGenerator.getInstance("RSA").generateKeyPair();
    var edwards = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    var large = KeyPairGenerator.getInstance("EC");
    large.initialize(new ECGenParameterSpec("secp521r1"));
    var p521 = large.generateKeyPair();
    large.initialize(new ECGenParameterSpec("secp384r1"));
    var p384 = large.generateKeyPair();
    assertThat(refusal(parse("SHA256withRSA", rsa))).isEqualTo(PkiRefusal.KEY_NOT_ACCEPTED);
    assertThat(refusal(parse("Ed25519", edwards))).isEqualTo(PkiRefusal.KEY_NOT_ACCEPTED);
    assertThat(refusal(parse("SHA512withECDSA", p521))).isEqualTo(PkiRefusal.KEY_NOT_ACCEPTED);
    assertThat(refusal(parse("SHA1withECDSA", p384))).isEqualTo(PkiRefusal.SIGNATURE_NOT_ACCEPTED);
    assertThat(parse("SHA384withECDSA", p384)).isInstanceOf(Outcome.Done.class);
  }

  private static Outcome<CertificateRequest> parse(String algorithm, java.security.KeyPair pair)
      throws Exception {
    var builder = new JcaPKCS10CertificationRequestBuilder(new X500Name("CN=x"), pair.getPublic());
    return CertificateRequest.parse(
        Bytes.of(
            builder
                .build(new JcaContentSignerBuilder(algorithm).build(pair.getPrivate()))
                .getEncoded()));
  }

  @Test
  void a_request_that_answers_a_challenge_answers_only_that_one() {
    var request = value(CertificateRequest.parse(phone.certificateRequest("one")));
    assertThat(request.answering("one")).isEqualTo(Outcome.done(request));
    assertThat(refusal(request.answering("two"))).isEqualTo(PkiRefusal.CHALLENGE_MISMATCH);
    var silent = value(CertificateRequest.parse(phone.certificateRequest()));
    assertThat(refusal(silent.answering("two"))).isEqualTo(PkiRefusal.CHALLENGE_MISMATCH);
  }

  @Test
  void a_server_certificate_names_its_hosts_and_serves_only() throws Exception {
    var key = SoftwareKey.generate();
    X509Certificate certificate =
        new Hierarchy(entropy)
            .server(
                authorities.root(),
                key.publicKey(),
                List.of("vigil.bank.example", "*.apps.bank.example", "127.0.0.1", "::1"),
                Validity.from(time.now(), Duration.ofDays(398)));
    assertThat(authorities.accepts(List.of(certificate), time.now())).isTrue();
    assertThat(certificate.getExtendedKeyUsage()).containsExactly(SERVER_AUTH);
    assertThat(certificate.getSubjectAlternativeNames()).hasSize(4);
    for (var bad : List.of("Bank.example", "a b", "", "-a", "https://a.example", "*.*.example")) {
      assertThatThrownBy(() ->
              new Hierarchy(entropy)
                  .server(
                      authorities.root(),
                      key.publicKey(),
                      List.of(bad),
                      Validity.from(time.now(), Duration.ofDays(1))))
          .as(bad)
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  private static <T> T value(Outcome<T> outcome) {
    return switch (outcome) {
      case Outcome.Done<T>(T value) -> value;
      case Outcome.Refused<T>(Refusal refusal, String detail) ->
          throw new AssertionError(refusal.code() + " " + detail);
    };
  }

  private static Refusal refusal(Outcome<?> outcome) {
    if (outcome instanceof Outcome.Refused<?> refused) return refused.refusal();
    throw new AssertionError("it was not refused");
  }
}
