// SPDX-License-Identifier: Apache-2.0
package dev.vigil.policy;

import static dev.vigil.policy.FactType.ADDRESS;
import static dev.vigil.policy.FactType.BOOLEAN;
import static dev.vigil.policy.FactType.DECIMAL;
import static dev.vigil.policy.FactType.INTEGER;
import static dev.vigil.policy.FactType.STRING;
import static dev.vigil.policy.FactType.STRINGS;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Every name an expression may use, declared once: type, unit, allowed values, description. What
/// an organisation declares beside the standard ones are attributes: [#with].
public final class FactsSchema {

  private static final FactsSchema STANDARD = declare();

  private final Map<String, Fact> byName = new LinkedHashMap<>();
  private final Map<Entity, List<Fact>> byEntity = new EnumMap<>(Entity.class);

  private FactsSchema() {
    for (var entity : Entity.values()) byEntity.put(entity, new ArrayList<>());
  }

  /// The facts that Vigil itself knows.
  public static FactsSchema standard() {
    return STANDARD;
  }

  private static FactsSchema declare() {
    var schema = new FactsSchema();
    schema.subjects();
    schema.authentications();
    DeviceSchema.declare(schema);
    schema.connections();
    schema.networks();
    schema.risks();
    schema.apps();
    schema.requests();
    return schema;
  }

  private void subjects() {
    fact(Entity.SUBJECT, "id", STRING, "the subject's opaque id");
    fact(
        Entity.SUBJECT,
        "population",
        STRING,
        "which population the subject belongs to",
        "employee",
        "customer",
        "partner",
        "workload",
        "agent");
    fact(Entity.SUBJECT, "groups", STRINGS, "the groups the subject is in");
    fact(Entity.SUBJECT, "roles", STRINGS, "the administrative roles the subject holds");
    fact(Entity.SUBJECT, "active", BOOLEAN, "whether the subject may sign in at all");
    fact(
        Entity.SUBJECT,
        "acting_for",
        STRING,
        "the id of the person on whose behalf an agent acts; unknown for everyone else");
  }

  private void authentications() {
    fact(
        Entity.AUTHENTICATION,
        "methods",
        STRINGS,
        "how the subject authenticated in this session, in RFC 8176 `amr` terms");
    fact(
        Entity.AUTHENTICATION,
        "strength",
        STRING,
        "the strongest authentication of the session",
        "none",
        "certificate",
        "federated",
        "passkey",
        "passkey-hardware");
    fact(
        Entity.AUTHENTICATION,
        "phishing_resistant",
        BOOLEAN,
        "whether the authentication is bound to this site's origin");
    fact(
        Entity.AUTHENTICATION,
        "user_verified",
        BOOLEAN,
        "whether the authenticator verified the person (biometric or PIN)");
    fact(
        Entity.AUTHENTICATION,
        "biometric",
        BOOLEAN,
        "whether the verification is known to have been biometric");
    fact(
        Entity.AUTHENTICATION,
        "transaction_approved",
        BOOLEAN,
        "whether exactly this action was approved by the person and the approval is unspent");
    fact(
        Entity.AUTHENTICATION,
        "acr",
        STRING,
        "the authentication context class that the identity provider asserted (OpenID Connect Core"
            + " section 2)");
  }

  private void connections() {
    fact(
        Entity.CONNECTION,
        "mutual_tls",
        BOOLEAN,
        "whether the connection is mutually authenticated");
    fact(Entity.CONNECTION, "tls_version", STRING, "the TLS version", "TLSv1.2", "TLSv1.3");
    fact(
        Entity.CONNECTION,
        "binding",
        STRING,
        "what the access token is bound to",
        "certificate",
        "dpop",
        "cookie",
        "none");
    fact(
        Entity.CONNECTION,
        "key_exchange",
        STRING,
        "the group of the TLS key exchange, as IANA names it, such as `X25519MLKEM768`");
    fact(
        Entity.CONNECTION,
        "network_trusted",
        BOOLEAN,
        "whether the connection came in over a network that the organisation runs; grants nothing"
            + " by itself");
  }

