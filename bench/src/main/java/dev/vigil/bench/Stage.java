// SPDX-License-Identifier: Apache-2.0
package dev.vigil.bench;

import dev.vigil.bench.load.Wish;
import dev.vigil.demo.bank.Bank;
import dev.vigil.demo.bank.Desk;
import dev.vigil.demo.bank.Premises;
import dev.vigil.demo.phone.PageVisitor;
import dev.vigil.demo.phone.Phone;
import dev.vigil.demo.phone.SoftwarePasskey;
import dev.vigil.demo.phone.Wiretap;
import dev.vigil.kernel.TimeSource;
import dev.vigil.sdk.port.Transport.Identity;
import dev.vigil.sdk.port.Transport.Peer;
import dev.vigil.server.SystemTime;
import dev.vigil.server.config.Configuration;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Map;
import java.util.Optional;

/// A server in another process, set up over the wire: the bank's policies, one app, one employee
/// with a corporate phone.
final class Stage implements AutoCloseable {

  private static final String LOCAL = "127.0.20.3";
  private static final String EMPLOYEE = "load@bank.example";

  private final Configuration configuration;
  private final Vertx vertx = Vertx.vertx();
  private final Phone phone;

  private Stage(Configuration configuration, Path authority, PageVisitor owner) throws IOException {
    this.configuration = configuration;
    var organisation =
        new Phone.Organisation(
            configuration.face().issuer(), Files.readString(authority), Map.of());
    this.phone =
        new Phone(vertx, organisation, owner, new Phone.Make("load", LOCAL, Optional.empty()));
  }

  /// @param upstream where the app is
  static Stage open(Premises premises, Configuration configuration, URI upstream, TimeSource time)
      throws IOException {
    var data = configuration.dataFolder();
    var authority = data.resolve("authority.pem");
    var desk = new Desk(premises.folder().resolve("desk"), time, SystemTime.entropy());
    desk.register(URI.create(Files.readString(data.resolve("first-administrator.link")).strip()));
    desk.signIn(configuration.face().issuer(), authority);
    for (String app : new String[] {"staff", "banking", "treasury", "partner-api"})
      desk.change(
          "bench",
          "app",
          "put",
          app,
          "--host",
          app + "." + Bank.DOMAIN,
          "--upstream",
          upstream.toString(),
          "--sensitivity",
          "normal");
    desk.change("bench", "policy", "apply", premises.policies().toString());
    var invited =
        desk.change(
            "bench", "user", "invite", EMPLOYEE, "--name", "Load", "--population", "employee");
    var owner = new PageVisitor(new SoftwarePasskey(), LOCAL);
    owner.register(URI.create(invited.path("invitation").path("url").asString()), Optional.empty());
    var stage = new Stage(configuration, authority, owner);
    String enrolled = Phone.outcome(stage.phone.enrol());
    if (!enrolled.equals("done")) throw new IOException("the phone was not enrolled: " + enrolled);
    return stage;
  }

  private Wiretap.Seen call() throws IOException {
    String outcome = Phone.outcome(phone.get(Bank.STAFF, "/"));
    if (!outcome.equals("allowed 200"))
      throw new IOException("the phone is not let in: " + outcome);
    return phone.wiretap().loot();
  }

  /// A token that is good for a while.
  String token() throws IOException {
    return call().authorization();
  }

  /// How the phone connects.
  Peer peer() throws IOException {
    return call().peer();
  }

  /// A load of requests like this phone's.
  Wish wish(int parallel, int seconds) throws IOException, GeneralSecurityException {
    var peer = peer();
    Identity identity = peer.identity().orElseThrow();
    return new Wish(
        Bank.STAFF,
        configuration.gateway().listen().getPort(),
        Pem.of(peer.anchors()),
        Pem.of(identity.chain()),
        Pem.of(identity.keys().handle()),
        token(),
        false,
        parallel,
        seconds);
  }

  @Override
  public void close() {
    phone.close();
    vertx.close().await();
  }
}
