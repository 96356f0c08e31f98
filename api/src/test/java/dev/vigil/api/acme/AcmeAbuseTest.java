// SPDX-License-Identifier: Apache-2.0
package dev.vigil.api.acme;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.util.Base64URL;
import dev.vigil.admission.StrictJson;
import dev.vigil.admission.device.Grants.Protocol;
import dev.vigil.kernel.Bytes;
import dev.vigil.posture.Device;
import dev.vigil.testkit.SoftwareKey;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What somebody without a right, with somebody else's, or with a broken client gets: a refusal, an
/// event, and no certificate.
@Timeout(value = 1, unit = TimeUnit.MINUTES)
class AcmeAbuseTest {

  private static final String SERIAL = "F2LX0001";

  private final AcmeHouse house = new AcmeHouse();
  private final SoftwareKey key = SoftwareKey.generate();
  private RawClient client;

  @BeforeEach
  void register() throws Exception {
    client = new RawClient(house.origin).registered();
  }

  @AfterEach
  void nothing_was_issued_for_it_and_close() {
    house.close();
  }

  private void refused(RawClient.Answer answer, int status, String error) {
    assertThat(answer.status()).as(answer.http().body()).isEqualTo(status);
    assertThat(answer.error()).isEqualTo(error);
    assertThat(house.events("request-refused"))
        .extracting(event -> event.details().get("code"))
        .contains(answer.text("code"));
    assertThat(devices()).isEmpty();
  }

  private List<Device> devices() {
    return house.changes.read(view -> view.devices());
  }

  private String attestation(String order, SoftwareKey attested, String serial) throws Exception {
    return answer(house.maker.vouch(attested.publicKey(), client.token(order), serial));
  }

  private static String answer(Bytes object) {
    return StrictJson.write(Map.of("attObj", object.toString()));
  }

  private static String csr(SoftwareKey key) {
    return StrictJson.write(Map.of("csr", key.certificateRequest().toString()));
  }

  @Test
  void a_nonce_counts_once_and_only_if_it_was_given() throws Exception {
    var body = client.signed(client.header("/acme/new-order"), RawClient.wanted("x"));
    refused(client.post("/acme/new-order", body), 403, "rejectedIdentifier");
    var replayed = client.post("/acme/new-order", body);
    refused(replayed, 400, "badNonce");
    assertThat(replayed.header("Replay-Nonce")).isNotEmpty();
    var invented = client.header(house.origin + "/acme/new-order", "AAAAAAAAAAAAAAAAAAAAAA");
    refused(client.post("/acme/new-order", client.signed(invented, "{}")), 400, "badNonce");
    var old = client.header("/acme/new-order");
    house.time.pass(Duration.ofMinutes(61));
    refused(client.post("/acme/new-order", client.signed(old, "{}")), 400, "badNonce");
  }

  @Test
  void a_request_signed_for_another_address_is_refused_there() throws Exception {
    var secret = house.granted();
    var header = client.header("/acme/key-change");
    var answer = client.post("/acme/new-order", client.signed(header, RawClient.wanted(secret)));
    refused(answer, 403, "unauthorized");
    var elsewhere = client.header("https://other.example/acme/new-order", client.nonce());
    refused(
        client.post("/acme/new-order", client.signed(elsewhere, RawClient.wanted(secret))),
        403,
        "unauthorized");
  }

  @Test
  void unsigned_and_symmetric_requests_are_refused() throws Exception {
    for (String algorithm : List.of("none", "HS256", "ES512", "EdDSA")) {
      var header =
          Base64URL.encode(
                  StrictJson.write(
                      Map.of(
                          "alg",
                          algorithm,
                          "kid",
                          client.account,
                          "nonce",
                          client.nonce(),
                          "url",
                          house.origin + "/acme/new-order")))
              .toString();
      var payload = Base64URL.encode(RawClient.wanted(house.granted())).toString();
      for (String signature : List.of("", "AAAA"))
        refused(
            client.post("/acme/new-order", RawClient.flattened(header, payload, signature)),
            400,
            "badSignatureAlgorithm");
    }
  }

