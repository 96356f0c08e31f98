// SPDX-License-Identifier: Apache-2.0
package dev.vigil.identity.saml;

import static dev.vigil.identity.saml.Provider.form;
import static dev.vigil.identity.saml.Provider.logout;
import static dev.vigil.identity.saml.Provider.request;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vigil.identity.saml.Incoming.Parameter;
import dev.vigil.kernel.Outcome;
import dev.vigil.kernel.Refusal;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;

/// What strangers send, and what becomes of it.
class SamlAbuseTest {

  private static final Provider APP = new Provider();
  private static final Provider STRANGER = new Provider();
  private static final ServiceProvider SIGNING = APP.described("AuthnRequestsSigned=\"true\"");
  private static final ServiceProvider PLAIN = APP.described("");

  private static Refusal refused(Outcome<?> outcome) {
    if (outcome instanceof Outcome.Refused<?>(Refusal refusal, String _)) return refusal;
    throw new AssertionError("not refused: " + outcome);
  }

  private static Outcome<AuthnRequest> posted(String message, ServiceProvider sender) {
    return posted(message, sender, Provider.NOW);
  }

  private static Outcome<AuthnRequest> posted(String message, ServiceProvider sender, Instant now) {
    return Incoming.posted(form(message), Parameter.REQUEST)
        .then(incoming -> AuthnRequest.read(incoming, sender, new Received(Provider.SSO, now)));
  }

  private static Outcome<AuthnRequest> sent(String query, ServiceProvider sender) {
    return Incoming.redirected(query, Parameter.REQUEST)
        .then(one -> AuthnRequest.read(one, sender, new Received(Provider.SSO, Provider.NOW)));
  }

  private static Outcome<LogoutRequest> loggedOut(String message) {
    return Incoming.posted(form(message), Parameter.REQUEST)
        .then(one -> LogoutRequest.read(one, PLAIN, new Received(Provider.SLO, Provider.NOW)));
  }

  @Test
  void what_is_signed_as_it_should_be_is_taken() {
    assertThat(posted(APP.signed(request()), SIGNING)).isInstanceOf(Outcome.Done.class);
    assertThat(sent(APP.query(request()), SIGNING)).isInstanceOf(Outcome.Done.class);
    assertThat(posted(request(), PLAIN)).isInstanceOf(Outcome.Done.class);
    assertThat(loggedOut(APP.signed(logout()))).isInstanceOf(Outcome.Done.class);
  }

  @Test
  void what_must_be_signed_and_is_not_is_refused() {
    assertThat(refused(posted(request(), SIGNING))).isEqualTo(SamlRefusal.UNSIGNED);
    assertThat(refused(loggedOut(logout()))).isEqualTo(SamlRefusal.UNSIGNED);
    String bare = APP.query(request()).replaceAll("&SigAlg=.*", "");
    assertThat(refused(sent(bare, SIGNING))).isEqualTo(SamlRefusal.UNSIGNED);
  }

  @Test
  void a_signature_by_a_key_that_the_message_brings_itself_is_refused() {
    assertThat(refused(posted(STRANGER.signed(request()), SIGNING)))
        .isEqualTo(SamlRefusal.SIGNATURE);
    assertThat(refused(posted(STRANGER.signed(request()), PLAIN))).isEqualTo(SamlRefusal.SIGNATURE);
    assertThat(refused(sent(STRANGER.query(request()), SIGNING))).isEqualTo(SamlRefusal.SIGNATURE);
    assertThat(refused(loggedOut(STRANGER.signed(logout())))).isEqualTo(SamlRefusal.SIGNATURE);
  }

  @Test
  void a_message_changed_after_signing_is_refused() {
    String changed = APP.signed(logout()).replace("alice@", "mallory@");
    assertThat(refused(loggedOut(changed))).isEqualTo(SamlRefusal.SIGNATURE);
    String query = APP.query(request()).replace("RelayState=%2Finbox", "RelayState=%2Foutbox");
    assertThat(refused(sent(query, SIGNING))).isEqualTo(SamlRefusal.SIGNATURE);
  }

