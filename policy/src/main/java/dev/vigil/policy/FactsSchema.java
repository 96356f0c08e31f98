// SPDX-License-Identifier: Apache-2.0
package dev.vigil.policy;

import static dev.vigil.policy.FactType.ADDRESS;
import static dev.vigil.policy.FactType.BOOLEAN;
import static dev.vigil.policy.FactType.DATE;
import static dev.vigil.policy.FactType.DECIMAL;
import static dev.vigil.policy.FactType.INTEGER;
import static dev.vigil.policy.FactType.STRING;
import static dev.vigil.policy.FactType.STRINGS;
import static dev.vigil.policy.FactType.VERSION;

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
    var s = new FactsSchema();
    s.fact(Entity.SUBJECT, "id", STRING, "the subject's opaque id");
    s.fact(
        Entity.SUBJECT,
        "population",
        STRING,
        "which population the subject belongs to",
        "employee",
        "customer",
        "partner",
        "workload",
        "agent");
    s.fact(Entity.SUBJECT, "groups", STRINGS, "the groups the subject is in");
    s.fact(Entity.SUBJECT, "roles", STRINGS, "the administrative roles the subject holds");
    s.fact(Entity.SUBJECT, "active", BOOLEAN, "whether the subject may sign in at all");
    s.fact(
        Entity.SUBJECT,
        "acting_for",
        STRING,
        "the id of the person on whose behalf an agent acts; unknown for everyone else");

    s.fact(
        Entity.AUTHENTICATION,
        "methods",
        STRINGS,
        "how the subject authenticated in this session, in RFC 8176 `amr` terms");
    s.fact(
        Entity.AUTHENTICATION,
        "strength",
        STRING,
        "the strongest authentication of the session",
        "none",
        "certificate",
        "federated",
        "passkey",
        "passkey-hardware");
    s.fact(
        Entity.AUTHENTICATION,
        "phishing_resistant",
        BOOLEAN,
        "whether the authentication is bound to this site's origin");
    s.fact(
        Entity.AUTHENTICATION,
        "user_verified",
        BOOLEAN,
        "whether the authenticator verified the person (biometric or PIN)");
    s.fact(
        Entity.AUTHENTICATION,
        "biometric",
        BOOLEAN,
        "whether the verification is known to have been biometric");
    s.fact(
        Entity.AUTHENTICATION,
        "transaction_approved",
        BOOLEAN,
        "whether exactly this action was approved by the person and the approval is unspent");
    s.fact(
        Entity.AUTHENTICATION,
        "acr",
        STRING,
        "the authentication context class that the identity provider asserted (OpenID Connect Core"
            + " section 2)");

    s.fact(Entity.DEVICE, "id", STRING, "the device's opaque id");
    s.fact(Entity.DEVICE, "active", BOOLEAN, "whether the device is enrolled and not revoked");
    s.fact(
        Entity.DEVICE,
        "platform",
        STRING,
        "the operating system",
        "android",
        "ios",
        "ipados",
        "macos",
        "windows",
        "linux");
    s.fact(Entity.DEVICE, "model", STRING, "the maker's name of the model");
    s.fact(Entity.DEVICE, "os_version", VERSION, "the operating system's version");
    s.fact(Entity.DEVICE, "patch_date", DATE, "the date of the security patch level");
    s.fact(Entity.DEVICE, "managed", BOOLEAN, "whether the organisation manages the device");
    s.fact(Entity.DEVICE, "corporate", BOOLEAN, "whether the organisation owns the device");
    s.fact(
        Entity.DEVICE,
        "compliant",
        BOOLEAN,
        "whether the management product calls the device compliant");
    s.fact(Entity.DEVICE, "encrypted", BOOLEAN, "whether storage is encrypted");
    s.fact(Entity.DEVICE, "screen_lock", BOOLEAN, "whether a screen lock is set");
    s.fact(Entity.DEVICE, "rooted", BOOLEAN, "whether the device is rooted or jailbroken");
    s.fact(
        Entity.DEVICE, "secure_boot", BOOLEAN, "whether the device booted verified software only");
    s.fact(
        Entity.DEVICE,
        "threat_level",
        STRING,
        "the threat level seen on the device",
        "none",
        "low",
        "medium",
        "high");
    s.fact(Entity.DEVICE, "hardware_key", BOOLEAN, "whether the device's key is kept in hardware");
    s.fact(
        Entity.DEVICE,
        "attestation",
        STRING,
        "where an attestation that was verified says the device's key is kept",
        "none",
        "software",
        "hardware");

    s.fact(
        Entity.CONNECTION,
        "mutual_tls",
        BOOLEAN,
        "whether the connection is mutually authenticated");
    s.fact(Entity.CONNECTION, "tls_version", STRING, "the TLS version", "TLSv1.2", "TLSv1.3");
    s.fact(
        Entity.CONNECTION,
        "binding",
        STRING,
        "what the access token is bound to",
        "certificate",
        "dpop",
        "cookie",
        "none");
    s.fact(
        Entity.CONNECTION,
        "key_exchange",
        STRING,
        "the group of the TLS key exchange, as IANA names it, such as `X25519MLKEM768`");
    s.fact(
        Entity.CONNECTION,
        "network_trusted",
        BOOLEAN,
        "whether the connection came in over a network that the organisation runs; grants nothing"
            + " by itself");

    s.fact(Entity.NETWORK, "address", ADDRESS, "the client's address");
    s.fact(
        Entity.NETWORK,
        "country",
        STRING,
        "the country the address is registered in, ISO 3166-1 alpha-2");
    s.fact(Entity.NETWORK, "asn", INTEGER, "the number of the autonomous system (RFC 6793)");
    s.fact(
        Entity.NETWORK,
        "anonymiser",
        BOOLEAN,
        "whether the address belongs to an anonymiser: a public proxy, VPN or Tor exit");

    s.fact(
        Entity.RISK,
        "session",
        STRING,
        "the risk of this session",
        "none",
        "low",
        "medium",
        "high");
    s.fact(
        Entity.RISK,
        "subject",
        STRING,
        "the risk of this subject",
        "none",
        "low",
        "medium",
        "high");
    s.fact(
        Entity.RISK, "device", STRING, "the risk of this device", "none", "low", "medium", "high");
    for (var whose : List.of("session", "subject", "device"))
      s.fact(
          Entity.RISK,
          whose + "_score",
          DECIMAL,
          "the risk of this " + whose + " as a number from 0 (none) to 1");
    s.fact(Entity.RISK, "detections", STRINGS, "what was detected, by the detectors' names");

    s.fact(Entity.APP, "id", STRING, "the app's name");
    s.fact(
        Entity.APP,
        "sensitivity",
        STRING,
        "how sensitive the app is",
        "low",
        "normal",
        "high",
        "critical");
    s.fact(Entity.APP, "tags", STRINGS, "the app's tags");

    s.fact(Entity.REQUEST, "method", STRING, "the HTTP method");
    s.fact(Entity.REQUEST, "path", STRING, "the normalised path, without the query");
    s.fact(
        Entity.REQUEST,
        "protocol",
        STRING,
        "the application protocol",
        "http/1.1",
        "h2",
        "h3",
        "websocket");
    s.fact(Entity.REQUEST, "body_bytes", INTEGER, "the declared length of the body");
    s.fact(
        Entity.REQUEST,
        "tool",
        STRING,
        "the tool that an agent calls, as the Model Context Protocol names it");
    return s;
  }

  private void fact(
      Entity entity, String name, FactType type, String description, String... allowed) {
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
