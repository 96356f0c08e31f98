// SPDX-License-Identifier: Apache-2.0
package dev.vigil.api.http;

import dev.vigil.admission.Actor;
import dev.vigil.admission.ApiTokens;
import dev.vigil.admission.Changes;
import dev.vigil.admission.TokenClaims;
import dev.vigil.admission.View;
import dev.vigil.admission.signin.BrowserSessions;
import dev.vigil.identity.Authentication;
import dev.vigil.identity.Role;
import dev.vigil.identity.Session;
import dev.vigil.identity.Subject;
import dev.vigil.identity.oauth.ProofOfKey;
import dev.vigil.identity.oauth.Proofs;
import dev.vigil.kernel.AppId;
import dev.vigil.kernel.Bytes;
import dev.vigil.kernel.Outcome;
import dev.vigil.kernel.Refusal;
import dev.vigil.kernel.Secret;
import dev.vigil.kernel.Sha256;
import dev.vigil.kernel.SubjectId;
import dev.vigil.posture.Device;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Makes the callers that routes ask for, and proves them.
public final class Doors {

  private static final String SCHEME = "DPoP ";
  private static final String BEARER = "Bearer ";
  private static final int LONGEST_BEARER = 200;
  private static final String AUDIENCE = "vigil-api";
  private static final String COMMAND_LINE = "vigil-cli";

  private final Proofs proofs;
  private final ApiTokens tokens;
  private final Changes changes;
  private final VisitCookie cookie;
  private final SessionCookie sessionCookie;
  private final BrowserSessions browsers;
  private final RefusedCalls refused;

  public Doors(Proofs proofs, ApiTokens tokens, Changes changes, VisitCookie cookie) {
    this.proofs = proofs;
    this.tokens = tokens;
    this.changes = changes;
    this.cookie = cookie;
    this.sessionCookie = new SessionCookie(cookie.origin());
    this.browsers = new BrowserSessions(changes);
    this.refused = new RefusedCalls(changes);
  }

  private <P> Caller<P> caller(String label, Function<Request, Outcome<P>> proof) {
    return new Caller<>(label, proof, refused);
  }

  /// Records that a handler refused what a request showed, so often as other refusals.
  public void refused(Request request, Refusal refusal) {
    refused.note(RefusedCalls.Call.of(request, request.pattern()), refusal);
  }

  /// Nothing was proven.
  public record Anyone() {}

  /// Holds a key: a DPoP proof for exactly this request (RFC 9449), without a token.
  public record KeyHolder(ProofOfKey proof) {}

  /// May hold a key: the handler looks at the proof, where other things must be said first.
  public record KeyClaimant(Outcome<ProofOfKey> proof) {}

  /// An enrolled, active device speaking for itself by a proof of its key.
  public record EnrolledDevice(Device device, ProofOfKey proof) {}

  /// A person in a live session, by a DPoP-bound access token with its claims and a proof of its
  /// key.
  public record Person(Subject subject, Session session, TokenClaims claims, ProofOfKey proof) {

    /// The person as the one who causes a change.
    public Actor.Person actor() {
      return new Actor.Person(subject.id(), session.id());
    }
  }

  /// A workload that showed its certificate over mutual TLS.
  ///
  /// @param thumbprint RFC 8705 `x5t#S256`
  /// @param der the certificate
  public record Workload(Sha256 thumbprint, Bytes der) {}

  /// A machine that may ask for decisions, known by the certificate that it showed over mutual TLS.
  ///
  /// @param certificate RFC 8705 `x5t#S256`
  /// @param apps what it may ask about
  public record EnforcementPoint(SubjectId machine, Sha256 certificate, Set<AppId> apps) {
    public EnforcementPoint {
      apps = Set.copyOf(apps);
    }
  }

  /// A browser with a ceremony under way, on our own page.
  public record Visitor(Secret visit) {}

