// SPDX-License-Identifier: Apache-2.0
package dev.vigil.server;

import dev.vigil.access.AdviceRecords;
import dev.vigil.access.Adviser;
import dev.vigil.admission.Changes;
import dev.vigil.admission.administration.Apps;
import dev.vigil.admission.administration.Devices;
import dev.vigil.admission.administration.EnforcementPoints;
import dev.vigil.admission.administration.People;
import dev.vigil.admission.administration.Policies;
import dev.vigil.admission.administration.Publications;
import dev.vigil.admission.administration.Publishing;
import dev.vigil.admission.administration.Sessions;
import dev.vigil.admission.device.Approvals;
import dev.vigil.admission.device.Attesting;
import dev.vigil.admission.device.Enrolment;
import dev.vigil.admission.device.Partners;
import dev.vigil.admission.device.PostureReports;
import dev.vigil.admission.device.Renewal;
import dev.vigil.admission.device.Revocation;
import dev.vigil.admission.openid.LogoutDelivery;
import dev.vigil.admission.passkey.KnownModels;
import dev.vigil.admission.passkey.Passkeys;
import dev.vigil.admission.provisioning.Groups;
import dev.vigil.admission.provisioning.Providers;
import dev.vigil.admission.provisioning.Users;
import dev.vigil.admission.signin.BrowserVisits;
import dev.vigil.admission.signin.Invitations;
import dev.vigil.admission.signin.PasswordAttempts;
import dev.vigil.admission.signin.PushedRequests;
import dev.vigil.admission.signin.Registration;
import dev.vigil.admission.signin.SignIn;
import dev.vigil.admission.signin.Tokens;
import dev.vigil.admission.signin.Visits;
import dev.vigil.admission.signin.WorkloadTokens;
import dev.vigil.api.administration.AdministrationRoutes;
import dev.vigil.api.administration.DeviceEnrolmentRoutes;
import dev.vigil.api.administration.KeyRoutes;
import dev.vigil.api.administration.ProvisioningRoutes;
import dev.vigil.api.authzen.AuthzenRoutes;
import dev.vigil.api.authzen.Point;
import dev.vigil.api.device.ApprovalRoutes;
import dev.vigil.api.device.DeviceRoutes;
import dev.vigil.api.http.Doors;
import dev.vigil.api.http.Route;
import dev.vigil.api.http.Routes;
import dev.vigil.api.http.VisitCookie;
import dev.vigil.api.openid.AuthorizeRoutes;
import dev.vigil.api.scim.ScimRoutes;
import dev.vigil.api.service.ServiceRoutes;
import dev.vigil.api.signin.Addresses;
import dev.vigil.api.signin.OAuthRoutes;
import dev.vigil.api.signin.PageRoutes;
import dev.vigil.api.signin.PasskeyRoutes;
import dev.vigil.api.signin.PersonRoutes;
import dev.vigil.api.signin.RecoveryRoutes;
import dev.vigil.identity.oauth.Audience;
import dev.vigil.identity.oauth.Proofs;
import dev.vigil.identity.oauth.SeenProofs;
import dev.vigil.identity.passkey.Authenticators;
import dev.vigil.identity.passkey.Ceremonies;
import dev.vigil.identity.passkey.Models;
import dev.vigil.identity.passkey.RelyingParty;
import dev.vigil.kernel.Bytes;
import dev.vigil.keys.KeyBoundTokens;
import dev.vigil.keys.KeyRing;
import dev.vigil.keys.SignedAssertions;
import dev.vigil.keys.TokenIssuer;
import dev.vigil.pki.ClientProfile;
import dev.vigil.server.Foundation.Machine;
import dev.vigil.server.config.Configuration;
import java.net.URI;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The use cases and the routes that lead to them, one set per listener.
final class Faces implements AutoCloseable {

  private static final Duration PARTNER_LIFETIME = Duration.ofDays(30);

  private final Foundation foundation;
  private final Configuration configuration;
  private final Addresses addresses;
  private final URI gateway;
  private final AdviceRecords records;
  private final Machine machine;
  private final Changes changes;
  private final KeyRing keys;
  private final DeviceTrust attestations;
  private final Doors doors;
  private final TokenIssuer issuer;
  private final Proofs proofs;
  private final OpenIdFaces openId;
  private final Optional<KnownModels> models;
  private final Authenticators authenticators;
  private final Federation federation;
  private final SamlFaces saml;
  private final FeedFaces feeds;
  private final AcmeFaces acme;
  private final PkiFaces pki;
  private final PageRoutes pages;
  private final AuthorizeRoutes browsers;
  private final List<Route<?>> scim;

