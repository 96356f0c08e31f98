// SPDX-License-Identifier: Apache-2.0
package dev.vigil.bench.signin;

import dev.vigil.bench.Child;
import dev.vigil.bench.Report;
import dev.vigil.demo.bank.Desk;
import dev.vigil.demo.bank.Premises;
import dev.vigil.demo.phone.PageVisitor;
import dev.vigil.demo.phone.SoftwarePasskey;
import dev.vigil.kernel.Entropy;
import dev.vigil.kernel.TimeSource;
import dev.vigil.sdk.port.Browser;
import dev.vigil.server.config.Configuration;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Vigil in a process of its own, set up over the wire: an app that signs people in, a policy for
/// it, people with passkeys. Its rate limits stay as they are.
final class VigilSite implements AutoCloseable {

  /// Ten sign-ins a minute are what a person may try.
  private static final Duration PAUSE = Duration.ofMillis(6_500);

  private static final int TELL = 50;
  private static final String REASON = "bench";
  private static final String POLICY =
      """
      strength:
        passkey:
          any_of: [passkey, passkey-hardware]
          phishing_resistant: true
          user_verified: true
      permit:
        people-see-their-payslips:
          app: payroll
          who: subject.population == "employee"
          require:
            - strength: passkey
              max_age: 8h
              text: Sign in with your passkey for today.
      """;

  private final Premises premises;
  private final Configuration configuration;
  private final Child server;
  private final TimeSource time;
  private final Entropy entropy;

  private VigilSite(
      Premises premises,
      Configuration configuration,
      Child server,
      TimeSource time,
      Entropy entropy) {
    this.premises = premises;
    this.configuration = configuration;
    this.server = server;
    this.time = time;
    this.entropy = entropy;
  }

  /// Starts it in this folder, with nobody in it yet.
  static VigilSite start(Path folder, TimeSource time, Entropy entropy) throws IOException {
    var premises = new Premises(folder, Premises.examples(), Premises.Doors.ANY);
    var configuration = premises.furnish();
    var server =
        Child.java(
            folder.resolve("server.log"),
            "dev.vigil.server.Vigil",
            "server",
            "--config",
            premises.file().toString());
    return new VigilSite(premises, configuration, server, time, entropy);
  }

  /// Lets the app and the people in.
  Site furnish(int people, App.Keys keys, Report report)
      throws IOException, InterruptedException, GeneralSecurityException {
    server.await("  first administrator");
    var authority = premises.data().resolve("authority.pem");
    var issuer = configuration.face().issuer();
    var desk = new Desk(premises.folder().resolve("desk"), time, entropy);
    desk.register(
        URI.create(Files.readString(premises.data().resolve("first-administrator.link")).strip()));
    desk.signIn(issuer, authority);
    desk.change(REASON, "policy", "apply", policies().toString());
    register(desk, keys);
    var visitors = new ArrayList<PageVisitor>();
    for (int i = 0; i < people; i++) {
      if (i % TELL == 0) report.progress("vigil: %d of %d people".formatted(i, people));
      visitors.add(invite(desk, i));
    }
    var provider = Provider.discover(issuer, "openid offline_access", Provider.trusting(authority));
    long before = asked(visitors);
    return new Site(
        "vigil",
        server,
        new App(keys, provider, time, entropy),
        new People(List.<Browser>copyOf(visitors), PAUSE, time),
        () -> asked(visitors) - before);
  }

  private static long asked(List<PageVisitor> visitors) {
    return visitors.stream().mapToLong(PageVisitor::requests).sum();
  }

  /// One permission and no guards: those ask for facts of a device, and these people come with a
  /// browser alone.
  private Path policies() throws IOException {
    var folder = Files.createDirectories(premises.folder().resolve("policies"));
    Files.writeString(folder.resolve(App.ID + ".yaml"), POLICY);
    return folder;
  }

  private void register(Desk desk, App.Keys keys) throws IOException {
    var jwks = premises.folder().resolve("payroll-keys.json");
    Files.writeString(jwks, keys.jwks());
    desk.change(
        REASON,
        "client",
        "add",
        App.ID,
        "--app",
        App.ID,
        "--redirect",
        App.CALLBACK.toString(),
        "--jwks",
        jwks.toString(),
        "--scope",
        "openid",
        "--scope",
        "offline_access");
  }

  private static PageVisitor invite(Desk desk, int number) throws IOException {
    var invited =
        desk.change(
            REASON,
            "user",
            "invite",
            "person-" + number + "@bank.example",
            "--name",
            "Person " + number,
            "--population",
            "employee");
    var visitor = new PageVisitor(new SoftwarePasskey(), Addresses.of(number));
    visitor.register(
        URI.create(invited.path("invitation").path("url").asString()), Optional.empty());
    return visitor;
  }

  @Override
  public void close() {
    server.close();
  }
}