  @Test
  void a_signature_of_another_key_or_over_other_words_is_refused() throws Exception {
    var thief = new RawClient(house.origin);
    thief.account = client.account;
    refused(thief.send("/acme/new-order", RawClient.wanted(house.granted())), 400, "malformed");
    var signed =
        StrictJson.object(
            client
                .signed(client.header("/acme/new-order"), RawClient.wanted("x"))
                .getBytes(java.nio.charset.StandardCharsets.UTF_8));
    signed.put("payload", Base64URL.encode(RawClient.wanted(house.granted())).toString());
    refused(client.post("/acme/new-order", signed.toString()), 400, "malformed");
  }

  @Test
  void what_is_no_flattened_jws_is_refused() throws Exception {
    var deep = "{\"protected\":" + "[".repeat(30_000) + "]".repeat(30_000) + "}";
    for (String body : List.of("", "{", "[]", "{}", "null", "{\"protected\":1}", "a.b.c", deep))
      assertThat(client.post("/acme/new-order", body).error()).isEqualTo("malformed");
    var signed =
        StrictJson.object(
            client
                .signed(client.header("/acme/new-order"), "{}")
                .getBytes(java.nio.charset.StandardCharsets.UTF_8));
    signed.putObject("header").put("kid", "x");
    assertThat(client.post("/acme/new-order", signed.toString()).error()).isEqualTo("malformed");
    assertThat(client.post("/acme/new-order", "{}", "application/json").status()).isEqualTo(415);
    assertThat(client.asKey("/acme/new-order", "{}").error()).isEqualTo("malformed");
    assertThat(client.send("/acme/new-account", "{}").error()).isEqualTo("malformed");
  }

  @Test
  void content_beyond_64_kib_is_not_read() throws Exception {
    var large = client.post("/acme/new-order", "{\"protected\":\"" + "A".repeat(70_000) + "\"}");
    assertThat(large.status()).isEqualTo(413);
    assertThat(large.error()).isEqualTo("malformed");
  }

  @Test
  void an_order_needs_a_right_that_is_known_unspent_live_and_for_acme() throws Exception {
    refused(client.send("/acme/new-order", RawClient.wanted("guessed")), 403, "rejectedIdentifier");
    refused(client.send("/acme/new-order", RawClient.wanted("")), 403, "rejectedIdentifier");
    var scep = house.granted(Protocol.SCEP, Optional.empty());
    refused(client.send("/acme/new-order", RawClient.wanted(scep)), 403, "rejectedIdentifier");
    var expired = house.granted();
    house.time.pass(Duration.ofDays(2));
    refused(client.send("/acme/new-order", RawClient.wanted(expired)), 403, "rejectedIdentifier");
    var dns = "{\"identifiers\":[{\"type\":\"dns\",\"value\":\"bank.example\"}]}";
    refused(client.send("/acme/new-order", dns), 400, "unsupportedIdentifier");
    refused(client.send("/acme/new-order", "{\"identifiers\":[]}"), 400, "unsupportedIdentifier");
  }

  @Test
  void a_right_that_was_spent_enrols_nobody_else() throws Exception {
    var secret = house.granted();
    var order = client.order(secret);
    var other = new RawClient(house.origin).registered();
    var late = other.order(secret);
    var token = other.token(late);
    var otherKey = SoftwareKey.generate();
    other.send(
        "/acme/challenge/" + late, answer(house.maker.vouch(otherKey.publicKey(), token, SERIAL)));
    client.send("/acme/challenge/" + order, attestation(order, key, SERIAL));
    assertThat(client.send("/acme/finalize/" + order, csr(key)).text("status")).isEqualTo("valid");
    var second = other.send("/acme/finalize/" + late, csr(otherKey));
    assertThat(second.error()).isEqualTo("unauthorized");
    assertThat(second.text("code")).isEqualTo("grant.spent");
    assertThat(other.send("/acme/new-order", RawClient.wanted(secret)).error())
        .isEqualTo("rejectedIdentifier");
    assertThat(devices()).hasSize(1);
  }

  @Test
  void an_order_of_another_account_is_not_there() throws Exception {
    var order = client.order(house.granted());
    var other = new RawClient(house.origin).registered();
    for (String path : List.of("order", "authorization", "challenge", "certificate"))
      refused(other.send("/acme/" + path + "/" + order, ""), 404, "malformed");
    var object = attestation(order, key, SERIAL);
    refused(other.send("/acme/challenge/" + order, object), 404, "malformed");
    refused(other.send("/acme/finalize/" + order, csr(key)), 404, "malformed");
  }

