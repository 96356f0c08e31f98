// SPDX-License-Identifier: Apache-2.0
package dev.vigil.server;

import dev.vigil.admission.Actor;
import dev.vigil.admission.Changes;
import dev.vigil.admission.ClientsView.SignOn;
import dev.vigil.admission.Ending;
import dev.vigil.admission.administration.Mandate;
import dev.vigil.admission.administration.Reason;
import dev.vigil.admission.openid.Clients;
import dev.vigil.identity.Population;
import dev.vigil.identity.Session;
import dev.vigil.identity.Subject;
import dev.vigil.identity.oauth.RegisteredClient;
import dev.vigil.kernel.AppId;
import dev.vigil.kernel.Entropy;
import dev.vigil.kernel.Outcome;
import dev.vigil.kernel.SessionId;
import dev.vigil.kernel.Sha256;
import dev.vigil.kernel.SubjectId;
import dev.vigil.server.config.ConfigurationReader;
import dev.vigil.server.config.ConfigurationReader.Reading;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/// A person's session that was used at a registered app and ends, so that the app must be told. As
/// a program it commits that to an installation, says so, and waits to be killed.
final class EndedSession {

  private EndedSession() {}

  /// @param arguments the configuration file, and where the app hears of it
  public static void main(String[] arguments) throws Exception {
    var file = Path.of(arguments[0]).toAbsolutePath();
    var text = Files.readString(file);
    var folder = Objects.requireNonNull(file.getParent());
    if (!(ConfigurationReader.read("vigil.yaml", text, folder) instanceof Reading.Read read))
      throw new AssertionError("the configuration cannot be read");
    var entropy = SystemTime.entropy();
    var machine = new Foundation.Machine(new SystemTime(), entropy);
    try (var foundation = Foundation.open(read.configuration(), machine)) {
      commit(foundation.changes(), entropy, arguments[1]);
      System.out.println("committed");
      System.out.flush();
      System.in.transferTo(OutputStream.nullOutputStream());
    }
  }

  /// Registers the app, and begins and ends a session that was used there.
  static SessionId commit(Changes changes, Entropy entropy, String address) {
    var registered = new Clients(changes).put(mandate(), client(address));
    if (registered instanceof Outcome.Refused<RegisteredClient> refused)
      throw new AssertionError(refused.toString());
    var session = changes.commit(Actor.SYSTEM, work -> begun(work, entropy));
    changes.commit(Actor.SYSTEM, work -> Ending.end(work, session, "the person left"));
    return session.id();
  }

  private static Mandate mandate() {
    return new Mandate(Actor.SYSTEM, new Reason("a contract"));
  }

  private static RegisteredClient client(String address) {
    return new RegisteredClient(
        "payroll",
        "Payroll",
        RegisteredClient.Kind.WEB,
        RegisteredClient.Profile.FAPI2,
        new RegisteredClient.Method.Certificates(Set.of(Sha256.of(new byte[] {1}))),
        new AppId("payroll"),
        Set.of("https://payroll.example/callback"),
        Set.of(),
        Optional.of(address),
        Set.of("openid"),
        Set.of(),
        Optional.empty());
  }

  private static Session begun(dev.vigil.admission.Work work, Entropy entropy) {
    var alice =
        new Subject(
            SubjectId.random(entropy),
            "alice@bank.example",
            "Alice",
            Population.EMPLOYEE,
            Set.of(),
            Set.of(),
            true,
            work.now());
    var session =
        new Session(
            SessionId.random(entropy),
            alice.id(),
            new Session.Binding.Cookie(),
            List.of(),
            work.now(),
            work.now().plus(Duration.ofHours(8)),
            Optional.empty());
    work.tx().put(alice);
    work.tx().put(session);
    work.tx()
        .clients()
        .put(
            new SignOn(
                session.id(),
                "payroll",
                Optional.empty(),
                Optional.empty(),
                List.of("openid"),
                Optional.empty(),
                work.now()));
    work.event("session-established", "test", Map.of(), alice.id(), session.id());
    return session;
  }
}