  /// A person in a browser's own session, on our own page.
  ///
  /// @param cookie the session's secret
  /// @param csrf what the page must send in `Vigil-CSRF` with every state change
  public record InBrowser(BrowserSessions.Live live, Secret cookie, String csrf) {}

  /// Everybody, the whole network.
  public Caller<Anyone> everyone() {
    return caller("everyone", _ -> Outcome.done(new Anyone()));
  }

  /// An ACME client (RFC 8555 section 6.2), whose signature the handler verifies.
  public Caller<Anyone> acmeClient() {
    return caller("acme-client", _ -> Outcome.done(new Anyone()));
  }

  /// Whoever proves a key.
  public Caller<KeyHolder> keyHolder() {
    return caller("key-holder", request -> proof(request, Optional.empty()).map(KeyHolder::new));
  }

  /// Whoever proves a key, checked by the handler.
  public Caller<KeyClaimant> keyClaimant() {
    return caller(
        "key-claimant",
        request -> {
          var proof = proof(request, Optional.empty());
          if (proof instanceof Outcome.Refused<ProofOfKey> bad) refused(request, bad.refusal());
          return Outcome.done(new KeyClaimant(proof));
        });
  }

  /// An enrolled device by its key.
  public Caller<EnrolledDevice> device() {
    return caller("device", request -> proof(request, Optional.empty()).then(this::device));
  }

  private Outcome<EnrolledDevice> device(ProofOfKey proof) {
    return changes
        .read(view -> view.deviceOfKey(proof.key()))
        .filter(Device::active)
        .map(device -> Outcome.done(new EnrolledDevice(device, proof)))
        .orElseGet(() -> Outcome.refused(EdgeRefusal.DEVICE_REQUIRED));
  }

  /// Anybody signed in with a key, before enrolment too: for what a phone needs to enrol.
  public Caller<Person> newcomer() {
    return caller("newcomer", this::person);
  }

  /// Anybody signed in, on an enrolled device or at a command line.
  public Caller<Person> person() {
    return caller(
        "person",
        request ->
            person(request)
                .then(person ->
                    settled(person)
                        ? Outcome.done(person)
                        : Outcome.refused(EdgeRefusal.ENROLMENT_REQUIRED)));
  }

  private static boolean settled(Person person) {
    return person.session().device().isPresent() || person.claims().clientId().equals(COMMAND_LINE);
  }

  private Outcome<Person> person(Request request) {
    var header = request.header("authorization").filter(value -> value.startsWith(SCHEME));
    if (header.isEmpty()) return Outcome.refused(EdgeRefusal.TOKEN_REQUIRED);
    String token = header.get().substring(SCHEME.length());
    return proof(request, Optional.of(token))
        .then(proof ->
            tokens
                .verify(token)
                .flatMap(claims -> person(claims, proof))
                .<Outcome<Person>>map(Outcome::done)
                .orElseGet(() -> Outcome.refused(EdgeRefusal.TOKEN_REFUSED)));
  }

  private Optional<Person> person(TokenClaims claims, ProofOfKey proof) {
    var now = changes.time().now();
    boolean bound = claims.binding().equals(new TokenClaims.Binding.Key(proof.key()));
    if (!bound || !claims.audience().equals(AUDIENCE) || !now.isBefore(claims.expiresAt()))
      return Optional.empty();
    return changes.read(view ->
        view.session(claims.session())
            .filter(session ->
                session.livesAt(now)
                    && session.subject().equals(claims.subject())
                    && keyOf(session).filter(proof.key()::equals).isPresent())
            .filter(session ->
                session
                    .device()
                    .flatMap(view::device)
                    .map(Device::active)
                    .orElse(session.device().isEmpty()))
            .flatMap(session ->
                view.subject(session.subject())
                    .filter(Subject::active)
                    .map(subject -> new Person(subject, session, claims, proof))));
  }

  private static Optional<Sha256> keyOf(Session session) {
    return switch (session.binding()) {
      case Session.Binding.Key(Sha256 key) -> Optional.of(key);
      case Session.Binding.Device(var _, Sha256 key) -> Optional.of(key);
      case Session.Binding.Cookie _, Session.Binding.Certificate _ -> Optional.empty();
    };
  }

