// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission.signin;

import dev.vigil.admission.Actor;
import dev.vigil.admission.Changes;
import dev.vigil.admission.OneTime;
import dev.vigil.admission.Work;
import dev.vigil.identity.Role;
import dev.vigil.kernel.Outcome;
import dev.vigil.kernel.Secret;
import dev.vigil.kernel.Sha256;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/// The way in for the first administrator: a secret for a quarter of an hour, and only while no
/// administrator has ever existed.
public final class FirstAdministrator {

  private static final Duration LIFE = Duration.ofMinutes(15);
  private static final Sha256 MARK =
      Sha256.of("an administrator has existed".getBytes(StandardCharsets.UTF_8));
  private static final Instant NEVER = Instant.parse("9999-12-31T00:00:00Z");

  private final Changes changes;

  public FirstAdministrator(Changes changes) {
    this.changes = changes;
  }

  /// A new secret for the link; an earlier one stays good until it expires, but only one of them
  /// will be used.
  public Outcome<Secret> offer() {
    return changes.commit(
        Actor.SYSTEM,
        work -> {
          if (existed(work)) return Outcome.refused(SignInRefusal.ADMINISTRATOR_EXISTS);
          var secret = Secret.random(work.entropy());
          work.tx()
              .put(
                  new OneTime(
                      OneTime.Kind.ADMINISTRATOR, secret.digest(), "", work.now().plus(LIFE)));
          work.note("first-administrator-offered", "no administrator has ever existed", Map.of());
          return Outcome.done(secret);
        });
  }

  static boolean existed(Work work) {
    return work.tx().peek(OneTime.Kind.ADMINISTRATOR, MARK, work.now()).isPresent()
        || work.tx().subjects().stream()
            .anyMatch(subject -> subject.roles().contains(Role.ADMINISTRATOR));
  }

  static void remember(Work work) {
    work.tx().put(new OneTime(OneTime.Kind.ADMINISTRATOR, MARK, "", NEVER));
  }
}
