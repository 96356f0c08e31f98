// SPDX-License-Identifier: Apache-2.0
package dev.vigil.demo.bank;

import com.nimbusds.jose.jwk.JWKSet;
import dev.vigil.demo.phone.Maker;
import dev.vigil.demo.phone.PageVisitor;
import dev.vigil.demo.phone.Phone;
import dev.vigil.demo.phone.SoftwarePasskey;
import dev.vigil.demo.phone.VertxTransport;
import dev.vigil.identity.federation.Provider;
import dev.vigil.kernel.AppId;
import dev.vigil.kernel.Entropy;
import dev.vigil.kernel.TimeSource;
import dev.vigil.sdk.port.Body;
import dev.vigil.sdk.port.Headers;
import dev.vigil.sdk.port.Transport;
import dev.vigil.server.Assembly;
import dev.vigil.server.config.Configuration;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.text.ParseException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.slf4j.LoggerFactory;

/// The bank of the case: a running Vigil, four apps behind it, an administrator at a desk, and
/// people with phones. The same bank serves tests, the demo and trying things by hand.
public final class Bank implements AutoCloseable {

  /// The domain that the bank's apps live below.
  public static final String DOMAIN = "apps.localhost";

  public static final String BANKING = "banking." + DOMAIN;
  public static final String STAFF = "staff." + DOMAIN;
  public static final String TREASURY = "treasury." + DOMAIN;
  public static final String VAULT = "vault." + DOMAIN;
  public static final String PARTNERS = "partner-api." + DOMAIN;

  private static final Map<String, String> APPS =
      Map.of(
          "banking",
          "127.0.10.1",
          "staff",
          "127.0.10.2",
          "treasury",
          "127.0.10.3",
          "partner-api",
          "127.0.10.4",
          "vault",
          "127.0.10.5");

  private final Assembly server;
  private final Path authority;
  private final TimeSource time;
  private final Vertx vertx;
  private final Desk desk;
  private final Map<String, UpstreamApp> apps = new HashMap<>();
  private final List<AutoCloseable> open = new ArrayList<>();
  private final List<X509Certificate> anchors;

  private Bank(Assembly server, Path folder, Path authority, TimeSource time, Entropy entropy) {
    this.server = server;
    this.authority = authority;
    this.time = time;
    this.vertx = Vertx.vertx();
    this.desk = new Desk(folder.resolve("desk"), time, entropy);
    this.anchors = List.of(server.anchor());
  }

  /// Opens the bank on a server that nobody has administered yet: the first administrator, the
  /// apps, the policies.
  public static Bank open(Assembly server, Premises premises, TimeSource time, Entropy entropy)
      throws IOException {
    var bank = new Bank(server, premises.folder(), premises.authority(), time, entropy);
    var link =
        server
            .firstAdministrator()
            .orElseThrow(
                () -> new IllegalStateException("this server has had an administrator before"));
    bank.desk.register(link);
    bank.desk.signIn(server.configuration().face().issuer(), premises.authority());
    bank.publishApps();
    bank.desk.change("the bank opens", "policy", "apply", premises.policies().toString());
    return bank;
  }

  private void publishApps() throws IOException {
    var keys = assertionKeys();
    for (var entry : APPS.entrySet()) {
      var app = UpstreamApp.start(vertx, new AppId(entry.getKey()), entry.getValue(), keys);
      apps.put(entry.getKey(), app);
      open.add(app);
      var command =
          new ArrayList<>(
              List.of(
                  "app",
                  "put",
                  entry.getKey(),
                  "--host",
                  entry.getKey() + "." + DOMAIN,
                  "--upstream",
                  app.address(entry.getValue()).toString(),
                  "--sensitivity",
                  entry.getKey().equals("treasury") ? "critical" : "normal"));
      if (entry.getKey().equals("banking"))
        command.addAll(List.of("--transaction", "POST /payments amount,currency,payee"));
      desk.change("the app moves behind Vigil", command.toArray(String[]::new));
    }
  }

  /// The keys of the identity header, fetched as an upstream would.
  private JWKSet assertionKeys() throws IOException {
    var request =
        new Transport.Request(
            "GET", issuer().resolve("/assertions/jwks"), Headers.NONE, Body.EMPTY);
    try (var transport = new VertxTransport(vertx, VertxTransport.Network.PLAIN);
        var body =
            transport
                .send(request, new Transport.Peer(Optional.empty(), anchors, Optional.empty()))
                .body()) {
      return JWKSet.load(body);
    } catch (ParseException e) {
      throw new IOException("the keys of the identity header cannot be read", e);
    }
  }

  /// A person of the bank, with a passkey: registered by invitation, or after coming through the
  /// provider that the configuration names for this population.
  ///
  /// @param local the address of the person's network
  public PageVisitor invite(
      String userName, String name, String population, String local, String... groups)
      throws IOException {
    var visitor = new PageVisitor(new SoftwarePasskey(), local);
    var provider =
        server.configuration().upstreams().stream()
            .map(Configuration.Upstream::provider)
            .filter(one -> one.arrivals().population().label().equals(population))
            .findFirst();
    if (provider.isPresent()) {
      visitor.join(
          pages(),
          provider.get().id().value(),
          userName,
          claims(provider.get(), userName, name, List.of(groups)));
      return visitor;
    }
    var command =
        new ArrayList<>(
            List.of("user", "invite", userName, "--name", name, "--population", population));
    for (String group : groups) command.addAll(List.of("--group", group));
    var invited = desk.change("joins the demo", command.toArray(String[]::new));
    visitor.register(
        URI.create(invited.path("invitation").path("url").asString()), Optional.empty());
    return visitor;
  }

