// SPDX-License-Identifier: Apache-2.0
package dev.vigil.server;

import dev.vigil.access.AdviceRecords;
import dev.vigil.access.Approvals;
import dev.vigil.admission.signin.SpendApproval;
import dev.vigil.api.http.ApiServer;
import dev.vigil.api.http.Listener;
import dev.vigil.api.http.Listener.Channel;
import dev.vigil.api.http.Routes;
import dev.vigil.api.signin.Addresses;
import dev.vigil.gateway.Cidr;
import dev.vigil.gateway.Gateway;
import dev.vigil.gateway.GatewayConfig;
import dev.vigil.gateway.GatewayPorts;
import dev.vigil.identity.oauth.Audience;
import dev.vigil.kernel.Outcome;
import dev.vigil.kernel.SessionId;
import dev.vigil.kernel.Sha256;
import dev.vigil.kernel.TimeSource;
import dev.vigil.keys.GatewayTokens;
import dev.vigil.keys.KeyPurpose;
import dev.vigil.keys.KeyRing;
import dev.vigil.keys.SignedAssertions;
import dev.vigil.server.Foundation.Machine;
import dev.vigil.server.config.Configuration;
import dev.vigil.store.RecordSegments;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One running server, put together: the facts first, then the ports. Closing it drains the ports
/// first and gives up the truth last.
public final class Assembly implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Assembly.class);
  private static final Duration BODY_TIMEOUT = Duration.ofSeconds(10);

  private final Deque<AutoCloseable> running = new ArrayDeque<>();
  private final Configuration configuration;
  private final Machine machine;
  private final Foundation foundation;
  private final URI mutualTls;

  private Assembly(Configuration configuration, Machine machine) throws IOException {
    ServerTls.check(configuration.face());
    this.configuration = configuration;
    this.machine = machine;
    this.foundation = Foundation.open(configuration, machine);
    this.mutualTls =
        URI.create(
            "https://"
                + configuration.face().issuer().getHost()
                + ":"
                + configuration.face().mutualTls().getPort());
    running.push(foundation);
  }

  /// Starts everything and returns once all ports are open.
  ///
  /// @throws StartRefused if something is in the way; then nothing keeps running
  public static Assembly start(Configuration configuration) throws IOException {
    return start(configuration, new Machine(new SystemTime(), SystemTime.entropy()));
  }

  /// The same on clocks that the caller brings.
  public static Assembly start(Configuration configuration, TimeSource time) throws IOException {
    return start(configuration, new Machine(time, SystemTime.entropy()));
  }

  /// The same on clocks and randomness that the caller brings.
  static Assembly start(Configuration configuration, Machine machine) throws IOException {
    var assembly = new Assembly(configuration, machine);
    try {
      assembly.openAll();
      return assembly;
    } catch (IllegalStateException e) {
      assembly.close();
      throw new StartRefused(
          String.valueOf(e.getMessage()), "free the address or configure another");
    } catch (RuntimeException | IOException e) {
      assembly.close();
      throw e;
    }
  }

  private void openAll() throws IOException {
    renewServerCertificate();
    running.push(Maintenance.start(foundation, machine.time()));
    running.push(MakersReleases.start(foundation.changes(), configuration.devices().releases()));
    foundation
        .token()
        .ifPresent(token -> running.push(TokenWatch.start(token, foundation.changes())));
    var config = gatewayConfig();
    var records = Foundation.required(RecordSegments.open(foundation.folder(), config.loops() + 1));
    running.push(records);
    running.push(openGateway(config, records));
    openFaces(records.ofAdvice(config.loops()));
  }

  /// The server's own certificate follows the configured names, and is renewed in time.
  private void renewServerCertificate() {
    var keys = foundation.keys();
    if (!keys.serverNeedsRenewal()) return;
    if (keys.rotate(KeyPurpose.SERVER, KeyRing.Old.STILL_VERIFIES)
        instanceof Outcome.Refused<KeyPurpose>(var refusal, var detail))
      LOG.warn(
          "the server's certificate runs out soon or names other hosts than the configuration, and"
              + " no other can be made: {} ({}); {}",
          refusal.says(),
          detail,
          keys.rootPresent()
              ? refusal.next()
              : "run `vigil keys restore-root`, start once, then `vigil keys remove-root`");
  }

  /// The last writer of the records is the answers' to other enforcement points.
  private Gateway openGateway(GatewayConfig config, RecordSegments records) throws IOException {
    var keys = foundation.keys();
    String issuer = configuration.face().issuer().toString();
    var spender = Executors.newVirtualThreadPerTaskExecutor();
    running.push(spender);
    var ports =
        new GatewayPorts(
            foundation.world(),
            foundation.streams(),
            new GatewayTokens(keys, issuer, Audience.GATEWAY.label(), machine.time()),
            new SignedAssertions(keys, issuer, machine.time()),
            approvals(spender),
            records::ofLoop,
            machine.time());
    try {
      var gateway = Gateway.start(config, ports);
      keys.onChange(() -> renew(gateway));
      return gateway;
    } catch (IOException e) {
      throw new StartRefused(
          "the gateway does not start: " + e.getMessage(),
          "free the address, or configure another as `gateway.listen`");
    }
  }

  /// The gateway knows distrusted authorities too: whoever shows their certificates gets in
  /// nowhere, but is told to renew.
  private void renew(Gateway gateway) {
    var keys = foundation.keys();
    try {
      gateway.reload(ServerTls.gateway(keys), keys.knownClientAuthorities());
    } catch (IOException e) {
      LOG.error("the gateway keeps its old certificate: the new one cannot be used", e);
    }
  }

  private GatewayConfig gatewayConfig() {
    return new GatewayConfig(
            configuration.gateway().listen(),
            ServerTls.gateway(foundation.keys()),
            foundation.keys().knownClientAuthorities())
        .withProxies(
            blocks(configuration.proxies().proxyProtocol()),
            blocks(configuration.proxies().forwarded()));
  }

  private static List<Cidr> blocks(List<String> texts) {
    return texts.stream().map(Cidr::parse).toList();
  }

  /// Approvals are spent in the store, off the event loops.
  private Approvals approvals(ExecutorService executor) {
    var spend = new SpendApproval(foundation.changes());
    return (SessionId session, Sha256 action) ->
        CompletableFuture.supplyAsync(() -> spend.spend(session, action), executor);
  }

  private void openFaces(AdviceRecords records) {
    var face = configuration.face();
    var vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(2));
    running.push(
        () -> vertx.close().toCompletionStage().toCompletableFuture().get(5, TimeUnit.SECONDS));
    var addresses = new Addresses(face.issuer(), face.browser(), Optional.of(mutualTls));
    var faces = new Faces(foundation, configuration, addresses, records, machine);
    running.push(faces);
    configuration
        .passkeys()
        .metadata()
        .ifPresent(metadata ->
            running.push(
                AuthenticatorMetadata.start(
                    metadata,
                    faces.models().orElseThrow(),
                    configuration.dataFolder(),
                    machine.time())));
    running.push(LogoutSender.start(faces::logouts));
    running.push(faces.startFeeds());
    var edge = new ApiServer.Edge(vertx, machine.time(), machine.entropy(), BODY_TIMEOUT);
    var key = ServerTls.keyManager(face, foundation.keys(), vertx);
    boolean shared = face.browser().equals(face.issuer());
    open(
        edge,
        face.issuer(),
        face.listen(),
        new Channel.Tls(key),
        shared ? faces.sharedRoutes() : faces.issuerRoutes());
    open(
        edge,
        mutualTls,
        face.mutualTls(),
        new Channel.MutualTls(key, new ClientTrust(foundation.keys())),
        faces.mutualTlsRoutes());
    if (!shared)
      open(
          edge,
          face.browser(),
          new InetSocketAddress(face.listen().getAddress(), face.browser().getPort()),
          pagesChannel(key),
          faces.pageRoutes());
  }

  private Channel pagesChannel(javax.net.ssl.X509KeyManager key) {
    return configuration.face().plainLoopbackPages()
        ? new Channel.PlainLoopback()
        : new Channel.Tls(key);
  }

  private void open(
      ApiServer.Edge edge, URI origin, InetSocketAddress listen, Channel channel, Routes routes) {
    running.push(
        ApiServer.start(
            edge,
            new Listener(origin, listen.getAddress().getHostAddress(), listen.getPort(), channel),
            routes));
  }

  /// The root certificate that phones and command lines trust.
  public X509Certificate anchor() {
    return foundation.keys().rootCertificate();
  }

  /// Writes the root certificate into `authority.pem` in a folder, for command lines and for phones
  /// to be set up.
  public Path writeAnchor(Path folder) throws IOException {
    try {
      var file = folder.resolve("authority.pem");
      String body =
          Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(anchor().getEncoded());
      Files.writeString(
          file, "-----BEGIN CERTIFICATE-----\n" + body + "\n-----END CERTIFICATE-----\n");
      return file;
    } catch (CertificateEncodingException e) {
      throw new IllegalStateException("a certificate of ours can be encoded", e);
    }
  }

  /// The origin of the endpoints that ask for a client certificate.
  public URI mutualTls() {
    return mutualTls;
  }

  public Configuration configuration() {
    return configuration;
  }

  /// The link for the first administrator, good for fifteen minutes; empty once an administrator
  /// has ever existed.
  public Optional<URI> firstAdministrator() {
    return OneTimeLink.first(foundation.changes(), configuration.face().browser());
  }

  @Override
  public synchronized void close() {
    while (!running.isEmpty()) {
      try {
        running.pop().close();
      } catch (Exception e) { // whatever one part does on its way down, the others must go down too
        LOG.warn("a part did not stop cleanly", e);
      }
    }
  }
}
