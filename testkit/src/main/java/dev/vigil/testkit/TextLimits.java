// SPDX-License-Identifier: Apache-2.0
package dev.vigil.testkit;

import dev.vigil.admission.App;
import dev.vigil.admission.OneTime;
import dev.vigil.admission.PendingPolicy;
import dev.vigil.admission.PolicyText;
import dev.vigil.admission.feed.FeedClaim;
import dev.vigil.admission.feed.FeedLink;
import dev.vigil.admission.feed.FeedState;
import dev.vigil.admission.provisioning.ProvisionedGroup;
import dev.vigil.admission.provisioning.ProvisionedUser;
import dev.vigil.audit.SecurityEvent;
import dev.vigil.identity.Passkey;
import dev.vigil.identity.Session;
import dev.vigil.identity.Subject;
import dev.vigil.pki.IssuedCertificate;
import dev.vigil.posture.Device;
import dev.vigil.posture.Signal;

/// The lengths that the store on SQL takes, in characters (code points). The contract suite holds
/// both to the same numbers. What SQL keeps as JSON is limited there as a whole and is not repeated
/// here.
final class TextLimits {

  private TextLimits() {}

  static void check(Subject subject) {
    check("user name", subject.userName(), 320);
    check("display name", subject.displayName(), 256);
  }

  static void check(Passkey passkey) {
    check("credential id", passkey.credentialId(), 1400);
    check("name", passkey.name(), 256);
  }

  static void check(Device device) {
    check("name", device.name(), 256);
    device.revoked().ifPresent(revoked -> check("cause", revoked.cause(), 1024));
  }

  static void check(IssuedCertificate certificate) {
    check("serial", certificate.serial(), 64);
  }

  static void check(Signal signal) {
    check("value", signal.value(), 256);
    check("source", signal.source(), 64);
  }

  static void check(Session session) {
    session.ended().ifPresent(ended -> check("cause", ended.cause(), 1024));
  }

  static void check(App app) {
    check("host", app.host(), 253);
    check("upstream", app.upstream().toString(), 2048);
    check("sensitivity", app.sensitivity(), 32);
  }

  static void check(PolicyText policy) {
    policy
        .files()
        .forEach((name, content) -> {
          check("file name", name, 128);
          check("file", content, 1_048_576);
        });
    check("actor", policy.actor(), 64);
    check("reason", policy.reason(), 1024);
  }

  static void check(PendingPolicy pending) {
    check("reason", pending.reason(), 1024);
  }

  static void check(ProvisionedUser user) {
    user.externalId().ifPresent(id -> check("external id", id, 256));
    check("attributes", user.attributes(), 32_768);
  }

  static void check(ProvisionedGroup group) {
    group.externalId().ifPresent(id -> check("external id", id, 256));
    check("display name", group.displayName(), 256);
    check("name", group.name(), 64);
  }

  static void check(FeedState feed) {
    check("feed", feed.feed(), 64);
    feed.resume().ifPresent(cursor -> check("cursor", cursor, 8192));
    feed.failure().ifPresent(failure -> check("failure", failure.says(), 1024));
  }

  static void check(FeedLink link) {
    check("feed", link.feed(), 64);
    check("id", link.management(), 256);
  }

  static void check(FeedClaim claim) {
    check("feed", claim.feed(), 64);
    check("id", claim.management(), 256);
  }

  static void check(OneTime value) {
    check("content", value.content(), 262_144);
  }

  static void check(SecurityEvent event) {
    check("type", event.type(), 100);
    check("actor", event.actor(), 64);
    check("cause", event.cause(), 1024);
  }

  static void checkFacts(String entity, String id, String json) {
    check("entity", entity, 32);
    check("id", id, 128);
    check("facts", json, 65_536);
  }

  private static void check(String name, String text, int most) {
    boolean plain =
        text.codePoints()
            .noneMatch(
                c -> c == 0 || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE));
    if (!plain)
      throw new IllegalArgumentException("the " + name + " is no Unicode text without NUL");
    if (text.codePointCount(0, text.length()) > most)
      throw new IllegalArgumentException("the " + name + " is longer than " + most + " characters");
  }
}
