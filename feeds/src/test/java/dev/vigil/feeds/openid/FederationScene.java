// SPDX-License-Identifier: Apache-2.0
package dev.vigil.feeds.openid;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.vigil.admission.Actor;
import dev.vigil.admission.Changes;
import dev.vigil.admission.federation.BackChannelLogout;
import dev.vigil.admission.federation.FederatedSignIn;
import dev.vigil.admission.federation.FederatedSignIn.Finished;
import dev.vigil.admission.federation.Upstream;
import dev.vigil.admission.signin.Invitations;
import dev.vigil.admission.signin.PushedRequests;
import dev.vigil.admission.signin.SignIn;
import dev.vigil.admission.signin.Tokens;
import dev.vigil.admission.signin.Visits;
import dev.vigil.audit.SecurityEvent;
import dev.vigil.feeds.web.Web;
import dev.vigil.identity.Population;
import dev.vigil.identity.Session;
import dev.vigil.identity.Subject;
import dev.vigil.identity.federation.AuthorizationCall;
import dev.vigil.identity.federation.Provider;
import dev.vigil.identity.federation.ProviderId;
import dev.vigil.identity.oauth.Client;
import dev.vigil.identity.oauth.ProofOfKey;
import dev.vigil.identity.oauth.TokenRequest;
import dev.vigil.identity.passkey.Ceremonies;
import dev.vigil.identity.passkey.RelyingParty;
import dev.vigil.kernel.Bytes;
import dev.vigil.kernel.Outcome;
import dev.vigil.kernel.Secret;
import dev.vigil.kernel.Sha256;
import dev.vigil.kernel.SubjectId;
import dev.vigil.testkit.CollectedFacts;
import dev.vigil.testkit.ManualTime;
import dev.vigil.testkit.MemoryStore;
import dev.vigil.testkit.SeededEntropy;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;

/// A house with two other providers, and people in front of it with browsers and phones.
abstract class FederationScene {

  static final String CLIENT = "vigil";
  static final URI PAGES = URI.create("http://localhost:8080");
  private static final String VERIFIER = "correct-horse-battery-staple-correct-horse-battery";
  private static final String CALLBACK = "http://127.0.0.1:4711/callback";

  final ManualTime time;
  final SeededEntropy entropy = new SeededEntropy(5);
  final Changes changes;
  final TestProvider bank = new TestProvider();
  final TestProvider other = new TestProvider();
  final Web web = new Web(Duration.ofSeconds(2), 512 * 1024);
  private int phones;
  private final Map<String, Provider> configured = new LinkedHashMap<>();

  FederationScene() {
    this(ManualTime.atNoon());
  }

  FederationScene(ManualTime time) {
    this.time = time;
    this.changes = new Changes(new MemoryStore(time), new CollectedFacts(), time, entropy);
    configure("bank", bank, provider -> provider);
    configure("other", other, provider -> provider);
  }

  @AfterEach
  void close() {
    web.close();
    bank.close();
    other.close();
  }

  final Map<String, TestProvider> servers = new LinkedHashMap<>();

  void configure(String id, TestProvider server, UnaryOperator<Provider> with) {
    servers.put(id, server);
    upstreams = Optional.empty();
    configured.put(
        id,
        with.apply(
            new Provider(
                new ProviderId(id),
                "The " + id,
                Provider.Kind.OPENID,
                server.issuer,
                CLIENT,
                Set.of(),
                List.of("profile"),
                Provider.Wanted.NOTHING,
                new Provider.Meanings(
                    Map.of("urn:bank:mfa", "mfa"),
                    Map.of("ngcmfa", "mfa"),
                    "groups",
                    Map.of("Tellers", "tellers")),
                new Provider.Arrivals(
                    Population.EMPLOYEE,
                    Provider.Provision.ON_FIRST_SIGN_IN,
                    Provider.FirstPasskey.BY_INVITATION))));
  }

