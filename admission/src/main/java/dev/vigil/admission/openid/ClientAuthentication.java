// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission.openid;

import dev.vigil.admission.Actor;
import dev.vigil.admission.Changes;
import dev.vigil.admission.OneTime;
import dev.vigil.admission.TokenClaims;
import dev.vigil.admission.View;
import dev.vigil.admission.Work;
import dev.vigil.admission.signin.Settled;
import dev.vigil.identity.oauth.ClientAssertions;
import dev.vigil.identity.oauth.OpenIdRefusal;
import dev.vigil.identity.oauth.ProofOfKey;
import dev.vigil.identity.oauth.RegisteredClient;
import dev.vigil.identity.oauth.RegisteredClient.Method;
import dev.vigil.kernel.Outcome;
import dev.vigil.kernel.Refusal;
import dev.vigil.kernel.Sha256;
import dev.vigil.pki.IssuedCertificate;
import dev.vigil.posture.Device;
import java.net.URI;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/// Authenticates a registered client the one way it is registered for. Every refusal is recorded.
public final class ClientAuthentication {

  private final Changes changes;
  private final String issuer;

  public ClientAuthentication(Changes changes, URI issuer) {
    this.changes = changes;
    this.issuer = issuer.toString();
  }

  /// What a request shows.
  ///
  /// @param id `client_id`
  /// @param assertion `client_assertion`, of the right type
  /// @param certificate the thumbprint of the one shown over mutual TLS
  /// @param proof a verified DPoP proof
  /// @param address the network address that it came from
  public record Shown(
      Optional<String> id,
      Optional<String> assertion,
      Optional<Sha256> certificate,
      Optional<ProofOfKey> proof,
      String address) {}

  /// A client that said who it is.
  ///
  /// @param binding what its tokens will be bound to; empty if it proved nothing to bind to
  /// @param address the network address that it came from
  public record Known(
      RegisteredClient client, Optional<TokenClaims.Binding> binding, String address) {

    /// The address of whoever the tokens speak for, where the client runs with them: an app on the
    /// person's device, or the machine itself. A web app's server says nothing of where people are.
    public Optional<String> itself() {
      return client.kind() == RegisteredClient.Kind.WEB ? Optional.empty() : Optional.of(address);
    }

    /// The key of its proof.
    public Optional<Sha256> key() {
      return binding.flatMap(one ->
          one instanceof TokenClaims.Binding.Key(Sha256 key) ? Optional.of(key) : Optional.empty());
    }
  }

  /// The registered client of this id.
  public Optional<RegisteredClient> find(String id) {
    return changes.read(view -> view.clients().client(id));
  }

  /// Authenticates.
  public Outcome<Known> authenticate(Shown shown) {
    return Settled.commit(
        changes,
        Actor.SYSTEM,
        work -> {
          var answer = authenticate(work, shown);
          if (answer instanceof Outcome.Refused<Known>(Refusal refusal, String detail))
            work.note(
                "client-refused",
                refusal.says(),
                Map.of(
                    "code",
                    refusal.code(),
                    "client",
                    named(shown).filter(RegisteredClient::isId).orElse("?"),
                    "detail",
                    detail));
          return answer;
        });
  }

  /// Finds out who revokes a token (RFC 7009 section 2.1). A native app may name itself and no
  /// more: libraries prove no key there, and the token that ends is one that it holds. Whoever
  /// shows anything else is authenticated by it.
  public Outcome<Known> revoking(Shown shown) {
    boolean bare = shown.proof().isEmpty() && shown.assertion().isEmpty();
    return shown
        .id()
        .filter(_ -> bare)
        .flatMap(this::find)
        .filter(client -> !client.confidential())
        .map(client -> Outcome.done(new Known(client, Optional.empty(), shown.address())))
        .orElseGet(() -> authenticate(shown));
  }

  private static Optional<String> named(Shown shown) {
    return shown.id().or(() -> shown.assertion().flatMap(ClientAssertions::client));
  }

  private Outcome<Known> authenticate(Work work, Shown shown) {
    var client = named(shown).flatMap(work.tx().clients()::client);
    if (client.isEmpty()) return Outcome.refused(OpenIdRefusal.CLIENT);
    var key =
        shown.proof().<TokenClaims.Binding>map(proof -> new TokenClaims.Binding.Key(proof.key()));
    return switch (client.get().method()) {
      case Method.Keys _ ->
          shown
              .assertion()
              .map(assertion -> asserted(work, client.get(), assertion))
              .orElseGet(() -> Outcome.refused(OpenIdRefusal.CLIENT))
              .map(known -> new Known(known, key, shown.address()));
      case Method.Certificates(var thumbprints) ->
          shown.assertion().isEmpty()
                  && shown
                      .certificate()
                      .filter(thumbprints::contains)
                      .filter(one -> standing(work.tx(), one, work.now()))
                      .isPresent()
              ? Outcome.done(
                  new Known(
                      client.get(),
                      shown.certificate().map(TokenClaims.Binding.Certificate::new),
                      shown.address()))
              : Outcome.refused(OpenIdRefusal.CLIENT);
      case Method.Proof _ ->
          key.isPresent() && shown.assertion().isEmpty()
              ? Outcome.done(new Known(client.get(), key, shown.address()))
              : Outcome.refused(OpenIdRefusal.UNCONSTRAINED);
    };
  }

  private Outcome<RegisteredClient> asserted(Work work, RegisteredClient client, String assertion) {
    return ClientAssertions.verify(assertion, client, issuer, work.now())
        .then(verified -> {
          var kind = OneTime.Kind.PROOF;
          if (work.tx().peek(kind, verified.once(), work.now()).isPresent())
            return Outcome.refused(OpenIdRefusal.ASSERTION_REPLAYED);
          work.tx()
              .put(new OneTime(kind, verified.once(), "", verified.expiresAt().plusSeconds(1)));
          return Outcome.done(client);
        });
  }

  /// A certificate of ours, whose machine is not barred.
  private static boolean standing(View view, Sha256 certificate, Instant now) {
    return view.certificate(certificate)
        .filter(one -> one.countsAt(now))
        .map(IssuedCertificate::device)
        .flatMap(view::device)
        .filter(Device::active)
        .isPresent();
  }
}