  /// The classic ways to move a signed message about so that one reader verifies it while another
  /// reads something else (XSW 1 to 8, as they apply to requests).
  @Test
  void a_signed_message_wrapped_in_another_is_refused() {
    String signed = APP.signed(logout());
    String signature = signed.replaceAll("(?s).*(<ds:Signature .*</ds:Signature>).*", "$1");
    String original = signed.replace(signature, "");
    String evil = original.replace("alice@", "mallory@");
    String evilOther = evil.replace("_logout1", "_evil");
    String end = "</samlp:LogoutRequest>";
    String[] wrapped = {
      // the original within the signature of a forged root with its own ID, the same ID, and none
      evilOther.replace(
          end,
          signature.replace(
                  "</ds:Signature>", "<ds:Object>" + original + "</ds:Object></ds:Signature>")
              + end),
      evil.replace(
          end,
          signature.replace(
                  "</ds:Signature>", "<ds:Object>" + original + "</ds:Object></ds:Signature>")
              + end),
      // the original beside the signature
      evilOther.replace(end, signature + original + end),
      evil.replace(end, signature + original + end),
      // the original, still signed, as a child of the forged root
      evilOther.replace(end, signed + end),
      evil.replace(end, signed + end),
      // in extensions, before and after
      evilOther.replace(
          "<saml:NameID", "<samlp:Extensions>" + signed + "</samlp:Extensions><saml:NameID"),
      evilOther.replace(
          "<saml:NameID",
          signature + "<samlp:Extensions>" + original + "</samlp:Extensions><saml:NameID"),
      // two signatures; one within an element of another name
      signed.replace(signature, signature + signature),
      original.replace("<saml:NameID", "<x:y xmlns:x=\"x\">" + signature + "</x:y><saml:NameID"),
      // the ID twice under another attribute's name
      evil.replace(end, signature + "<x xml:id=\"_logout1\"/>" + end),
      // a reference to the whole document, and to nothing
      signed.replace("URI=\"#_logout1\"", "URI=\"\""),
      signed.replace("URI=\"#_logout1\"", "URI=\"#xpointer(/)\""),
    };
    for (String one : wrapped)
      assertThat(refused(loggedOut(one))).as(one).isIn(SamlRefusal.WRAPPED);
    assertThat(refused(loggedOut(evil.replace(end, signature + end))))
        .isEqualTo(SamlRefusal.SIGNATURE);
    String inRequest = APP.signed(request());
    String forged =
        request().replace("_request1", "_evil").replace("</samlp:A", inRequest + "</samlp:A");
    assertThat(refused(posted(forged, SIGNING))).isEqualTo(SamlRefusal.WRAPPED);
    assertThat(refused(posted(forged, PLAIN))).isEqualTo(SamlRefusal.WRAPPED);
    assertThat(refused(sent(APP.query(inRequest), SIGNING))).isEqualTo(SamlRefusal.WRAPPED);
  }

  @Test
  void weak_and_strange_algorithms_are_refused() {
    String signed = APP.signed(logout());
    String rsa = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256";
    String[] wrong = {
      signed.replace(rsa, "http://www.w3.org/2000/09/xmldsig#hmac-sha1"),
      signed.replace(rsa, "http://www.w3.org/2001/04/xmldsig-more#hmac-sha256"),
      signed.replace(rsa, "http://www.w3.org/2000/09/xmldsig#rsa-sha1"),
      signed.replace(
          "http://www.w3.org/2001/04/xmlenc#sha256", "http://www.w3.org/2000/09/xmldsig#sha1"),
      signed.replace(
          "http://www.w3.org/2001/04/xmlenc#sha256", "http://www.w3.org/2001/04/xmldsig-more#md5"),
      signed.replace(
          "http://www.w3.org/2000/09/xmldsig#enveloped-signature",
          "http://www.w3.org/TR/1999/REC-xslt-19991116"),
      signed.replace(
          "http://www.w3.org/2000/09/xmldsig#enveloped-signature",
          "http://www.w3.org/TR/1999/REC-xpath-19991116"),
    };
    for (String one : wrong)
      assertThat(refused(loggedOut(one))).as(one).isEqualTo(SamlRefusal.ALGORITHM);
    String query = APP.query(request());
    for (String name : new String[] {"hmac-sha256", "rsa-sha1", "none", ""})
      assertThat(
              refused(
                  sent(
                      query.replaceAll(
                          "SigAlg=[^&]*",
                          "SigAlg="
                              + Provider.encoded("http://www.w3.org/2001/04/xmldsig-more#" + name)),
                      SIGNING)))
          .isEqualTo(SamlRefusal.ALGORITHM);
  }

