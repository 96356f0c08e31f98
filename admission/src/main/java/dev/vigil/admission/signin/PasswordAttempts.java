// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission.signin;

import dev.vigil.admission.Actor;
import dev.vigil.admission.Changes;
import dev.vigil.identity.oauth.OAuthRefusal;
import dev.vigil.identity.oauth.PasswordAttempt;
import dev.vigil.kernel.Outcome;
import java.util.Map;
import java.util.Optional;

/// Refuses whatever looks like a password before anything else is looked at, and records that it
/// was tried. What was tried is never kept.
public final class PasswordAttempts {

  private final Changes changes;

  public PasswordAttempts(Changes changes) {
    this.changes = changes;
  }

  /// The form, if neither it nor the `Authorization` header carries a password.
  public Outcome<Map<String, String>> none(
      Map<String, String> form, Optional<String> authorization) {
    if (!PasswordAttempt.in(form) && authorization.filter(PasswordAttempt::inHeader).isEmpty())
      return Outcome.done(form);
    changes.refused(Actor.SYSTEM, "password-attempt-refused", OAuthRefusal.PASSWORD);
    return Outcome.refused(OAuthRefusal.PASSWORD);
  }
}