  /// A person with one of these roles; [Role#ADMINISTRATOR] and [Role#BREAK_GLASS] may always. From
  /// a command line or an enrolled device: a phone that is not enrolled can only enrol.
  public Caller<Person> administrator(Role... roles) {
    var allowed = EnumSet.of(Role.ADMINISTRATOR, Role.BREAK_GLASS);
    allowed.addAll(Arrays.asList(roles));
    String label =
        allowed.stream().map(Role::label).collect(Collectors.joining(",", "administrator(", ")"));
    return caller(label, request -> person(request).then(person -> mayAdminister(person, allowed)));
  }

  private static Outcome<Person> mayAdminister(Person person, EnumSet<Role> allowed) {
    boolean has = person.subject().roles().stream().anyMatch(allowed::contains);
    if (has && onlyVouchedFor(person.session()))
      return Outcome.refused(EdgeRefusal.PASSKEY_REQUIRED);
    return settled(person) && has
        ? Outcome.done(person)
        : Outcome.refused(EdgeRefusal.ROLE_REQUIRED);
  }

  /// Whether the session rests on another provider's word alone: that provider must not be able to
  /// make administrators.
  private static boolean onlyVouchedFor(Session session) {
    return session.authentications().stream()
        .map(Authentication::strength)
        .max(Comparator.naturalOrder())
        .filter(Authentication.Strength.FEDERATED::equals)
        .isPresent();
  }

  /// A client that showed a certificate on the listener that asks for one.
  public Caller<Workload> workload() {
    return caller(
        "workload",
        request ->
            request
                .certificate()
                .map(Doors::workload)
                .orElseGet(() -> Outcome.refused(EdgeRefusal.CERTIFICATE_REQUIRED)));
  }

  /// A registered enforcement point, on the listener that asks for a certificate.
  public Caller<EnforcementPoint> enforcementPoint() {
    return caller(
        "enforcement-point",
        request ->
            request
                .certificate()
                .map(Doors::workload)
                .orElseGet(() -> Outcome.refused(EdgeRefusal.CERTIFICATE_REQUIRED))
                .then(this::enforcementPoint));
  }

  private Outcome<EnforcementPoint> enforcementPoint(Workload shown) {
    var now = changes.time().now();
    var machine = changes.read(view -> machine(view, shown.thumbprint(), now));
    if (machine.isEmpty()) return Outcome.refused(EdgeRefusal.MACHINE_UNKNOWN);
    return changes
        .read(view -> view.enforcementPoint(machine.get()))
        .map(point ->
            Outcome.done(new EnforcementPoint(point.subject(), shown.thumbprint(), point.apps())))
        .orElseGet(() -> Outcome.refused(EdgeRefusal.ENFORCEMENT_POINT_REQUIRED));
  }

  /// Whose certificate this is, if it has not expired and neither the machine nor its owner is
  /// barred. A phone is no machine.
  private static Optional<SubjectId> machine(View view, Sha256 certificate, Instant now) {
    return view.certificate(certificate)
        .filter(issued -> issued.countsAt(now))
        .flatMap(issued -> view.device(issued.device()))
        .filter(device -> device.active() && device.kind() != Device.Kind.PHONE)
        .flatMap(device -> view.subject(device.subject()))
        .filter(Subject::active)
        .map(Subject::id);
  }

  /// What a provisioning provider shows.
  ///
  /// @param bearer a token (RFC 6750); empty if there is none that can be one of ours
  /// @param machine whose certificate was shown, on the listener that asks for one
  /// @param source where the request comes from
  public record Shown(Optional<Secret> bearer, Optional<SubjectId> machine, String source) {}

  /// An identity platform that keeps people and groups here; `proof` says which, by what it shows.
  public <P> Caller<P> provisioner(Function<Shown, Outcome<P>> proof) {
    return caller("provisioning-provider", request -> proof.apply(shown(request)));
  }

