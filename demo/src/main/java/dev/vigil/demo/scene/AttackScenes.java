// SPDX-License-Identifier: Apache-2.0
package dev.vigil.demo.scene;

import static dev.vigil.demo.phone.Phone.outcome;

import dev.vigil.demo.bank.Bank;
import dev.vigil.demo.bank.Impostor;
import dev.vigil.demo.bank.Partner;
import dev.vigil.demo.bank.Watch;
import dev.vigil.demo.phone.Phone;
import dev.vigil.sdk.port.Body;
import dev.vigil.sdk.port.Transport.Peer;
import dev.vigil.sdk.port.Transport.Request;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Thieves, impostors and people who reach for what is not theirs.
final class AttackScenes {

  private final Bank bank;
  private final Phone victim;
  private final Phone thief;

  /// @param thief another customer's enrolled phone
  AttackScenes(Bank bank, Phone victim, Phone thief) {
    this.bank = bank;
    this.victim = victim;
    this.thief = thief;
  }

  List<Scene> scenes() {
    return List.of(
        new Scene(
            "a stolen token, replayed from another enrolled device",
            "denied access.token-of-another-device",
            this::replay),
        new Scene(
            "a certificate that nobody here issued", "no connection", this::unknownCertificate),
        new Scene("no certificate at all", "no connection", this::noCertificate),
        new Scene(
            "an interceptor with another authority's certificate",
            "server not trusted",
            this::intercepted),
        new Scene(
            "a valid phone reaches for an app it is not entitled to",
            "denied",
            () -> outcome(victim.get(Bank.STAFF, "/"))),
        new Scene("a name that no app has", "denied access.app-unknown", this::unknownApp),
        new Scene(
            "an identity header from outside is not believed",
            "the right person",
            this::forgedHeader),
        new Scene("a stolen phone is revoked: its open stream is cut", "cut", this::revoke),
        new Scene(
            "and it does not come back",
            "enrolment required",
            () -> outcome(thief.get(Bank.BANKING, "/accounts"))));
  }

  private String replay() throws IOException {
    if (!outcome(victim.get(Bank.BANKING, "/accounts")).startsWith("allowed"))
      return "the victim was not let in";
    if (!outcome(thief.get(Bank.BANKING, "/accounts")).startsWith("allowed"))
      return "the thief's own phone was not let in";
    var stolen = victim.wiretap().loot();
    return raw(stolen.request(), thief.wiretap().loot().peer());
  }

  private String raw(Request request, Peer peer) throws IOException {
    var response = thief.transport().send(request, peer);
    try (var body = response.body()) {
      return Partner.outcome(response.status(), body.readAllBytes());
    }
  }

  private String unknownCertificate() throws Exception {
    var own = victim.wiretap().loot();
    var forged =
        Optional.of(
            new Impostor("Another CA", bank.now())
                .client("CN=" + victim.client().device().orElse("")));
    return connection(own.request(), new Peer(own.peer().address(), own.peer().anchors(), forged));
  }

  private String noCertificate() {
    var own = victim.wiretap().loot();
    return connection(
        own.request(), new Peer(own.peer().address(), own.peer().anchors(), Optional.empty()));
  }

  private String connection(Request request, Peer peer) {
    try {
      return raw(request, peer);
    } catch (IOException e) {
      return "no connection";
    }
  }

  /// Public Wi-Fi that leads to somebody else's server, whose certificate is good, but another
  /// authority's.
  private String intercepted() throws Exception {
    try (var impostor =
        new Impostor("Another CA", bank.now()).server(bank.vertx(), "localhost", "127.0.30.1")) {
      var trap = Map.of("localhost", impostor.address());
      var phone = bank.phone(victim.visitor(), "on public Wi-Fi", "127.0.20.9", trap);
      String result = outcome(phone.enrol());
      return impostor.requests() == 0 ? result : result + ", but the impostor read a request";
    }
  }

  private String unknownApp() {
    return outcome(victim.get("nothing." + Bank.DOMAIN, "/"));
  }

  private String forgedHeader() throws IOException {
    var own = victim.wiretap().loot();
    var headers =
        own.request()
            .headers()
            .with("Vigil-Assertion", "eyJhbGciOiJub25lIn0.eyJzdWIiOiJzdWJfYWRtaW4ifQ.")
            .with("X-Forwarded-For", "10.0.0.1");
    var response =
        victim
            .transport()
            .send(
                new Request(
                    "GET",
                    URI.create("https://" + Bank.BANKING + "/accounts"),
                    headers,
                    Body.EMPTY),
                own.peer());
    try (var body = response.body()) {
      String text = new String(body.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
      String subject = bank.desk().subject("clara@mail.example").required("id").asString();
      return response.status() == 200 && text.contains(subject)
          ? "the right person"
          : response.status() + " " + text;
    }
  }

  private String revoke() throws Exception {
    var watch = new Watch();
    String opened = outcome(thief.open(Bank.BANKING, "/live", watch));
    if (!opened.equals("allowed stream")) return opened;
    watch.firstMessage();
    bank.desk()
        .change("reported stolen", "device", "revoke", thief.client().device().orElseThrow());
    return watch.fate();
  }
}