  @Test
  void document_types_entities_and_depth_are_refused() {
    String[] wrong = {
      "<!DOCTYPE x><x/>",
      "<!DOCTYPE x [<!ENTITY a \"a\"><!ENTITY b \"&a;&a;&a;\">]>" + request(),
      "<!DOCTYPE x [<!ENTITY a SYSTEM \"file:///etc/passwd\">]><x>&a;</x>",
      "<!DOCTYPE x SYSTEM \"http://127.0.0.1:1/x.dtd\"><x/>",
      "<a>".repeat(2000) + "</a>".repeat(2000),
      "<a>".repeat(33) + "</a>".repeat(33),
      "<a"
          + " b%d='c'"
              .repeat(40)
              .formatted(java.util.stream.IntStream.range(0, 40).boxed().toArray())
          + "/>",
      "",
      "<",
      "not xml",
      "<a>\u0000</a>",
      request().replace("<saml:Issuer>", "<saml:Issuer><!-- x -->"),
      request().replace("<saml:Issuer>", "<saml:Issuer><?x y?>"),
    };
    for (String one : wrong)
      assertThat(refused(posted(one, PLAIN))).as(one).isIn(SamlRefusal.XML, SamlRefusal.ENCODING);
    assertThat(refused(posted("<a>" + "b".repeat(70_000) + "</a>", PLAIN)))
        .isEqualTo(SamlRefusal.TOO_LARGE);
    assertThat(
            refused(SpMetadata.read(Provider.bytes("<!DOCTYPE x [<!ENTITY a \"b\">]><x>&a;</x>"))))
        .isEqualTo(SamlRefusal.XML);
  }

  @Test
  void a_compressed_bomb_stops_at_the_limit() {
    var deflater = new Deflater(9, true);
    deflater.setInput(new byte[50_000_000]);
    deflater.finish();
    byte[] part = new byte[100_000];
    var out = new ByteArrayOutputStream();
    while (!deflater.finished()) out.write(part, 0, deflater.deflate(part));
    deflater.end();
    String bomb = Base64.getEncoder().encodeToString(out.toByteArray());
    assertThat(bomb.length()).isLessThan(128 * 1024);
    assertThat(refused(sent("SAMLRequest=" + Provider.encoded(bomb), PLAIN)))
        .isEqualTo(SamlRefusal.TOO_LARGE);
    assertThat(refused(sent("SAMLRequest=" + Provider.encoded(bomb.substring(0, 4000)), PLAIN)))
        .isIn(SamlRefusal.TOO_LARGE, SamlRefusal.ENCODING);
  }

  @Test
  void a_comment_does_not_cut_a_name() {
    String cut =
        APP.signed(
            logout().replace("alice@bank.example", "alice@bank.example<!-- -->.evil.example"));
    assertThat(refused(loggedOut(cut))).isEqualTo(SamlRefusal.XML);
    String issuer = request().replace("app.example/saml<", "app.example/saml<!---->.evil<");
    assertThat(refused(posted(issuer, PLAIN))).isEqualTo(SamlRefusal.XML);
    String nested = request().replace("app.example/saml<", "app.example/saml<b/><");
    assertThat(refused(posted(nested, PLAIN))).isEqualTo(SamlRefusal.MESSAGE);
  }

