// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission.saml;

import dev.vigil.admission.Changes;
import dev.vigil.admission.OneTime;
import dev.vigil.admission.Work;
import dev.vigil.identity.saml.Incoming;
import dev.vigil.identity.saml.Received;
import dev.vigil.identity.saml.RegisteredProvider;
import dev.vigil.identity.saml.SamlRefusal;
import dev.vigil.kernel.Bytes;
import dev.vigil.kernel.Outcome;
import dev.vigil.kernel.Refusal;
import dev.vigil.kernel.Secret;
import dev.vigil.kernel.Sha256;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/// What sign-on and logout share: whose a message is, that it comes once, what is kept between two
/// steps, and that every refusal leaves an event.
final class Messages {

  private Messages() {}

  static Outcome<RegisteredProvider> sender(Work work, Incoming message) {
    return work.tx()
        .saml()
        .entity(message.issuer())
        .map(Outcome::done)
        .orElseGet(() -> Outcome.refused(SamlRefusal.PROVIDER));
  }

  /// A message of this ID, once while it could still be fresh.
  static Outcome<String> once(Work work, RegisteredProvider sender, String id) {
    var key = key("message " + sender.id(), id);
    if (work.tx().peek(OneTime.Kind.PROOF, key, work.now()).isPresent())
      return Outcome.refused(SamlRefusal.REPLAYED);
    var life = Received.OLDEST.plus(Received.AHEAD).plus(Received.AHEAD);
    work.tx().put(new OneTime(OneTime.Kind.PROOF, key, "{}", work.now().plus(life)));
    return Outcome.done(id);
  }

  static Sha256 key(String kind, String text) {
    return Sha256.of(("saml " + kind + "\n" + text).getBytes(StandardCharsets.UTF_8));
  }

  /// Keeps what is under way; whoever has the handle goes on with it.
  static String keep(Work work, String kind, Object content, Duration life) {
    var handle = Bytes.of(Secret.random(work.entropy()).reveal()).toString();
    keepAt(work, kind, handle, content, life);
    return handle;
  }

  static void keepAt(Work work, String kind, String handle, Object content, Duration life) {
    work.tx()
        .put(OneTime.of(OneTime.Kind.CEREMONY, key(kind, handle), content, work.now().plus(life)));
  }

  static <T> Optional<T> spend(Work work, String kind, String handle, Class<T> type) {
    return work.tx()
        .spend(OneTime.Kind.CEREMONY, key(kind, handle), work.now())
        .map(value -> value.as(type));
  }

  /// Passes an answer on; a refusal leaves an event.
  static <T> Outcome<T> noted(Changes changes, Outcome<T> outcome, String issuer) {
    if (outcome instanceof Outcome.Refused<T>(Refusal refusal, String _))
      changes.refused("saml-refused", refusal, "issuer", issuer);
    return outcome;
  }
}
