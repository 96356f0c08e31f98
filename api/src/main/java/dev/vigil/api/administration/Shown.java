// SPDX-License-Identifier: Apache-2.0
package dev.vigil.api.administration;

import dev.vigil.admission.App;
import dev.vigil.admission.PolicyText;
import dev.vigil.admission.administration.People;
import dev.vigil.audit.SecurityEvent;
import dev.vigil.identity.Authentication;
import dev.vigil.identity.Role;
import dev.vigil.identity.Session;
import dev.vigil.identity.Subject;
import dev.vigil.pki.IssuedCertificate;
import dev.vigil.posture.Device;
import java.util.Collection;
import java.util.Locale;
import java.util.TreeMap;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The one mapping from what Vigil knows to the JSON that administrators see.
final class Shown {

  private Shown() {}

  static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  private static void words(ObjectNode node, String name, Collection<String> words) {
    var array = node.putArray(name);
    words.stream().sorted().forEach(array::add);
  }

  static String label(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  static ObjectNode subject(Subject subject) {
    var node =
        object()
            .put("id", subject.id().value())
            .put("user_name", subject.userName())
            .put("display_name", subject.displayName());
    node.put("population", subject.population().label()).put("active", subject.active());
    words(node, "groups", subject.groups());
    words(node, "roles", subject.roles().stream().map(Role::label).toList());
    return node.put("created_at", subject.createdAt().toString());
  }

  static ObjectNode person(People.Person person) {
    var node = object();
    node.set("subject", subject(person.subject()));
    node.put("passkeys", person.passkeys());
    var devices = node.putArray("devices");
    person.devices().forEach(device -> devices.add(device(device)));
    var sessions = node.putArray("sessions");
    person.sessions().forEach(session -> sessions.add(session(session)));
    return node;
  }

  static ObjectNode invited(People.Invited invited) {
    var node = object();
    node.set("subject", subject(invited.subject()));
    node.putObject("invitation")
        .put("url", invited.invitation().link().toString())
        .put("expires_at", invited.invitation().expiresAt().toString());
    return node;
  }

  static ObjectNode device(Device device) {
    var node =
        object()
            .put("id", device.id().value())
            .put("kind", label(device.kind()))
            .put("name", device.name());
    node.put("subject", device.subject().value())
        .put("key", device.key().toString())
        .put("enrolled_at", device.enrolledAt().toString());
    device
        .revoked()
        .ifPresent(revoked ->
            node.putObject("revoked")
                .put("at", revoked.at().toString())
                .put("cause", revoked.cause()));
    return node;
  }

  static ObjectNode certificate(IssuedCertificate certificate) {
    var node = shownCertificate(certificate);
    certificate.revokedAt().ifPresent(at -> node.put("revoked_at", at.toString()));
    return node;
  }

  private static ObjectNode shownCertificate(IssuedCertificate certificate) {
    return object()
        .put("serial", certificate.serial())
        .put("thumbprint", certificate.thumbprint().toString())
        .put("not_before", certificate.notBefore().toString())
        .put("not_after", certificate.notAfter().toString());
  }

  static ObjectNode session(Session session) {
    var node =
        object()
            .put("id", session.id().value())
            .put("subject", session.subject().value())
            .put("binding", binding(session.binding()));
    session.device().ifPresent(device -> node.put("device", device.value()));
    node.put("started_at", session.startedAt().toString())
        .put("expires_at", session.expiresAt().toString());
    var authentications = node.putArray("authentications");
    session.authentications().forEach(one -> authentications.add(authentication(one)));
    session
        .ended()
        .ifPresent(ended ->
            node.putObject("ended").put("at", ended.at().toString()).put("cause", ended.cause()));
    return node;
  }

  private static String binding(Session.Binding binding) {
    return switch (binding) {
      case Session.Binding.Key _ -> "key";
      case Session.Binding.Device _ -> "device";
      case Session.Binding.Cookie _ -> "cookie";
      case Session.Binding.Certificate _ -> "certificate";
    };
  }

  private static ObjectNode authentication(Authentication one) {
    var node = object().put("at", one.at().toString()).put("strength", one.strength().label());
    words(node, "methods", one.methods());
    return node.put("phishing_resistant", one.phishingResistant())
        .put("user_verified", one.userVerified());
  }

  static ObjectNode app(App app) {
    var node =
        object()
            .put("id", app.id().value())
            .put("host", app.host())
            .put("upstream", app.upstream().toString())
            .put("sensitivity", app.sensitivity());
    words(node, "tags", app.tags());
    var transactions = node.putArray("transactions");
    for (var transaction : app.transactions()) {
      var shown =
          transactions
              .addObject()
              .put("method", transaction.method())
              .put("path", transaction.path())
              .putArray("shown");
      transaction.shown().forEach(shown::add);
    }
    return node;
  }

  static ObjectNode policy(PolicyText text) {
    var node = published(text);
    var files = node.putObject("files");
    new TreeMap<>(text.files()).forEach(files::put);
    return node;
  }

  /// Without the files themselves.
  static ObjectNode version(PolicyText text) {
    return published(text).put("files", text.files().size());
  }

  private static ObjectNode published(PolicyText text) {
    return object()
        .put("version", text.version())
        .put("actor", text.actor())
        .put("reason", text.reason())
        .put("published_at", text.publishedAt().toString());
  }

  static ObjectNode event(SecurityEvent event) {
    var node =
        object()
            .put("sequence", event.sequence())
            .put("id", event.id().value())
            .put("type", event.type());
    var subjects = node.putArray("subjects");
    event.subjects().forEach(subjects::add);
    node.put("actor", event.actor()).put("cause", event.cause());
    var details = node.putObject("details");
    new TreeMap<>(event.details()).forEach(details::put);
    return node.put("occurred", event.occurred().toString())
        .put("committed", event.committed().toString());
  }
}