  /// What the provider says of a person, its groups by its own names.
  private static Map<String, Object> claims(
      Provider provider, String userName, String name, List<String> groups) {
    var theirs =
        provider.meanings().groups().entrySet().stream()
            .filter(one -> groups.contains(one.getValue()))
            .map(Map.Entry::getKey)
            .toList();
    return Map.of(
        "preferred_username", userName, "name", name, provider.meanings().groupsClaim(), theirs);
  }

  /// A phone of this person, not enrolled yet.
  public Phone phone(PageVisitor owner, String name, String local) throws IOException {
    return phone(owner, name, local, Map.of());
  }

  /// The same, on a network that leads some names elsewhere.
  public Phone phone(
      PageVisitor owner, String name, String local, Map<String, Transport.Address> hosts)
      throws IOException {
    return phone(owner, new Phone.Make(name, local, Optional.empty()), hosts);
  }

  /// A phone whose hardware attests, under a root for development.
  public Phone attestingPhone(PageVisitor owner, String name, String local, Maker.Handset handset)
      throws IOException {
    return phone(owner, new Phone.Make(name, local, Optional.of(handset)), Map.of());
  }

  private Phone phone(PageVisitor owner, Phone.Make make, Map<String, Transport.Address> hosts)
      throws IOException {
    var phone =
        new Phone(
            vertx,
            new Phone.Organisation(issuer(), Files.readString(authority), hosts),
            owner,
            make);
    open.add(phone);
    return phone;
  }

  /// A partner's machine that connects from this address.
  public Partner partner(String local) throws java.security.GeneralSecurityException {
    var transport =
        new VertxTransport(vertx, new VertxTransport.Network(Optional.of(local), Map.of()));
    open.add(transport);
    return new Partner(
        transport,
        new Partner.Endpoints(server.mutualTls().resolve("/oauth/token"), gateway(), anchors));
  }

  /// A SaaS app that signs people in by OpenID Connect, registered under this name. It trusts the
  /// server's certificate and knows the issuer's address.
  public OpenIdApp openIdApp(String id) throws IOException {
    var app =
        new OpenIdApp(
            id,
            URI.create("https://" + id + ".example/callback"),
            issuer(),
            trust().getSocketFactory());
    var keys = Files.writeString(desk.folder().resolve(id + "-keys.json"), app.publicKeys());
    desk.change(
        "the app signs people in through Vigil",
        "client",
        "add",
        id,
        "--app",
        id,
        "--redirect",
        "https://" + id + ".example/callback",
        "--jwks",
        keys.toString(),
        "--scope",
        "openid",
        "--scope",
        "profile",
        "--scope",
        "offline_access");
    return app;
  }

  /// A SaaS app that signs people in by SAML, registered under this name.
  public SamlApp samlApp(String id) throws IOException {
    var app = new SamlApp("https://" + id + ".example/saml", published("/saml/metadata"));
    var metadata = Files.writeString(desk.folder().resolve(id + ".xml"), app.metadata());
    desk.change(
        "the app signs people in through Vigil",
        "saml",
        "add",
        id,
        "--metadata",
        metadata.toString(),
        "--app",
        id,
        "--name-id",
        "email");
    return app;
  }

  private String published(String path) throws IOException {
    try (var client = HttpClient.newHttpClient()) {
      return client
          .send(HttpRequest.newBuilder(pages().resolve(path)).build(), BodyHandlers.ofString())
          .body();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  /// The organisation's identity platform, which provisions people by SCIM.
  ///
  /// @param options of `vigil provisioning add`
  public IdentityPlatform identityPlatform(String... options) {
    var command = new ArrayList<>(List.of("provisioning", "add", "entra"));
    command.addAll(List.of(options));
    var granted = desk.change("people come from there", command.toArray(String[]::new));
    return new IdentityPlatform(
        HttpClient.newBuilder().sslContext(trust()).build(),
        URI.create(granted.path("url").asString()),
        granted.path("token").asString());
  }

  /// The bank's device management.
  public ManagementProduct management() {
    return new ManagementProduct(
        HttpClient.newBuilder().sslContext(trust()).build(), issuer(), time);
  }

  /// TLS that trusts the server's own root and nothing else.
  private SSLContext trust() {
    try {
      var store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      store.setCertificateEntry("anchor", server.anchor());
      var trust = TrustManagerFactory.getInstance("PKIX");
      trust.init(store);
      var tls = SSLContext.getInstance("TLS");
      tls.init(null, trust.getTrustManagers(), null);
      return tls;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /// The origin of the pages.
  public URI pages() {
    return server.configuration().face().browser();
  }

  /// The bank's clock.
  public Instant now() {
    return time.now();
  }

  /// Where the gateway's socket is.
  public Transport.Address gateway() {
    var listen = server.configuration().gateway().listen();
    return new Transport.Address(listen.getAddress().getHostAddress(), listen.getPort());
  }

  public URI issuer() {
    return server.configuration().face().issuer();
  }

  public List<X509Certificate> anchors() {
    return anchors;
  }

  public Desk desk() {
    return desk;
  }

  public Assembly server() {
    return server;
  }

  public Vertx vertx() {
    return vertx;
  }

  /// The app of this name, on the other side of the gateway.
  public UpstreamApp app(String id) {
    return Optional.ofNullable(apps.get(id))
        .orElseThrow(() -> new IllegalArgumentException("the bank has no app `" + id + "`"));
  }

  @Override
  public void close() {
    for (var one : open.reversed()) {
      try {
        one.close();
      } catch (Exception e) { // whatever one part does on its way down, the others go down too
        LoggerFactory.getLogger(Bank.class).warn("a part of the demo did not stop cleanly", e);
      }
    }
    vertx.close().await();
  }
}