  @Test
  void an_account_of_another_is_not_shown() throws Exception {
    var other = new RawClient(house.origin).registered();
    var path = client.account.replace(house.origin.toString(), "");
    refused(other.send(path, ""), 403, "unauthorized");
    refused(other.send(path, "{\"status\":\"deactivated\"}"), 403, "unauthorized");
    assertThat(client.send(path, "").text("status")).isEqualTo("valid");
  }

  private void failed(String secret, String order, String object, String code) throws Exception {
    var answer = client.send("/acme/challenge/" + order, object);
    assertThat(answer.text("status")).isEqualTo("invalid");
    assertThat(answer.json().path("error").path("code").asString("")).isEqualTo(code);
    assertThat(answer.json().path("error").path("type").asString(""))
        .isEqualTo("urn:ietf:params:acme:error:badAttestationStatement");
    assertThat(house.events("enrolment-refused"))
        .extracting(event -> event.details().get("code"))
        .contains(code);
    assertThat(client.send("/acme/order/" + order, "").text("status")).isEqualTo("invalid");
    refused(client.send("/acme/finalize/" + order, csr(key)), 403, "orderNotReady");
    refused(client.send("/acme/challenge/" + order, object), 400, "malformed");
    assertThat(house.grants.find(secret, Protocol.ACME)).isPresent();
  }

  @Test
  void an_attestation_for_another_challenge_fails_the_order_and_spends_nothing() throws Exception {
    var secret = house.granted();
    var first = client.order(secret);
    var second = client.order(secret);
    failed(secret, second, attestation(first, key, SERIAL), "attestation.challenge-mismatch");
    failed(
        secret,
        first,
        answer(new Maker().vouch(key.publicKey(), client.token(first), SERIAL)),
        "attestation.chain-broken");
    var third = client.order(secret);
    failed(secret, third, answer(Bytes.of(new byte[] {1, 2, 3})), "attestation.malformed");
  }

  @Test
  void a_right_for_one_device_is_of_no_use_on_another() throws Exception {
    var secret = house.grantedFor("F2LX0001");
    var order = client.order(secret);
    failed(secret, order, attestation(order, key, "F2LX0002"), "acme.attested-another");
  }

  @Test
  void a_request_for_another_key_than_the_attested_one_is_refused() throws Exception {
    var order = client.order(house.granted());
    client.send("/acme/challenge/" + order, attestation(order, key, SERIAL));
    refused(client.send("/acme/finalize/" + order, csr(SoftwareKey.generate())), 400, "badCSR");
    refused(client.send("/acme/finalize/" + order, "{\"csr\":\"AAAA\"}"), 400, "badCSR");
    refused(client.send("/acme/finalize/" + order, "{}"), 400, "malformed");
    assertThat(client.send("/acme/finalize/" + order, csr(key)).text("status")).isEqualTo("valid");
  }

  @Test
  void an_order_is_finalized_once_and_not_before_its_challenge() throws Exception {
    var order = client.order(house.granted());
    refused(client.send("/acme/finalize/" + order, csr(key)), 403, "orderNotReady");
    client.send("/acme/challenge/" + order, attestation(order, key, SERIAL));
    assertThat(client.send("/acme/finalize/" + order, csr(key)).status()).isEqualTo(200);
    assertThat(client.send("/acme/finalize/" + order, csr(key)).error()).isEqualTo("orderNotReady");
    var id = devices().getFirst().id();
    assertThat(house.admitted(id)).hasSize(1);
  }

  @Test
  void while_nobody_can_tell_whether_to_believe_the_order_waits() throws Exception {
    var order = client.order(house.granted());
    house.maker.reachable = false;
    refused(
        client.send("/acme/challenge/" + order, attestation(order, key, SERIAL)),
        503,
        "serverInternal");
    house.maker.reachable = true;
    assertThat(
            client.send("/acme/challenge/" + order, attestation(order, key, SERIAL)).text("status"))
        .isEqualTo("valid");
  }