  private Shown shown(Request request) {
    var bearer =
        request
            .header("authorization")
            .filter(value -> value.regionMatches(true, 0, BEARER, 0, BEARER.length()))
            .map(value -> value.substring(BEARER.length()).strip())
            .filter(token -> !token.isEmpty() && token.length() <= LONGEST_BEARER)
            .map(token -> Secret.of(token.getBytes(StandardCharsets.UTF_8)));
    var now = changes.time().now();
    var machine =
        request
            .certificate()
            .map(Doors::workload)
            .flatMap(outcome ->
                outcome instanceof Outcome.Done<Workload>(Workload workload)
                    ? changes.read(view -> machine(view, workload.thumbprint(), now))
                    : Optional.empty());
    return new Shown(bearer, machine, request.source());
  }

  /// A script of our own page, without a ceremony yet: the browser says so by `Origin`.
  public Caller<Anyone> page() {
    return caller("page", request -> ownPage(request).map(_ -> new Anyone()));
  }

  /// A script of our own page with a ceremony under way: as [#page], the cookie, and the CSRF
  /// token.
  public Caller<Visitor> visitor() {
    return caller("visitor", request -> ownPage(request).then(_ -> visitor(request)));
  }

  private Outcome<Visitor> visitor(Request request) {
    var visit = cookie.read(request);
    return visit.isEmpty()
        ? Outcome.refused(EdgeRefusal.NO_CEREMONY)
        : withCsrf(request, visit.get()).map(Visitor::new);
  }

  /// A person signed in in this browser, asked by our own page: the session's cookie, and for state
  /// changes `Origin` and the CSRF token in `Vigil-CSRF`.
  public Caller<InBrowser> browser() {
    return caller("browser", request -> ownPage(request).then(_ -> inBrowser(request)));
  }

  private Outcome<InBrowser> inBrowser(Request request) {
    var session = sessionCookie.read(request);
    var live = session.flatMap(browsers::find);
    if (session.isEmpty() || live.isEmpty()) return Outcome.refused(EdgeRefusal.SIGNED_OUT);
    return withCsrf(request, session.get())
        .map(secret -> new InBrowser(live.get(), secret, VisitCookie.csrfToken(secret)));
  }

  /// The cookie's secret, if the request changes nothing or carries the secret's CSRF token.
  private static Outcome<Secret> withCsrf(Request request, Secret secret) {
    return safe(request) || VisitCookie.csrfMatches(secret, request.header("vigil-csrf").orElse(""))
        ? Outcome.done(secret)
        : Outcome.refused(EdgeRefusal.CROSS_SITE, "the header `Vigil-CSRF` is missing or wrong");
  }

  private static boolean safe(Request request) {
    return "GET".equals(request.method());
  }

  /// Reads carry no `Origin` in browsers, so for them `Sec-Fetch-Site` speaks, where it is sent.
  private Outcome<Request> ownPage(Request request) {
    boolean site = request.header("sec-fetch-site").map("same-origin"::equals).orElse(true);
    boolean origin =
        request.header("origin").map(cookie.origin().toString()::equals).orElse(safe(request));
    return site && origin ? Outcome.done(request) : Outcome.refused(EdgeRefusal.CROSS_SITE);
  }

  private Outcome<ProofOfKey> proof(Request request, Optional<String> token) {
    return request
        .header("dpop")
        .map(header ->
            proofs.verify(
                header,
                new Proofs.Expected(request.method(), request.target().toString(), token),
                changes.time().now()))
        .orElseGet(() -> Outcome.refused(EdgeRefusal.PROOF_REQUIRED));
  }

  private static Outcome<Workload> workload(X509Certificate certificate) {
    try {
      byte[] der = certificate.getEncoded();
      return Outcome.done(new Workload(Sha256.of(der), Bytes.of(der)));
    } catch (CertificateEncodingException e) {
      return Outcome.refused(EdgeRefusal.CERTIFICATE_REQUIRED);
    }
  }
}
