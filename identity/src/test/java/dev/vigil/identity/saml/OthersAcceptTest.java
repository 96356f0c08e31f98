// SPDX-License-Identifier: Apache-2.0
package dev.vigil.identity.saml;

import static org.assertj.core.api.Assertions.assertThat;

import com.onelogin.saml2.authn.SamlResponse;
import com.onelogin.saml2.http.HttpRequest;
import com.onelogin.saml2.logout.LogoutResponse;
import com.onelogin.saml2.settings.Saml2Settings;
import com.onelogin.saml2.settings.SettingsBuilder;
import dev.vigil.identity.Authentication;
import dev.vigil.identity.Authentication.Strength;
import dev.vigil.identity.Population;
import dev.vigil.identity.Subject;
import dev.vigil.identity.saml.Assertions.Said;
import dev.vigil.identity.saml.Assertions.To;
import dev.vigil.identity.saml.Incoming.Parameter;
import dev.vigil.kernel.Entropy;
import dev.vigil.kernel.Outcome;
import dev.vigil.kernel.SubjectId;
import java.net.URI;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// A service provider's library that others wrote talks to ours. It looks at the machine's own
/// clock, so these tests live now.
class OthersAcceptTest {

  private static final Provider APP = new Provider();
  private static final Provider IDP = new Provider();
  private final Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
  private static final String US = "https://vigil.example/saml/metadata";
  private static final java.util.Random RANDOM = new java.util.Random(7);
  private static final Entropy ENTROPY =
      count -> {
        byte[] bytes = new byte[count];
        RANDOM.nextBytes(bytes);
        return bytes;
      };

  private static Saml2Settings settings() {
    var values = new HashMap<String, Object>();
    values.put(SettingsBuilder.STRICT_PROPERTY_KEY, true);
    values.put(SettingsBuilder.SP_ENTITYID_PROPERTY_KEY, Provider.NAME);
    values.put(SettingsBuilder.SP_ASSERTION_CONSUMER_SERVICE_URL_PROPERTY_KEY, Provider.ACS);
    values.put(
        SettingsBuilder.SP_SINGLE_LOGOUT_SERVICE_URL_PROPERTY_KEY,
        "https://app.example/saml/slo-done");
    values.put(SettingsBuilder.SP_X509CERT_PROPERTY_KEY, APP.certificate);
    values.put(SettingsBuilder.SP_PRIVATEKEY_PROPERTY_KEY, APP.key);
    values.put(SettingsBuilder.IDP_ENTITYID_PROPERTY_KEY, US);
    values.put(
        SettingsBuilder.IDP_SINGLE_SIGN_ON_SERVICE_URL_PROPERTY_KEY, Provider.SSO.toString());
    values.put(SettingsBuilder.IDP_SINGLE_LOGOUT_SERVICE_URL_PROPERTY_KEY, Provider.SLO.toString());
    values.put(SettingsBuilder.IDP_X509CERT_PROPERTY_KEY, IDP.certificate);
    values.put(SettingsBuilder.SECURITY_WANT_MESSAGES_SIGNED, true);
    values.put(SettingsBuilder.SECURITY_WANT_ASSERTIONS_SIGNED, true);
    values.put(SettingsBuilder.SECURITY_AUTHREQUEST_SIGNED, true);
    values.put(SettingsBuilder.SECURITY_LOGOUTREQUEST_SIGNED, true);
    values.put(SettingsBuilder.SECURITY_REJECT_DEPRECATED_ALGORITHM, true);
    values.put(SettingsBuilder.SECURITY_WANT_XML_VALIDATION, true);
    values.put(SettingsBuilder.SECURITY_SIGNATURE_ALGORITHM, Uris.RSA_SHA256);
    values.put(
        SettingsBuilder.SECURITY_REQUESTED_AUTHNCONTEXT, List.of(AuthnContext.PASSWORD_OVER_TLS));
    return new SettingsBuilder().fromValues(values).build();
  }

  private SamlResponse response(String audience, String requestId) throws Exception {
    var assertions = new Assertions(US, IDP, ENTROPY);
    var person =
        new Subject(
            SubjectId.random(ENTROPY),
            "alice@bank.example",
            "Alice <&> Smith\r\n\"A\"",
            Population.EMPLOYEE,
            Set.of("staff"),
            Set.of(),
            true,
            now);
    var form =
        assertions.response(
            new To(
                audience, URI.create(Provider.ACS), Optional.of(requestId), Optional.of("/inbox")),
            new Said(
                assertions.name(person, NameIdFormat.EMAIL, audience).orElseThrow(),
                assertions.sessionIndex(),
                now.minusSeconds(30),
                now.plusSeconds(3600),
                AuthnContext.MULTI_FACTOR,
                Map.of(
                    "groups",
                    List.of("staff", "tellers"),
                    "displayName",
                    List.of(person.displayName()))),
            now);
    return new SamlResponse(
        settings(), new HttpRequest(Provider.ACS, "").addParameter("SAMLResponse", form.base64()));
  }

