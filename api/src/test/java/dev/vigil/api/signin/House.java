// SPDX-License-Identifier: Apache-2.0
package dev.vigil.api.signin;

import dev.vigil.admission.AccessTokenIssuer;
import dev.vigil.admission.Actor;
import dev.vigil.admission.ApiTokens;
import dev.vigil.admission.App;
import dev.vigil.admission.Changes;
import dev.vigil.admission.TokenClaims;
import dev.vigil.admission.administration.DisplayName;
import dev.vigil.admission.administration.GroupName;
import dev.vigil.admission.administration.Mandate;
import dev.vigil.admission.administration.NewPerson;
import dev.vigil.admission.administration.People;
import dev.vigil.admission.administration.Reason;
import dev.vigil.admission.administration.UserName;
import dev.vigil.admission.passkey.Passkeys;
import dev.vigil.admission.signin.AppOutlook;
import dev.vigil.admission.signin.BrowserSessions;
import dev.vigil.admission.signin.BrowserVisits;
import dev.vigil.admission.signin.FirstAdministrator;
import dev.vigil.admission.signin.Invitations;
import dev.vigil.admission.signin.OwnAccount;
import dev.vigil.admission.signin.PasswordAttempts;
import dev.vigil.admission.signin.PushedRequests;
import dev.vigil.admission.signin.Registration;
import dev.vigil.admission.signin.SignIn;
import dev.vigil.admission.signin.SpendApproval;
import dev.vigil.admission.signin.Tokens;
import dev.vigil.admission.signin.Visits;
import dev.vigil.admission.signin.WorkloadTokens;
import dev.vigil.api.http.ApiServer;
import dev.vigil.api.http.Doors;
import dev.vigil.api.http.Listener;
import dev.vigil.api.http.Route;
import dev.vigil.api.http.Routes;
import dev.vigil.api.http.VisitCookie;
import dev.vigil.api.own.OwnRoutes;
import dev.vigil.identity.Population;
import dev.vigil.identity.oauth.Proofs;
import dev.vigil.identity.oauth.SeenProofs;
import dev.vigil.identity.passkey.AuthenticatorRule;
import dev.vigil.identity.passkey.Authenticators;
import dev.vigil.identity.passkey.Ceremonies;
import dev.vigil.identity.passkey.Models;
import dev.vigil.identity.passkey.RelyingParty;
import dev.vigil.kernel.AppId;
import dev.vigil.kernel.DeviceId;
import dev.vigil.kernel.Outcome;
import dev.vigil.testkit.CollectedFacts;
import dev.vigil.testkit.FreePort;
import dev.vigil.testkit.ManualTime;
import dev.vigil.testkit.MemoryStore;
import dev.vigil.testkit.SeededEntropy;
import io.vertx.core.Vertx;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;

/// A whole sign-in on a random loopback port, with the store in memory and tokens that are only
/// looked up.
final class House implements AutoCloseable {

  final ManualTime time = ManualTime.atNoon();
  final SeededEntropy entropy = new SeededEntropy(11);
  final MemoryStore store = new MemoryStore(time);
  final CollectedFacts facts = new CollectedFacts();
  final Changes changes = new Changes(store, facts, time, entropy);
  final Map<String, TokenClaims> issued = new ConcurrentHashMap<>();
  final URI origin;
  final Invitations invitations = new Invitations(changes);
  final FirstAdministrator first = new FirstAdministrator(changes);
  final SpendApproval approvals = new SpendApproval(changes);
  final List<AppOutlook.Outlook> outlook = new ArrayList<>();
  final Set<String> lookedAt = ConcurrentHashMap.newKeySet();
  final Routes routes;
  final OpenIdHouse openId;
  final SamlHouse saml;
  private final Vertx vertx = Vertx.vertx();
  private final ApiServer server;

  House() {
    this(List.of());
  }

  /// A house whose people may use some authenticators only.
  House(List<AuthenticatorRule> rules) {
    this(rules, Models.NONE);
  }