  static Provider of(Provider p, Provider.Kind kind, String issuer, Set<String> tenants) {
    return new Provider(
        p.id(),
        p.name(),
        kind,
        issuer,
        p.clientId(),
        tenants,
        p.scopes(),
        p.wanted(),
        p.meanings(),
        p.arrivals());
  }

  static Provider of(Provider p, Provider.Provision provision) {
    return new Provider(
        p.id(),
        p.name(),
        p.kind(),
        p.issuer(),
        p.clientId(),
        p.tenants(),
        p.scopes(),
        p.wanted(),
        p.meanings(),
        new Provider.Arrivals(
            p.arrivals().population(), provision, Provider.FirstPasskey.BY_INVITATION));
  }

  static Provider of(Provider p, Provider.Wanted wanted) {
    return new Provider(
        p.id(),
        p.name(),
        p.kind(),
        p.issuer(),
        p.clientId(),
        p.tenants(),
        p.scopes(),
        wanted,
        p.meanings(),
        p.arrivals());
  }

  private Optional<List<Upstream>> upstreams = Optional.empty();

  List<Upstream> upstreams() {
    if (upstreams.isEmpty()) {
      var all = new ArrayList<Upstream>();
      configured.forEach((id, provider) ->
          all.add(
              new OpenIdProvider(
                  provider,
                  new OpenIdProvider.Connection(
                      new Credential.SharedSecret(
                          Secret.of("s3cret-of-vigil".getBytes(StandardCharsets.UTF_8))),
                      URI.create(PAGES + "/federation/callback/" + id),
                      URI.create(server(id).issuer)),
                  web,
                  time)));
      upstreams = Optional.of(all);
    }
    return upstreams.get();
  }

  FederatedSignIn federation() {
    var party = new RelyingParty("localhost", PAGES, "Vigil");
    var signIn = new SignIn(changes, new Ceremonies(party), URI.create("https://localhost:8443"));
    return new FederatedSignIn(changes, signIn, upstreams());
  }

  Outcome<BackChannelLogout.Ended> logout(String provider, String token) {
    return new BackChannelLogout(changes, upstreams()).logout(provider, token);
  }

  /// A phone that pushed a request and opened a browser.
  record Phone(ProofOfKey proof, Secret visit) {}

  Phone phone(Map<String, String> more) {
    var proof =
        new ProofOfKey(Sha256.of(new byte[] {(byte) phones++}), "{}", time.now(), Optional.empty());
    var form =
        new HashMap<>(
            Map.of(
                "client_id", "vigil-phone",
                "redirect_uri", CALLBACK,
                "response_type", "code",
                "state", "state-of-the-app",
                "code_challenge",
                    Sha256.of(VERIFIER.getBytes(StandardCharsets.US_ASCII)).toString(),
                "code_challenge_method", "S256"));
    form.putAll(more);
    var pushed = done(new PushedRequests(changes).push(form, proof));
    return new Phone(
        proof,
        done(new Visits(changes).begin("vigil-phone", pushed.requestUri(), Optional.empty())));
  }

  /// A browser on its way to a provider: what the address says.
  record Leg(Phone phone, URI address) {
    Map<String, String> asked() {
      return query(address);
    }

    Secret state() {
      return Secret.of(Bytes.parse(member(asked(), "state")).toArray());
    }
  }

  Leg start(String provider) {
    var phone = phone(Map.of());
    return leg(provider, phone);
  }

  Leg leg(String provider, Phone phone) {
    return new Leg(phone, done(federation().begin(phone.visit(), provider)));
  }

  static Map<String, String> query(URI address) {
    var query = new LinkedHashMap<String, String>();
    for (String pair : address.getRawQuery().split("&")) {
      var parts = pair.split("=", 2);
      query.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
    }
    return query;
  }

  static String member(Map<String, String> query, String name) {
    return Objects.requireNonNull(query.get(name));
  }

  private TestProvider server(String provider) {
    return Objects.requireNonNull(servers.get(provider));
  }