  @Test
  void our_response_is_accepted_by_a_library_of_others() throws Exception {
    var read = response(Provider.NAME, "_request1");
    assertThat(read.isValid("_request1")).as(read.getError()).isTrue();
    assertThat(read.getNameId()).isEqualTo("alice@bank.example");
    assertThat(read.getAttributes()).containsEntry("groups", List.of("staff", "tellers"));
    assertThat(Objects.requireNonNull(read.getAttributes().get("displayName")).getFirst())
        .startsWith("Alice <&> Smith");
    assertThat(read.getSessionNotOnOrAfter()).isNotNull();
    assertThat(read.processSignedElements()).hasSize(2);
  }

  @Test
  void they_refuse_what_was_made_for_another() throws Exception {
    assertThat(response("https://other.example", "_request1").isValid("_request1")).isFalse();
    assertThat(response(Provider.NAME, "_request1").isValid("_another")).isFalse();
  }

  @Test
  void their_signed_request_is_taken() throws Exception {
    var request = new com.onelogin.saml2.authn.AuthnRequest(settings());
    String text = APP.signed(request.getAuthnRequestXml());
    var read =
        Incoming.posted(Provider.form(text), Parameter.REQUEST)
            .then(one ->
                AuthnRequest.read(
                    one,
                    APP.described("AuthnRequestsSigned=\"true\""),
                    new Received(Provider.SSO, Instant.now())));
    assertThat(read).isInstanceOf(Outcome.Done.class);
    if (!(read instanceof Outcome.Done<AuthnRequest>(AuthnRequest asked))) return;
    assertThat(asked.id()).isEqualTo(request.getId());
    assertThat(asked.context().orElseThrow().classes()).contains(AuthnContext.PASSWORD_OVER_TLS);
    var passkey = new Authentication(now, Strength.PASSKEY, Set.of(), true, true, "x");
    assertThat(AuthnContext.told(passkey, asked.context(), AuthnContext.Wording.TRUE)).isEmpty();
    assertThat(AuthnContext.told(passkey, asked.context(), AuthnContext.Wording.AS_ASKED))
        .isPresent();
    assertThat(AuthnContext.told(passkey, Optional.empty(), AuthnContext.Wording.TRUE))
        .contains(AuthnContext.MULTI_FACTOR);
  }

  @Test
  void their_metadata_are_read() throws Exception {
    var read = SpMetadata.read(Provider.bytes(settings().getSPMetadata()));
    assertThat(read).isInstanceOf(Outcome.Done.class);
  }

  @Test
  void our_logout_messages_are_accepted() throws Exception {
    var slo = APP.described("").logout().orElseThrow();
    var logouts = new Logouts(US, IDP, ENTROPY);
    var sent = logouts.response(slo, "_logout1", Logouts.Result.DONE, Optional.of("x"), now);
    var request = http(sent, "https://app.example/saml/slo-done");
    var answer = new LogoutResponse(settings(), request);
    assertThat(answer.isValid("_logout1")).as(answer.getError()).isTrue();
    var asked =
        logouts.request(
            slo,
            new Assertions.NameId(NameIdFormat.EMAIL, "alice@bank.example"),
            "_i",
            "state",
            now);
    var at = "https://app.example/saml/slo";
    var read = new com.onelogin.saml2.logout.LogoutRequest(settings(), http(asked.message(), at));
    assertThat(read.isValid()).as(read.getError()).isTrue();
  }

  private static HttpRequest http(Outgoing message, String address) {
    String query = message.to().getRawQuery();
    var request = new HttpRequest(address, query);
    for (String pair : query.split("&", -1))
      request =
          request.addParameter(
              pair.substring(0, pair.indexOf('=')),
              java.net.URLDecoder.decode(
                  pair.substring(pair.indexOf('=') + 1), java.nio.charset.StandardCharsets.UTF_8));
    return request;
  }

  @Test
  void our_metadata_name_our_key_and_addresses() {
    String text = new IdpMetadata(US, Provider.SSO, Provider.SLO).written(IDP.certificates());
    assertThat(text)
        .contains(IDP.certificateText(), Provider.SSO.toString(), Provider.SLO.toString());
    assertThat(Base64.getDecoder().decode(IDP.certificateText())).isNotEmpty();
  }
}
