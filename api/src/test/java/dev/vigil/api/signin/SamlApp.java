// SPDX-License-Identifier: Apache-2.0
package dev.vigil.api.signin;

import dev.vigil.admission.Actor;
import dev.vigil.admission.administration.Mandate;
import dev.vigil.admission.administration.Reason;
import dev.vigil.admission.saml.SamlProviders;
import dev.vigil.identity.saml.Assertions.NameId;
import dev.vigil.identity.saml.Logouts;
import dev.vigil.identity.saml.NameIdFormat;
import dev.vigil.identity.saml.RegisteredProvider;
import dev.vigil.identity.saml.RegisteredProvider.Attribute;
import dev.vigil.identity.saml.ServiceProvider.Logout;
import dev.vigil.identity.saml.ServiceProvider.LogoutBinding;
import dev.vigil.kernel.AppId;
import dev.vigil.kernel.Outcome;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// A SaaS app that speaks SAML.
final class SamlApp {

  final RsaParty key = new RsaParty();
  private final House house;
  private final Wire wire;
  private final String id;
  private int requests;

  SamlApp(House house, Wire wire, String id) {
    this.house = house;
    this.wire = wire;
    this.id = id;
  }

  String entity() {
    return "https://" + id + ".example/saml";
  }

  void register(String spAttributes, RegisteredProvider.Option... options) {
    register("Redirect", spAttributes, options);
  }

  /// With metadata that take logout messages as posted forms.
  void registerPosting() {
    register("POST", "");
  }

  private void register(
      String logoutBinding, String spAttributes, RegisteredProvider.Option... options) {
    var metadata =
        """
        <md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" entityID="%1$s">
          <md:SPSSODescriptor %2$s protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">
            <md:KeyDescriptor><ds:KeyInfo xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:X509Data>
              <ds:X509Certificate>%3$s</ds:X509Certificate></ds:X509Data></ds:KeyInfo></md:KeyDescriptor>
            <md:SingleLogoutService Location="%1$s/slo"
              Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-%4$s"/>
            <md:AssertionConsumerService index="0" Location="%1$s/acs"
              Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST"/>
          </md:SPSSODescriptor>
        </md:EntityDescriptor>
        """
            .formatted(entity(), spAttributes, key.text(), logoutBinding);
    var draft =
        new SamlProviders.Draft(
            id,
            id,
            new AppId(id),
            metadata,
            Optional.of(NameIdFormat.EMAIL),
            Map.of("groups", Attribute.GROUPS, "displayName", Attribute.DISPLAY_NAME),
            Set.of(options));
    var answer =
        house.saml.providers.put(new Mandate(Actor.SYSTEM, new Reason("a contract")), draft);
    if (answer instanceof Outcome.Refused<RegisteredProvider> refused)
      throw new AssertionError(refused.toString());
  }

  /// A fresh request with these further attributes.
  String request(String attributes) {
    return """
    <samlp:AuthnRequest xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol"\
     xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="_request%d" Version="2.0"\
     IssueInstant="%s" Destination="%s/saml/sso" %s><saml:Issuer>%s</saml:Issuer\
    ></samlp:AuthnRequest>\
    """
        .formatted(++requests, house.time.now(), house.origin, attributes, entity());
  }

  /// Posts a message across sites: no cookie comes along.
  Wire.Answer post(String path, String parameter, String message) {
    String body =
        parameter
            + "="
            + encoded(Base64.getEncoder().encodeToString(message.getBytes(StandardCharsets.UTF_8)))
            + "&RelayState="
            + encoded("/inbox?<\"'>");
    return wire.send(
        HttpRequest.newBuilder(URI.create(house.origin + path))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .header("Origin", "https://" + id + ".example")
            .POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  /// Where our server sends the browser for a new request.
  String begun(String message) {
    var answer = post("/saml/sso", "SAMLRequest", message);
    if (answer.status() != 303) throw new AssertionError(answer.body());
    return answer.header("location").orElseThrow().substring(house.origin.toString().length());
  }

  /// The address with a logout request of the person, signed.
  String logout(String nameId, String index) {
    var slo = URI.create(house.origin + "/saml/slo");
    var to = new Logout(LogoutBinding.REDIRECT, slo, slo);
    var name = new NameId(NameIdFormat.EMAIL, nameId);
    var asked =
        new Logouts(entity(), key, house.entropy)
            .request(to, name, index, "back", house.time.now());
    return "/saml/slo?" + asked.message().to().getRawQuery();
  }

  /// The address with a signed answer to a logout request of ours.
  String loggedOut(String inResponseTo, String relayState) {
    var slo = URI.create(house.origin + "/saml/slo");
    var sent =
        new Logouts(entity(), key, house.entropy)
            .response(
                new Logout(LogoutBinding.REDIRECT, slo, slo),
                inResponseTo,
                Logouts.Result.DONE,
                Optional.of(relayState),
                house.time.now());
    return "/saml/slo?" + sent.to().getRawQuery();
  }

  /// The message in the form of a page.
  static String posted(Wire.Answer answer) {
    var found = Pattern.compile("name=\"SAMLResponse\" value=\"([^\"]*)\"").matcher(answer.body());
    if (!found.find()) throw new AssertionError(answer.status() + " " + answer.body());
    return new String(Base64.getDecoder().decode(found.group(1)), StandardCharsets.UTF_8);
  }

  static String between(String text, String before, String after) {
    int from = text.indexOf(before) + before.length();
    return text.substring(from, text.indexOf(after, from));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
