// SPDX-License-Identifier: Apache-2.0
package dev.vigil.server;

import dev.vigil.admission.Changes;
import dev.vigil.admission.federation.BackChannelLogout;
import dev.vigil.admission.federation.ClientAssertions;
import dev.vigil.admission.federation.FederatedSignIn;
import dev.vigil.admission.federation.Upstream;
import dev.vigil.admission.signin.SignIn;
import dev.vigil.api.federation.FederationRoutes;
import dev.vigil.api.http.Doors;
import dev.vigil.api.http.Route;
import dev.vigil.feeds.openid.Credential;
import dev.vigil.feeds.openid.OpenIdProvider;
import dev.vigil.feeds.web.Web;
import dev.vigil.identity.federation.Provider;
import dev.vigil.identity.federation.ProviderId;
import dev.vigil.keys.KeyRing;
import dev.vigil.keys.SignedClientAssertions;
import dev.vigil.server.Foundation.Machine;
import dev.vigil.server.config.Configuration;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Sign-in through the configured providers, put together. Nothing is fetched before somebody asks,
/// so a provider that is down keeps no server from starting.
final class Federation implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final int LARGEST = 512 * 1024;

  private final Optional<Web> web;
  private final FederatedSignIn signIn;
  private final FederationRoutes routes;

  /// @param pages origin of the pages, to which providers send browsers back
  Federation(List<Configuration.Upstream> configured, URI pages, House house) {
    var own = new SignedClientAssertions(house.keys, house.machine.time(), house.machine.entropy());
    this.web = configured.isEmpty() ? Optional.empty() : Optional.of(new Web(PATIENCE, LARGEST));
    var upstreams = web.map(one -> upstreams(configured, pages, own, house, one)).orElse(List.of());
    this.signIn = new FederatedSignIn(house.changes, house.signIn, upstreams);
    this.routes =
        new FederationRoutes(
            house.doors, signIn, new BackChannelLogout(house.changes, upstreams), own::jwks, pages);
  }

  private static List<Upstream> upstreams(
      List<Configuration.Upstream> configured,
      URI pages,
      ClientAssertions own,
      House house,
      Web web) {
    return configured.stream()
        .<Upstream>map(one ->
            new OpenIdProvider(
                one.provider(),
                new OpenIdProvider.Connection(
                    one.secretFile()
                        .map(Federation::secret)
                        .orElseGet(() -> new Credential.OwnKey(own)),
                    URI.create(pages + "/federation/callback/" + one.provider().id()),
                    one.graph()),
                web,
                house.machine.time()))
        .toList();
  }

  /// What it stands on.
  record House(Changes changes, KeyRing keys, SignIn signIn, Doors doors, Machine machine) {}

  private static Credential secret(Path file) {
    try {
      return new Credential.SharedSecret(KeyPassword.existing(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  FederatedSignIn signIn() {
    return signIn;
  }

  /// Providers whose word is enough for somebody's first passkey.
  Set<ProviderId> trusted() {
    return signIn.offered().stream()
        .filter(one -> one.arrivals().firstPasskey() == Provider.FirstPasskey.AFTER_SIGN_IN)
        .map(Provider::id)
        .collect(Collectors.toUnmodifiableSet());
  }

  List<Route<?>> pages() {
    return routes.pages();
  }

  List<Route<?>> issuer() {
    return routes.issuer();
  }

  @Override
  public void close() {
    web.ifPresent(Web::close);
  }
}
