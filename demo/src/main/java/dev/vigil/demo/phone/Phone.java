// SPDX-License-Identifier: Apache-2.0
package dev.vigil.demo.phone;

import dev.vigil.sdk.ActResult;
import dev.vigil.sdk.Answer;
import dev.vigil.sdk.AppRequest;
import dev.vigil.sdk.CallResult;
import dev.vigil.sdk.Done;
import dev.vigil.sdk.Ports;
import dev.vigil.sdk.Posture;
import dev.vigil.sdk.Profile;
import dev.vigil.sdk.Refused;
import dev.vigil.sdk.StreamResult;
import dev.vigil.sdk.VigilClient;
import dev.vigil.sdk.port.Attestor;
import dev.vigil.sdk.port.StreamListener;
import dev.vigil.sdk.port.Transport.Address;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;

/// A phone of the demo: the SDK as an app links it, a key and a passkey in software, and an address
/// of its own.
public final class Phone implements AutoCloseable {

  private final VigilClient client;
  private final VertxTransport transport;
  private final Wiretap wiretap;
  private final PageVisitor visitor;
  private final SoftwareKeys keys;
  private Posture posture = healthy();

  /// Where the phone's app finds its organisation.
  ///
  /// @param anchors what the app was shipped with, PEM
  /// @param hosts where names lead that no resolver knows
  public record Organisation(URI issuer, String anchors, Map<String, Address> hosts) {
    public Organisation {
      hosts = Map.copyOf(hosts);
    }
  }

  /// What a phone is.
  ///
  /// @param name what it will be listed as
  /// @param local the address it connects from
  /// @param handset its hardware, if that attests anything
  public record Make(String name, String local, Optional<Maker.Handset> handset) {}

  /// @param owner who unlocks it
  public Phone(Vertx vertx, Organisation organisation, PageVisitor owner, Make make) {
    var random = new SecureRandom();
    this.keys = new SoftwareKeys();
    this.visitor = owner;
    this.transport =
        new VertxTransport(
            vertx, new VertxTransport.Network(Optional.of(make.local()), organisation.hosts()));
    this.wiretap = new Wiretap(transport);
    var ports =
        new Ports(
            keys,
            new MemoryState(),
            make.handset().map(handset -> handset.attestor(keys)).orElse(Attestor.NONE),
            owner,
            wiretap,
            Clock.systemUTC(),
            count -> {
              byte[] bytes = new byte[count];
              random.nextBytes(bytes);
              return bytes;
            });
    this.client =
        new VigilClient(
            Profile.of(organisation.issuer(), organisation.anchors(), make.name()), ports);
  }

  /// A phone that every policy of the bank is content with.
  public static Posture healthy() {
    return Posture.EMPTY
        .with("platform", "android")
        .with("model", "Demo 9")
        .osVersion("16")
        .patchDate(LocalDate.of(2026, 11, 5))
        .rooted(false)
        .screenLock(true)
        .with("encrypted", true)
        .with("secure_boot", true)
        .with("threat_level", "none")
        .with("managed", true)
        .with("corporate", true)
        .with("compliant", true);
  }

  /// Changes what the phone's app sees and sends it.
  public ActResult report(Posture seen) {
    posture = seen;
    return client.report(seen);
  }

  public Posture posture() {
    return posture;
  }

  /// Signs in and enrols.
  public ActResult enrol() {
    return client.enrol(posture);
  }

  public CallResult get(String host, String path) {
    return client.call(AppRequest.get(URI.create("https://" + host + path)));
  }

  public CallResult post(String host, String path, String json) {
    return client.call(
        AppRequest.post(
            URI.create("https://" + host + path),
            "application/json",
            json.getBytes(StandardCharsets.UTF_8)));
  }

  public StreamResult open(String host, String path, StreamListener listener) {
    return client.open(AppRequest.get(URI.create("wss://" + host + path)), listener);
  }

  public VigilClient client() {
    return client;
  }

  public VertxTransport transport() {
    return transport;
  }

  /// What malicious software on this phone can see and do.
  public Wiretap wiretap() {
    return wiretap;
  }

  public PageVisitor visitor() {
    return visitor;
  }

  public SoftwareKeys keys() {
    return keys;
  }

  /// What came of it, in one word or a few.
  public static String outcome(Object result) {
    return switch (result) {
      case Answer answer -> "allowed " + readThrough(answer);
      case StreamResult.Open _ -> "allowed stream";
      case Done _ -> "done";
      case Refused.StepUpRequired asked -> asked.transaction() ? "step up: approve" : "step up";
      case Refused.RemediationNeeded needed ->
          "remediate: "
              + String.join(", ", needed.fixes().stream().map(Refused.Fix::name).sorted().toList())
              + "\n"
              + needed.fixes().getFirst().text();
      case Refused.Denied denied ->
          denied.code().equals("access.denied") ? "denied" : "denied " + denied.code();
      case Refused.SignInRequired _ -> "sign in required";
      case Refused.EnrolmentRequired _ -> "enrolment required";
      case Refused.NotTrusted _ -> "server not trusted";
      case Refused.Unreachable unreachable -> "unreachable: " + unreachable.text();
      default -> "unexpected: " + result;
    };
  }

  /// Reads an answer to its end, so that its connection is free for the next request.
  private static int readThrough(Answer answer) {
    try (var body = answer.body()) {
      body.readAllBytes();
      return answer.status();
    } catch (IOException e) {
      throw new UncheckedIOException("the answer broke off", e);
    }
  }

  /// The body of an answer as text.
  public static String body(Answer answer) throws IOException {
    try (var body = answer.body()) {
      return new String(body.readNBytes(1 << 20), StandardCharsets.UTF_8);
    }
  }

  @Override
  public void close() {
    transport.close();
  }
}
