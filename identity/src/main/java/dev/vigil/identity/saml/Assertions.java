// SPDX-License-Identifier: Apache-2.0
package dev.vigil.identity.saml;

import dev.vigil.identity.Subject;
import dev.vigil.kernel.Entropy;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.w3c.dom.Element;

/// Writes responses: with one signed assertion, or with the reason why there is none. The response
/// around it is signed too. (SAML Profiles section 4.1.4.2.)
public final class Assertions {

  /// How long an assertion may be on its way.
  public static final Duration LIFE = Duration.ofMinutes(2);

  /// How far behind the provider's clock may be.
  private static final Duration SKEW = Duration.ofSeconds(30);

  private final String issuer;
  private final SamlSigner signer;
  private final Entropy entropy;

  /// @param issuer our own entity ID
  public Assertions(String issuer, SamlSigner signer, Entropy entropy) {
    this.issuer = issuer;
    this.signer = signer;
    this.entropy = entropy;
  }

  /// To whom a response goes.
  ///
  /// @param inResponseTo the request's ID; empty if there was none
  public record To(
      String provider, URI consumer, Optional<String> inResponseTo, Optional<String> relayState) {}

  /// What an assertion says.
  ///
  /// @param sessionIndex names the session at this provider; nobody can tell ours from it
  /// @param signedInAt when the person authenticated
  /// @param sessionEnds when the provider must end its own session
  /// @param attributes texts by name, in order
  public record Said(
      NameId nameId,
      String sessionIndex,
      Instant signedInAt,
      Instant sessionEnds,
      String context,
      Map<String, List<String>> attributes) {}

  /// The name of a person.
  public record NameId(NameIdFormat format, String value) {}

  /// Names a person; empty if there is no name of this format.
  public Optional<NameId> name(Subject subject, NameIdFormat format, String provider) {
    return switch (format) {
      case PERSISTENT ->
          Optional.of(new NameId(format, Writing.pairwise(subject.id().value(), provider)));
      case TRANSIENT -> Optional.of(new NameId(format, Writing.random(entropy)));
      case EMAIL ->
          subject.userName().contains("@")
              ? Optional.of(new NameId(format, subject.userName()))
              : Optional.empty();
      case UNSPECIFIED -> Optional.of(new NameId(format, subject.userName()));
    };
  }

  /// A new name for a session at a provider.
  public String sessionIndex() {
    return Writing.id(entropy);
  }

  /// Signs the person in.
  public Outgoing.Form response(To to, Said said, Instant now) {
    var response = begun(to, now);
    Writing.status(response, "Success", Optional.empty());
    var assertion = assertion(response, to, said, now);
    signer.sign(assertion);
    return finished(response, to);
  }

  /// Why the person is not signed in, without anything about the person.
  public enum Why {
    /// The person or the policies would not.
    DENIED("Responder", "RequestDenied"),
    /// The person would have to be asked.
    NOT_PASSIVE("Responder", "NoPassive"),
    /// Nobody here authenticates that way.
    NO_CONTEXT("Responder", "NoAuthnContext"),
    /// There is no such name of this person.
    NO_NAME("Requester", "InvalidNameIDPolicy");

    private final String first;
    private final String second;

    Why(String first, String second) {
      this.first = first;
      this.second = second;
    }
  }

  /// Tells a provider that nobody is signed in.
  public Outgoing.Form refusal(To to, Why why, Instant now) {
    var response = begun(to, now);
    Writing.status(response, why.first, Optional.of(why.second));
    return finished(response, to);
  }

  private Element begun(To to, Instant now) {
    var response = Writing.message("Response", Writing.id(entropy), now, to.consumer(), issuer);
    to.inResponseTo().ifPresent(id -> response.setAttributeNS(null, "InResponseTo", id));
    return response;
  }

  private Outgoing.Form finished(Element response, To to) {
    signer.sign(response);
    return Writing.form(to.consumer(), "SAMLResponse", response, to.relayState());
  }

  private Element assertion(Element response, To to, Said said, Instant now) {
    var assertion = Writing.saml(response, "Assertion");
    assertion.setAttributeNS(null, "ID", Writing.id(entropy));
    assertion.setAttributeNS(null, "Version", "2.0");
    assertion.setAttributeNS(null, "IssueInstant", Writing.time(now));
    Writing.saml(assertion, "Issuer").setTextContent(issuer);
    subject(assertion, to, said, now);
    var conditions = Writing.saml(assertion, "Conditions");
    conditions.setAttributeNS(null, "NotBefore", Writing.time(now.minus(SKEW)));
    conditions.setAttributeNS(null, "NotOnOrAfter", Writing.time(now.plus(LIFE)));
    Writing.saml(Writing.saml(conditions, "AudienceRestriction"), "Audience")
        .setTextContent(to.provider());
    statement(assertion, said);
    attributes(assertion, said.attributes());
    return assertion;
  }

  private static void subject(Element assertion, To to, Said said, Instant now) {
    var subject = Writing.saml(assertion, "Subject");
    var name = Writing.saml(subject, "NameID");
    name.setAttributeNS(null, "Format", said.nameId().format().uri());
    if (said.nameId().format() == NameIdFormat.PERSISTENT)
      name.setAttributeNS(null, "SPNameQualifier", to.provider());
    name.setTextContent(said.nameId().value());
    var confirmation = Writing.saml(subject, "SubjectConfirmation");
    confirmation.setAttributeNS(null, "Method", Uris.BEARER);
    var data = Writing.saml(confirmation, "SubjectConfirmationData");
    data.setAttributeNS(null, "NotOnOrAfter", Writing.time(now.plus(LIFE)));
    data.setAttributeNS(null, "Recipient", to.consumer().toString());
    to.inResponseTo().ifPresent(id -> data.setAttributeNS(null, "InResponseTo", id));
  }

  private static void statement(Element assertion, Said said) {
    var statement = Writing.saml(assertion, "AuthnStatement");
    statement.setAttributeNS(null, "AuthnInstant", Writing.time(said.signedInAt()));
    statement.setAttributeNS(null, "SessionIndex", said.sessionIndex());
    statement.setAttributeNS(null, "SessionNotOnOrAfter", Writing.time(said.sessionEnds()));
    Writing.saml(Writing.saml(statement, "AuthnContext"), "AuthnContextClassRef")
        .setTextContent(said.context());
  }

  private static void attributes(Element assertion, Map<String, List<String>> all) {
    var filled = all.entrySet().stream().filter(one -> !one.getValue().isEmpty()).toList();
    if (filled.isEmpty()) return;
    var statement = Writing.saml(assertion, "AttributeStatement");
    for (var one : filled) {
      var attribute = Writing.saml(statement, "Attribute");
      attribute.setAttributeNS(null, "Name", one.getKey());
      attribute.setAttributeNS(null, "NameFormat", Uris.NAME_BASIC);
      one.getValue()
          .forEach(text -> Writing.saml(attribute, "AttributeValue").setTextContent(text));
    }
  }
}