  /// The claims of an honest token for this sign-in.
  JWTClaimsSet.Builder claims(TestProvider server, Leg leg, String subject) {
    return new JWTClaimsSet.Builder()
        .issuer(server.issuer)
        .audience(CLIENT)
        .subject(subject)
        .issueTime(Date.from(time.now()))
        .expirationTime(Date.from(time.now().plusSeconds(300)))
        .claim("auth_time", time.now().getEpochSecond())
        .claim("sid", "session-" + subject)
        .claim("preferred_username", subject + "@bank.example")
        .claim("name", "Somebody Called " + subject)
        .claim("nonce", leg.asked().get("nonce"));
  }

  AuthorizationCall.Answer code(TestProvider server) {
    return new AuthorizationCall.Answer(
        Optional.of("the-code"), Optional.empty(), Optional.of(server.issuer));
  }

  Outcome<Finished> finish(String provider, Leg leg) {
    return finish(provider, leg, code(server(provider)));
  }

  Outcome<Finished> finish(String provider, Leg leg, AuthorizationCall.Answer answer) {
    return federation()
        .finish(
            new FederatedSignIn.Browser(leg.phone().visit(), Optional.empty()),
            provider,
            leg.state(),
            answer);
  }

  /// A whole honest sign-in through a provider.
  Session signIn(String provider, String subject) {
    return signIn(provider, subject, claims -> claims);
  }

  Session signIn(String provider, String subject, UnaryOperator<JWTClaimsSet.Builder> with) {
    var leg = start(provider);
    var server = server(provider);
    server.idToken = () -> server.signed(with.apply(claims(server, leg, subject)).build());
    return session(leg.phone(), done(finish(provider, leg)));
  }

  Session session(Phone phone, Finished finished) {
    var redirect = ((Finished.ForApp) finished).redirect();
    return done(redeem(phone, member(query(redirect), "code")));
  }

  Outcome<Session> redeem(Phone phone, String code) {
    var request =
        new TokenRequest.Code(
            Client.PHONE,
            Secret.of(code.getBytes(StandardCharsets.UTF_8)),
            VERIFIER,
            CALLBACK,
            Optional.empty());
    return new Tokens(changes, _ -> "token")
        .redeem(request, phone.proof())
        .map(issued -> changes.read(view -> view.session(issued.session())).orElseThrow());
  }

  Session now(Session session) {
    return changes.read(view -> view.session(session.id())).orElseThrow();
  }

  Subject person(Session session) {
    return changes.read(view -> view.subject(session.subject())).orElseThrow();
  }

  SubjectId person(String userName, boolean active) {
    return changes.commit(
        Actor.SYSTEM,
        work -> {
          var id = SubjectId.random(work.entropy());
          work.tx()
              .put(
                  new Subject(
                      id,
                      userName,
                      "Alice",
                      Population.EMPLOYEE,
                      Set.of("staff"),
                      Set.of(),
                      active,
                      work.now()));
          work.event("subject-created", "test", Map.of(), id);
          return id;
        });
  }

  /// The browser of somebody with an invitation.
  Secret invited(SubjectId person) {
    var invited =
        changes.commit(Actor.SYSTEM, work -> new Invitations(changes).within(work, person));
    return done(new Visits(changes).invited(invited.secret()));
  }

  static <T> T done(Outcome<T> outcome) {
    return switch (outcome) {
      case Outcome.Done<T>(T value) -> value;
      case Outcome.Refused<T>(var refusal, var detail) ->
          throw new AssertionError(refusal.code() + " " + detail);
    };
  }

  /// Refused with this code, and an event says so.
  void refused(Outcome<?> outcome, String code) {
    assertThat(outcome).isInstanceOf(Outcome.Refused.class);
    assertThat(((Outcome.Refused<?>) outcome).refusal().code()).isEqualTo(code);
    assertThat(events().getLast().type()).isIn("sign-in-refused", "federated-logout-refused");
    assertThat(events().getLast().details()).containsEntry("code", code);
  }

  List<SecurityEvent> events() {
    return changes.read(view -> view.eventsAfter(0, 10_000));
  }
}