  /// @param addresses what clients are told; the ports are those that are really open
  /// @param records where answers to other enforcement points are recorded
  Faces(
      Foundation foundation,
      Configuration configuration,
      Addresses addresses,
      AdviceRecords records,
      Machine machine) {
    this.foundation = foundation;
    this.configuration = configuration;
    this.addresses = addresses;
    this.gateway = configuration.gateway().url();
    this.records = records;
    this.machine = machine;
    this.changes = foundation.changes();
    this.keys = foundation.keys();
    this.attestations =
        DeviceTrust.start(configuration.devices(), configuration.dataFolder(), machine.time());
    String name = addresses.issuer().toString();
    this.models =
        configuration
            .passkeys()
            .metadata()
            .map(metadata -> new KnownModels(changes, metadata.signer()));
    this.authenticators =
        new Authenticators(
            configuration.passkeys().rules(),
            models.<Supplier<Models>>map(known -> known).orElse(() -> Models.NONE));
    this.issuer = new TokenIssuer(keys, name, machine.time(), machine.entropy());
    var tokens = new KeyBoundTokens(keys, name, Audience.API.label(), machine.time());
    this.proofs = new Proofs(new SeenProofs(machine.time().now()));
    this.doors = new Doors(proofs, tokens, changes, new VisitCookie(addresses.pages()));
    this.openId = new OpenIdFaces(foundation, addresses, records, machine, doors);
    this.federation =
        new Federation(
            configuration.upstreams(),
            addresses.pages(),
            new Federation.House(changes, keys, signIn(), doors, machine));
    this.saml = new SamlFaces(foundation, addresses, machine.entropy(), doors);
    this.feeds = new FeedFaces(changes, machine, configuration.feeds());
    this.pki =
        new PkiFaces(
            foundation, addresses.issuer(), machine, doors, configuration.devices().enrolment());
    this.acme = new AcmeFaces(foundation, pki, addresses, machine, doors);
    this.pages = signInPages();
    this.browsers = openId.browsers(pages, browserVisits());
    this.scim = scim();
  }

  /// What is known of authenticator models, to be fed by whoever reads or fetches it; empty if no
  /// metadata are configured.
  Optional<KnownModels> models() {
    return models;
  }

  /// For the HTTPS port of phones, people's programs and administrators.
  Routes issuerRoutes() {
    return new Routes(issuer());
  }

  private List<Route<?>> issuer() {
    return Stream.of(
            oauth().issuer(),
            federation.issuer(),
            person(),
            device(),
            approvals(),
            pki.issuer(),
            administration(),
            openId.administration(),
            saml.administration(),
            feeds.routes(doors),
            acme.issuer(DeviceTrust.ofProfiles(configuration.devices())),
            acme.administration(people(), List.of(der(keys.rootCertificate()))),
            new KeyRoutes(doors, foundation.keyAdministration()).routes(),
            openId.userInfo(proofs).routes(),
            browsers.devices(),
            provisioning(),
            scim,
            service(),
            List.<Route<?>>of(authzen().configuration()))
        .<Route<?>>flatMap(List::stream)
        .toList();
  }

  /// For the port of the pages; the issuer's own port if they share it.
  Routes pageRoutes() {
    return new Routes(pages());
  }

  /// Everything on one port.
  Routes sharedRoutes() {
    return new Routes(Stream.concat(issuer().stream(), pages().stream()).toList());
  }

  /// Who tells clients that sessions ended.
  LogoutDelivery logouts(LogoutDelivery.Post post) {
    return openId.logouts(post);
  }

  /// Who asks products what they know of devices.
  FeedRunner startFeeds() {
    return feeds.start();
  }

  /// Gives up the connections to others.
  @Override
  public void close() {
    attestations.close();
    federation.close();
    feeds.close();
  }

  /// For the port that asks for a client certificate.
  Routes mutualTlsRoutes() {
    return new Routes(
        Stream.of(
                oauth().mutualTls(),
                openId.userInfo(proofs).mutualTls(),
                authzen().mutualTls(),
                pki.mutualTls(),
                scim)
            .flatMap(List::stream)
            .toList());
  }

  private AuthzenRoutes authzen() {
    var world = foundation.world();
    var point = new Point(changes, world, new Adviser(world, machine.entropy()), records);
    return new AuthzenRoutes(doors, point, addresses.mutualTls().orElse(addresses.issuer()));
  }

