// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission.device;

import dev.vigil.admission.Actor;
import dev.vigil.admission.Changes;
import dev.vigil.admission.OneTime;
import dev.vigil.identity.Session;
import dev.vigil.kernel.Bytes;
import dev.vigil.kernel.Entropy;
import dev.vigil.kernel.SessionId;
import dev.vigil.kernel.Sha256;
import dev.vigil.kernel.SubjectId;
import dev.vigil.posture.Device;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/// The single-use challenges of enrolment and of attesting again. The challenge that a device
/// attests is a digest over its public key, its subject and a random nonce, so that a statement
/// made for one is worth nothing to another.
final class Challenges {

  private static final Duration LIFETIME = Duration.ofMinutes(5);
  private static final int NONCE_BYTES = 32;
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Changes changes;

  Challenges(Changes changes) {
    this.changes = changes;
  }

  /// For whom a challenge was made.
  ///
  /// @param session in which it enrols; empty for a device that is enrolled already
  record Holder(Optional<SessionId> session, SubjectId subject, Sha256 key) {

    static Holder of(Session session, Session.Binding.Key key) {
      return new Holder(Optional.of(session.id()), session.subject(), key.thumbprint());
    }

    static Holder of(Device device) {
      return new Holder(Optional.empty(), device.subject(), device.key());
    }
  }

  static Bytes fresh(Holder holder, Entropy entropy) {
    var out = new ByteArrayOutputStream();
    out.writeBytes(
        (holder.session.isPresent() ? "vigil-enrol-v1" : "vigil-attest-v1")
            .getBytes(StandardCharsets.US_ASCII));
    out.writeBytes(holder.key.bytes());
    out.writeBytes(holder.subject.value().getBytes(StandardCharsets.US_ASCII));
    out.writeBytes(entropy.bytes(NONCE_BYTES));
    return Bytes.of(Sha256.of(out.toByteArray()).bytes());
  }

  static OneTime kept(Bytes challenge, Holder holder, Instant now) {
    return new OneTime(
        OneTime.Kind.ENROLMENT,
        Sha256.of(challenge.toArray()),
        JSON.writeValueAsString(written(holder)),
        now.plus(LIFETIME));
  }

  private static java.util.Map<String, String> written(Holder holder) {
    return java.util.Map.of(
        "session",
        holder.session.map(SessionId::value).orElse(""),
        "subject",
        holder.subject.value(),
        "key",
        holder.key.toString());
  }

  /// Spends a challenge, whatever comes of the enrolment, and says for whom it was made.
  Optional<Holder> spend(Actor actor, Bytes challenge) {
    return changes
        .commit(
            actor,
            work ->
                work.tx().spend(OneTime.Kind.ENROLMENT, Sha256.of(challenge.toArray()), work.now()))
        .map(value -> read(value.content()));
  }

  private static Holder read(String content) {
    var json = JSON.readTree(content);
    return new Holder(
        Optional.of(json.required("session").asString())
            .filter(id -> !id.isEmpty())
            .map(SessionId::new),
        new SubjectId(json.required("subject").asString()),
        Sha256.parse(json.required("key").asString()));
  }
}
