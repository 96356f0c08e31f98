// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission.federation;

import dev.vigil.admission.Actor;
import dev.vigil.admission.Changes;
import dev.vigil.admission.Ending;
import dev.vigil.admission.OneTime;
import dev.vigil.admission.Work;
import dev.vigil.identity.federation.FederationRefusal;
import dev.vigil.identity.federation.LogoutTokens;
import dev.vigil.identity.federation.ProviderId;
import dev.vigil.kernel.Outcome;
import dev.vigil.kernel.Refusal;
import dev.vigil.kernel.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Ends every session that hangs on a sign-in through a provider once the person signs out there
/// (OpenID Back-Channel Logout 1.0 section 2.7).
public final class BackChannelLogout {

  private final Changes changes;
  private final Map<ProviderId, Upstream> upstreams;

  public BackChannelLogout(Changes changes, List<Upstream> upstreams) {
    this.changes = changes;
    var byId = new LinkedHashMap<ProviderId, Upstream>();
    upstreams.forEach(one -> byId.put(one.provider().id(), one));
    this.upstreams = byId;
  }

  /// How many sessions ended.
  public record Ended(int sessions) {}

  /// Takes a logout token; the same one counts once.
  public Outcome<Ended> logout(String provider, String token) {
    var upstream = ProviderId.parse(provider).map(upstreams::get);
    if (upstream.isEmpty()) return Outcome.refused(FederationRefusal.PROVIDER);
    var id = upstream.get().provider().id();
    return noted(
        id,
        upstream
            .get()
            .loggedOut(token)
            .then(notice -> changes.commit(Actor.SYSTEM, work -> end(work, id, notice))));
  }

  private static Outcome<Ended> end(Work work, ProviderId provider, LogoutTokens.Notice notice) {
    var key =
        Sha256.of(("logout " + provider + " " + notice.id()).getBytes(StandardCharsets.UTF_8));
    if (work.tx().peek(OneTime.Kind.FEDERATION, key, work.now()).isPresent())
      return Outcome.refused(FederationRefusal.LOGOUT_TOKEN);
    work.tx().forgetExpired(work.now());
    work.tx()
        .put(
            new OneTime(
                OneTime.Kind.FEDERATION, key, "", work.now().plus(LogoutTokens.REMEMBERED)));
    var signOns = work.tx().federation().signOns(provider, notice.subject(), notice.sid());
    var references = signOns.stream().map(SignOn::reference).collect(Collectors.toSet());
    references.forEach(work.tx().federation()::end);
    var sessions =
        signOns.stream()
            .map(SignOn::subject)
            .distinct()
            .flatMap(subject -> work.tx().sessionsOf(subject, work.now()).stream())
            .filter(session ->
                session.authentications().stream()
                    .anyMatch(one -> references.contains(one.credentialId())))
            .toList();
    sessions.forEach(session -> Ending.end(work, session, "signed out at the provider"));
    work.note(
        "federated-logout",
        "signed out at the provider",
        Map.of("provider", provider.value(), "sessions", Integer.toString(sessions.size())));
    return Outcome.done(new Ended(sessions.size()));
  }

  private <T> Outcome<T> noted(ProviderId provider, Outcome<T> outcome) {
    if (outcome instanceof Outcome.Refused<T>(Refusal refusal, String _))
      changes.refused("federated-logout-refused", refusal, "provider", provider.value());
    return outcome;
  }
}