  private OAuthRoutes oauth() {
    var flows =
        new OAuthRoutes.Flows(
            new PasswordAttempts(changes),
            new PushedRequests(changes),
            new Tokens(changes, issuer),
            new WorkloadTokens(changes, issuer));
    return new OAuthRoutes(doors, flows, addresses, openId.tokens()::jwks, openId.endpoints());
  }

  private List<Route<?>> pages() {
    var recovery =
        new RecoveryRoutes(doors, new Visits(changes), addresses.pages(), machine.time()).routes();
    return Stream.of(
            pages.routes(),
            recovery,
            openId.own(pages, browserVisits(), invitations()),
            saml.pages(openId.decisions(), pages, browserVisits()),
            browsers.routes(),
            federation.pages())
        .<Route<?>>flatMap(List::stream)
        .toList();
  }

  private BrowserVisits browserVisits() {
    return new BrowserVisits(changes, ceremonies());
  }

  private Ceremonies ceremonies() {
    return new Ceremonies(party(), authenticators);
  }

  private RelyingParty party() {
    return new RelyingParty(configuration.face().relyingPartyId(), addresses.pages(), "Vigil");
  }

  private PageRoutes signInPages() {
    var ceremonies = ceremonies();
    var flows =
        new PageRoutes.Flows(
            new Visits(changes),
            signIn(),
            new BrowserVisits(changes, ceremonies),
            new Registration(changes, ceremonies));
    return new PageRoutes(doors, flows, party(), machine.time(), federation.signIn().offered());
  }

  private SignIn signIn() {
    return new SignIn(changes, ceremonies(), addresses.issuer());
  }

  private Invitations invitations() {
    return new Invitations(changes, federation.trusted());
  }

  private List<Route<?>> person() {
    return Stream.of(
            new PersonRoutes(doors, invitations(), addresses.pages()).routes(),
            new PasskeyRoutes(doors, new Passkeys(changes)).routes())
        .flatMap(List::stream)
        .toList();
  }

  private List<Route<?>> device() {
    var useCases =
        new DeviceRoutes.UseCases(
            new Enrolment(
                changes,
                pki.authorities(),
                attestations,
                ClientProfile.DEFAULT_LIFETIME,
                pki.rules()),
            new Renewal(changes, pki.authorities(), ClientProfile.DEFAULT_LIFETIME),
            new Attesting(changes, attestations),
            new PostureReports(changes));
    return new DeviceRoutes(
            doors,
            useCases,
            new DeviceRoutes.Directions(gateway, List.of(der(keys.rootCertificate()))))
        .routes();
  }

  private List<Route<?>> approvals() {
    var approvals = new Approvals(changes);
    return Stream.concat(
            new ApprovalRoutes(doors, approvals).routes().stream(),
            new DeviceEnrolmentRoutes(doors, approvals).routes().stream())
        .toList();
  }

  private static Bytes der(X509Certificate certificate) {
    try {
      return Bytes.of(certificate.getEncoded());
    } catch (CertificateEncodingException e) {
      throw new IllegalStateException("a certificate of ours can be encoded", e);
    }
  }

  private List<Route<?>> administration() {
    var reserved =
        Stream.of(addresses.issuer(), addresses.pages(), gateway)
            .map(URI::getHost)
            .collect(Collectors.toSet());
    var useCases =
        new AdministrationRoutes.UseCases(
            changes,
            people(),
            new Apps(changes, reserved),
            new Policies(changes),
            new Publications(
                changes,
                new Publishing(new WorkbenchChecks(changes.time()), configuration.approval())),
            new EnforcementPoints(changes),
            new Sessions(changes),
            new Devices(changes),
            new Revocation(changes),
            new Partners(changes, pki.authorities(), PARTNER_LIFETIME));
    return new AdministrationRoutes(doors, useCases).routes();
  }

  private People people() {
    return new People(
        changes, new InvitationLinks(new Invitations(changes), addresses.pages(), changes.time()));
  }

  private List<Route<?>> provisioning() {
    return new ProvisioningRoutes(doors, new Providers(changes), addresses.issuer()).routes();
  }

  private List<Route<?>> scim() {
    var useCases =
        new ScimRoutes.UseCases(new Providers(changes), new Users(changes), new Groups(changes));
    return new ScimRoutes(doors, useCases, machine.time()).routes();
  }

  private List<Route<?>> service() {
    var assertions = new SignedAssertions(keys, addresses.issuer().toString(), machine.time());
    return new ServiceRoutes(doors, assertions::jwks, () -> !foundation.world().suspended())
        .routes();
  }
}