  /// The same where it is known what models are worth.
  House(List<AuthenticatorRule> rules, Models models) {
    int port = FreePort.next();
    origin = URI.create("http://localhost:" + port);
    var addresses = new Addresses(origin, origin, Optional.empty());
    var party = new RelyingParty("localhost", origin, "Vigil");
    var ceremonies = new Ceremonies(party, new Authenticators(rules, () -> models));
    AccessTokenIssuer issuer =
        claims -> {
          String token = "token-" + issued.size() + "-" + claims.session();
          issued.put(token, claims);
          return token;
        };
    ApiTokens tokens = token -> Optional.ofNullable(issued.get(token));
    var doors =
        new Doors(
            new Proofs(new SeenProofs(time.now().minusSeconds(300))),
            tokens,
            changes,
            new VisitCookie(origin));
    var flows =
        new OAuthRoutes.Flows(
            new PasswordAttempts(changes),
            new PushedRequests(changes),
            new Tokens(changes, issuer),
            new WorkloadTokens(changes, issuer));
    openId = new OpenIdHouse(changes, time, entropy, origin);
    saml = new SamlHouse(changes, entropy, origin);
    var all =
        new ArrayList<Route<?>>(
            new OAuthRoutes(doors, flows, addresses, () -> "{\"keys\":[]}", openId.endpoints())
                .issuer());
    var browsers = new BrowserVisits(changes, ceremonies);
    var pages =
        new PageRoutes(
            doors,
            new PageRoutes.Flows(
                new Visits(changes),
                new SignIn(changes, ceremonies, origin),
                browsers,
                new Registration(changes, ceremonies)),
            party,
            time);
    all.addAll(pages.routes());
    all.addAll(new RecoveryRoutes(doors, new Visits(changes), origin, time).routes());
    all.addAll(openId.routes(doors, pages, browsers));
    all.addAll(
        new OwnRoutes(
                doors,
                new OwnRoutes.Flows(
                    new OwnAccount(changes, invitations), openId.browsers, browsers, new Looks()),
                pages,
                origin)
            .routes());
    all.addAll(saml.routes(openId::decide, doors, pages, browsers));
    all.addAll(new PersonRoutes(doors, invitations, origin).routes());
    all.addAll(new PasskeyRoutes(doors, new Passkeys(changes)).routes());
    routes = new Routes(all);
    var edge = new ApiServer.Edge(vertx, time, entropy, Duration.ofSeconds(5));
    server =
        ApiServer.start(
            edge,
            new Listener(origin, "127.0.0.1", port, new Listener.Channel.PlainLoopback()),
            routes);
  }

  /// What the rules would say, and look at.
  private final class Looks implements AppOutlook {
    @Override
    public List<Outlook> of(BrowserSessions.Live live, Optional<DeviceId> device) {
      return outlook;
    }

    @Override
    public Set<String> factsLookedAt() {
      return lookedAt;
    }
  }

  /// A payment app whose transfers are approved one by one.
  void withPayments() {
    var transfer = new App.Transaction("POST", "/transfers", List.of("amount", "payee"));
    var app =
        new App(
            new AppId("payments"),
            "payments.bank.example",
            URI.create("http://127.0.0.1:1"),
            "high",
            Set.of(),
            List.of(transfer));
    changes.commit(
        Actor.SYSTEM,
        work -> {
          work.tx().put(app);
          return work.event("app-changed", "registered", Map.of(), app.id());
        });
  }

  /// The secret of an invitation for somebody new.
  Invitations.Invited invite(String userName) {
    var kept = new AtomicReference<Invitations.Invited>();
    var people =
        new People(
            changes,
            (work, person) -> {
              kept.set(invitations.within(work, person));
              return new dev.vigil.admission.administration.Invitations.Invitation(
                  origin, time.now());
            });
    var answer =
        people.invite(
            new Mandate(Actor.SYSTEM, new Reason("joins the bank")),
            new NewPerson(
                new UserName(userName),
                new DisplayName("Alice Example"),
                Population.EMPLOYEE,
                Set.of(new GroupName("staff")),
                Set.of()));
    if (answer instanceof Outcome.Refused<People.Invited> refused)
      throw new AssertionError(refused.refusal().code());
    return Objects.requireNonNull(kept.get());
  }

  List<String> events() {
    return changes.read(view -> view.eventsAfter(0, 1000)).stream()
        .map(event -> event.type())
        .toList();
  }

  @Override
  public void close() {
    server.close();
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }
}