  private void networks() {
    fact(Entity.NETWORK, "address", ADDRESS, "the client's address");
    fact(
        Entity.NETWORK,
        "country",
        STRING,
        "the country the address is registered in, ISO 3166-1 alpha-2");
    fact(Entity.NETWORK, "asn", INTEGER, "the number of the autonomous system (RFC 6793)");
    fact(
        Entity.NETWORK,
        "anonymiser",
        BOOLEAN,
        "whether the address belongs to an anonymiser: a public proxy, VPN or Tor exit");
  }

  private void risks() {
    var whose = List.of("session", "subject", "device");
    for (var one : whose)
      fact(Entity.RISK, one, STRING, "the risk of this " + one, "none", "low", "medium", "high");
    for (var one : whose)
      fact(
          Entity.RISK,
          one + "_score",
          DECIMAL,
          "the risk of this " + one + " as a number from 0 (none) to 1");
    fact(Entity.RISK, "detections", STRINGS, "what was detected, by the detectors' names");
  }

  private void apps() {
    fact(Entity.APP, "id", STRING, "the app's name");
    fact(
        Entity.APP,
        "sensitivity",
        STRING,
        "how sensitive the app is",
        "low",
        "normal",
        "high",
        "critical");
    fact(Entity.APP, "tags", STRINGS, "the app's tags");
  }

  private void requests() {
    fact(Entity.REQUEST, "method", STRING, "the HTTP method");
    fact(Entity.REQUEST, "path", STRING, "the normalised path, without the query");
    fact(
        Entity.REQUEST,
        "protocol",
        STRING,
        "the application protocol",
        "http/1.1",
        "h2",
        "h3",
        "websocket");
    fact(Entity.REQUEST, "body_bytes", INTEGER, "the declared length of the body");
    fact(
        Entity.REQUEST,
        "tool",
        STRING,
        "the tool that an agent calls, as the Model Context Protocol names it");
  }

  void fact(Entity entity, String name, FactType type, String description, String... allowed) {
    var siblings = byEntity.get(entity);
    if (siblings == null) throw new IllegalStateException("every entity has a list");
    var fact =
        new Fact(entity, name, type, siblings.size(), unit(name), Set.of(allowed), description);
    siblings.add(fact);
    byName.put(fact.qualifiedName(), fact);
  }

  private static String unit(String name) {
    return name.equals("body_bytes") ? "bytes" : "";
  }

  /// This schema and these attributes beside it.
  ///
  /// @throws IllegalArgumentException if one of them is no attribute, or its name is taken
  public FactsSchema with(Collection<Fact> attributes) {
    if (attributes.isEmpty()) return this;
    var more = new FactsSchema();
    byEntity.forEach((entity, facts) -> more.byEntity.put(entity, List.copyOf(facts)));
    more.byName.putAll(byName);
    for (var attribute : attributes) {
      if (!attribute.isAttribute()
          || more.byName.putIfAbsent(attribute.qualifiedName(), attribute) != null)
        throw new IllegalArgumentException(
            "`" + attribute.qualifiedName() + "` cannot be declared");
    }
    return more;
  }

  /// What was declared beside the standard facts.
  public List<Fact> attributes() {
    return byName.values().stream().filter(Fact::isAttribute).toList();
  }

  /// The fact of a qualified name, if there is one.
  public Optional<Fact> find(String qualifiedName) {
    return Optional.ofNullable(byName.get(qualifiedName));
  }

  /// The facts of one entity, by slot.
  public List<Fact> of(Entity entity) {
    return List.copyOf(byEntity.getOrDefault(entity, List.of()));
  }

  /// The fact of this name, which must be about this entity.
  ///
  /// @throws IllegalArgumentException if there is none
  Fact require(Entity entity, String qualifiedName) {
    var fact = byName.get(qualifiedName);
    if (fact == null || fact.entity() != entity) {
      throw new IllegalArgumentException(
          "the facts schema has no `" + qualifiedName + "` about a " + entity.prefix());
    }
    return fact;
  }

  /// Every fact in the order of declaration.
  public List<Fact> all() {
    return List.copyOf(byName.values());
  }
}