  @Test
  void a_deactivated_account_is_answered_no_more() throws Exception {
    var secret = house.granted();
    var order = client.order(secret);
    var own = client.account.replace(house.origin.toString(), "");
    assertThat(client.send(own, "{\"status\":\"deactivated\"}").text("status"))
        .isEqualTo("deactivated");
    refused(client.send("/acme/new-order", RawClient.wanted(secret)), 401, "unauthorized");
    refused(client.send("/acme/order/" + order, ""), 401, "unauthorized");
    refused(client.asKey("/acme/new-account", "{}"), 401, "unauthorized");
  }

  @Test
  void a_key_that_another_account_has_is_not_taken_over() throws Exception {
    var other = new RawClient(house.origin).registered();
    var path = "/acme/key-change";
    var inner =
        new com.nimbusds.jose.JWSObject(
            new com.nimbusds.jose.JWSHeader.Builder(com.nimbusds.jose.JWSAlgorithm.ES256)
                .jwk(other.key.toPublicJWK())
                .customParam("url", house.origin + path)
                .build(),
            new com.nimbusds.jose.Payload(
                Map.<String, Object>of(
                    "account", client.account, "oldKey", client.key.toPublicJWK().toJSONObject())));
    inner.sign(new com.nimbusds.jose.crypto.ECDSASigner(other.key));
    var payload =
        RawClient.flattened(
            inner.getHeader().toBase64URL().toString(),
            inner.getPayload().toBase64URL().toString(),
            inner.getSignature().toString());
    refused(client.send(path, payload), 409, "malformed");
    refused(other.send(path, payload), 400, "malformed");
  }

  @Test
  void an_account_has_so_many_orders_under_way_and_no_more() throws Exception {
    var secret = house.granted();
    for (int i = 0; i < 16; i++) client.order(secret);
    refused(client.send("/acme/new-order", RawClient.wanted(secret)), 429, "rateLimited");
  }

  @Test
  void a_certificate_of_another_account_is_not_revoked() throws Exception {
    var order = client.order(house.granted());
    client.send("/acme/challenge/" + order, attestation(order, key, SERIAL));
    client.send("/acme/finalize/" + order, csr(key));
    var device = devices().getFirst();
    var der =
        house.changes.read(view -> view.certificatesOf(device.id())).getFirst().der().toString();
    var wanted = StrictJson.write(Map.of("certificate", der));
    var other = new RawClient(house.origin).registered();
    assertThat(other.send("/acme/revoke-certificate", wanted).error()).isEqualTo("unauthorized");
    assertThat(other.asKey("/acme/revoke-certificate", wanted).error()).isEqualTo("unauthorized");
    var reasoned = StrictJson.write(Map.of("certificate", der, "reason", 6));
    assertThat(client.send("/acme/revoke-certificate", reasoned).error())
        .isEqualTo("badRevocationReason");
    assertThat(house.admitted(device.id())).hasSize(1);
  }

  @Test
  void no_event_tells_the_name_of_an_order() throws Exception {
    var order = client.order(house.granted());
    refused(client.send("/acme/finalize/" + order, csr(key)), 403, "orderNotReady");
    assertThat(house.events("request-refused"))
        .extracting(event -> event.details().get("request"))
        .containsExactly("POST /acme/finalize/{order}");
  }

  @Test
  void an_account_that_cannot_be_one_is_unknown() throws Exception {
    for (String id : List.of("", "nobody", "a/b", "\u0000", "\ud800", "A".repeat(64))) {
      client.account = house.origin + "/acme/account/" + id;
      assertThat(client.send("/acme/new-order", "{}").error()).isEqualTo("accountDoesNotExist");
    }
    client.account = "https://other.example/acme/account/x";
    assertThat(client.send("/acme/new-order", "{}").error()).isEqualTo("accountDoesNotExist");
  }

  @Test
  void the_store_alone_does_not_tell_the_identifier_of_an_order() throws Exception {
    var secret = house.granted();
    var name = client.order(secret);
    var order =
        house.changes.read(view ->
            view.acme()
                .order(dev.vigil.pki.acme.OrderName.parse(name).orElseThrow().digest())
                .orElseThrow());
    assertThat(order.toString()).doesNotContain(secret).doesNotContain(name);
    assertThat(
            new String(
                order.identifier().sealed().toArray(),
                java.nio.charset.StandardCharsets.ISO_8859_1))
        .doesNotContain(secret);
  }
}