  @Test
  void an_answer_goes_only_where_the_metadata_say() {
    String asked =
        request()
            .replace(
                "<samlp:AuthnRequest", "<samlp:AuthnRequest AssertionConsumerServiceURL=\"%s\"");
    for (String where :
        new String[] {
          "https://evil.example/acs",
          "https://app.example/saml/acs/",
          "https://app.example/saml/acs?x",
          "https://app.example@evil.example/",
          ""
        }) assertThat(refused(posted(asked.formatted(where), PLAIN))).isEqualTo(SamlRefusal.ACS);
    assertThat(posted(asked.formatted("https://app.example/saml/old"), PLAIN))
        .isInstanceOf(Outcome.Done.class);
    String index =
        request()
            .replace(
                "<samlp:AuthnRequest", "<samlp:AuthnRequest AssertionConsumerServiceIndex=\"7\"");
    assertThat(refused(posted(index, PLAIN))).isEqualTo(SamlRefusal.ACS);
  }

  @Test
  void a_message_for_another_place_time_or_provider_is_refused() {
    String other =
        request().replace("https://vigil.example/saml/sso", "https://other.example/saml/sso");
    assertThat(refused(posted(other, PLAIN))).isEqualTo(SamlRefusal.DESTINATION);
    String nowhere = request().replace(" Destination=\"https://vigil.example/saml/sso\"", "");
    assertThat(refused(posted(APP.signed(nowhere), PLAIN))).isEqualTo(SamlRefusal.DESTINATION);
    assertThat(refused(posted(request(), PLAIN, Provider.NOW.plusSeconds(300))))
        .isEqualTo(SamlRefusal.STALE);
    assertThat(refused(posted(request(), PLAIN, Provider.NOW.minusSeconds(120))))
        .isEqualTo(SamlRefusal.STALE);
    String issuer = request().replace("app.example/saml<", "app.example/Saml<");
    assertThat(refused(posted(issuer, PLAIN))).isEqualTo(SamlRefusal.PROVIDER);
    assertThat(refused(posted(APP.signed(logout()), PLAIN))).isEqualTo(SamlRefusal.MESSAGE);
    assertThat(refused(posted(request().replace("2.0\"", "1.1\""), PLAIN)))
        .isEqualTo(SamlRefusal.MESSAGE);
  }

  @Test
  void a_parameter_that_came_twice_or_is_too_long_is_refused() {
    String query = APP.query(request());
    assertThat(refused(sent(query + "&RelayState=x", SIGNING))).isEqualTo(SamlRefusal.ENCODING);
    assertThat(refused(sent(query + "&other=x", SIGNING))).isEqualTo(SamlRefusal.ENCODING);
    assertThat(refused(sent("SAMLRequest=%zz", SIGNING))).isEqualTo(SamlRefusal.ENCODING);
    String text = Base64.getEncoder().encodeToString(request().getBytes(StandardCharsets.UTF_8));
    var form = Map.of("SAMLRequest", text, "RelayState", "x".repeat(1025));
    assertThat(refused(Incoming.posted(form, Parameter.REQUEST)))
        .isEqualTo(SamlRefusal.RELAY_STATE);
  }

  @Test
  void metadata_that_promise_too_little_are_refused() {
    String sound = APP.metadata("");
    String[] wrong = {
      sound.replace("md:EntityDescriptor", "md:EntitiesDescriptor"),
      sound.replace("entityID=\"https://app.example/saml\"", "entityID=\"\""),
      sound.replace("https://app.example/saml/acs", "http://app.example/saml/acs"),
      sound.replace("https://app.example/saml/acs", "javascript:alert(1)"),
      sound.replace("SAML:2.0:protocol", "SAML:1.1:protocol"),
      sound.replace(APP.certificateText(), "AAAA"),
      sound.replace(
          APP.certificateText(), new Provider("RSA", 1024, "SHA256withRSA").certificateText()),
      sound.replace("HTTP-POST", "HTTP-Artifact"),
    };
    for (String one : wrong)
      assertThat(refused(SpMetadata.read(Provider.bytes(one))))
          .as(one)
          .isEqualTo(SamlRefusal.METADATA);
  }
}
