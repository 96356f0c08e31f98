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

import java.util.List;

/// The declarations of the facts that Vigil itself knows, entity by entity, in the order of their
/// slots.
final class StandardFacts {

  private final FactsSchema schema;

  StandardFacts(FactsSchema schema) {
    this.schema = schema;
  }

  void declare() {
    subjects();
    authentications();
    devices();
    connections();
    networks();
    risks();
    apps();
    requests();
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

  private void devices() {
    fact(Entity.DEVICE, "id", STRING, "the device's opaque id");
    fact(Entity.DEVICE, "active", BOOLEAN, "whether the device is enrolled and not revoked");
    fact(
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
    fact(Entity.DEVICE, "model", STRING, "the maker's name of the model");
    fact(Entity.DEVICE, "os_version", VERSION, "the operating system's version");
    fact(Entity.DEVICE, "patch_date", DATE, "the date of the security patch level");
    fact(Entity.DEVICE, "managed", BOOLEAN, "whether the organisation manages the device");
    fact(Entity.DEVICE, "corporate", BOOLEAN, "whether the organisation owns the device");
    fact(
        Entity.DEVICE,
        "compliant",
        BOOLEAN,
        "whether the management product calls the device compliant");
    fact(Entity.DEVICE, "encrypted", BOOLEAN, "whether storage is encrypted");
    fact(Entity.DEVICE, "screen_lock", BOOLEAN, "whether a screen lock is set");
    fact(Entity.DEVICE, "rooted", BOOLEAN, "whether the device is rooted or jailbroken");
    fact(Entity.DEVICE, "secure_boot", BOOLEAN, "whether the device booted verified software only");
    fact(
        Entity.DEVICE,
        "threat_level",
        STRING,
        "the threat level seen on the device",
        "none",
        "low",
        "medium",
        "high");
    fact(Entity.DEVICE, "hardware_key", BOOLEAN, "whether the device's key is kept in hardware");
    fact(
        Entity.DEVICE,
        "attestation",
        STRING,
        "where an attestation that was verified says the device's key is kept",
        "none",
        "software",
        "hardware");
    attestations();
  }

  private void attestations() {
    fact(
        Entity.DEVICE,
        "attestation_root",
        STRING,
        "whose root stands behind the attestation: the vendor's, or a test root that was configured"
            + " for development",
        "vendor",
        "test");
    fact(
        Entity.DEVICE,
        "key_protection",
        STRING,
        "where the device's key is kept",
        "software",
        "tee",
        "strongbox",
        "secure-enclave",
        "tpm");
    fact(
        Entity.DEVICE,
        "key_unlock",
        STRING,
        "what the person must do before the device's key signs",
        "none",
        "credential",
        "biometric");
    fact(Entity.DEVICE, "bootloader_locked", BOOLEAN, "whether the bootloader is locked");
    fact(
        Entity.DEVICE,
        "verified_boot",
        STRING,
        "what the device verified of the software that it booted",
        "verified",
        "self-signed",
        "unverified",
        "failed");
    fact(
        Entity.DEVICE,
        "vendor_patch_date",
        DATE,
        "the date of the patch level of the maker's own software");
    fact(Entity.DEVICE, "boot_patch_date", DATE, "the date of the patch level of the boot image");
    fact(Entity.DEVICE, "developer_mode", BOOLEAN, "whether developer options are on");
    fact(
        Entity.DEVICE,
        "patch_current",
        BOOLEAN,
        "whether the security patch is as new as the organisation asked a phone in privacy mode");
    fact(
        Entity.DEVICE,
        "os_current",
        BOOLEAN,
        "whether the system's version is as new as the organisation asked a phone in privacy mode");
    fact(Entity.DEVICE, "app_name", STRING, "the app that speaks for the device");
    fact(
        Entity.DEVICE,
        "app_signer",
        STRING,
        "SHA-256 of the certificate that signed the app, in hexadecimal");
    fact(
        Entity.DEVICE,
        "app_integrity",
        STRING,
        "whether the store knows the app as its own",
        "unrecognized",
        "recognized");
    fact(
        Entity.DEVICE,
        "device_integrity",
        STRING,
        "how far the vendor vouches for the device's integrity",
        "none",
        "basic",
        "device",
        "strong");
    fact(
        Entity.DEVICE,
        "app_access_risk",
        STRING,
        "what other apps on the device could do to this one",
        "none",
        "capturing",
        "controlling");
    fact(
        Entity.DEVICE,
        "contradictions",
        STRINGS,
        "what sources of different tiers say of the device that cannot both be true, such as"
            + " `compliant/bootloader_locked`");
    releases();
  }

  private void releases() {
    fact(
        Entity.DEVICE,
        "update_due",
        DATE,
        "since when an update is out that the device lacks; 9999-12-31 if there is none. In the"
            + " future while the next one is only announced");
    fact(
        Entity.DEVICE,
        "system_support_ends",
        DATE,
        "until when its maker patches this version of the operating system; 9999-12-31 if no end is"
            + " announced");
    fact(
        Entity.DEVICE,
        "model_support_ends",
        DATE,
        "until when its maker patches this model; 9999-12-31 if no end is announced");
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

  private void fact(
      Entity entity, String name, FactType type, String description, String... allowed) {
    schema.add(entity, name, type, description, allowed);
  }
}
