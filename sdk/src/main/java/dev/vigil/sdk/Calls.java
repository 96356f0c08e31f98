// SPDX-License-Identifier: Apache-2.0
package dev.vigil.sdk;

import dev.vigil.sdk.port.StreamListener;
import dev.vigil.sdk.port.Transport;
import dev.vigil.sdk.port.UntrustedServerException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.SequenceInputStream;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Calling apps through the gateway: mutual TLS to its address under the app's name, and telling
/// its refusals from the app's own answers.
final class Calls {

  private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");

  private final Transport transport;
  private final Tokens tokens;
  private final Enrolling enrolling;

  Calls(Transport transport, Tokens tokens, Enrolling enrolling) {
    this.transport = transport;
    this.tokens = tokens;
    this.enrolling = enrolling;
  }

  /// What an answer means: it is final, or it may be different with a fresh token or certificate.
  private sealed interface Reading {
    record Final(CallResult result) implements Reading {}

    record StaleToken(Refused otherwise) implements Reading {}

    record StaleCertificate(Refused otherwise) implements Reading {}
  }

  CallResult call(AppRequest request) throws Halt {
    renewQuietly();
    var token = tokens.token(Tokens.Audience.GATEWAY);
    var first = read(exchange(request, token), request);
    if (first instanceof Reading.Final done) {
      return done.result();
    }
    refresh(first, token);
    var second = read(exchange(request, tokens.token(Tokens.Audience.GATEWAY)), request);
    return settled(second);
  }

  StreamResult open(AppRequest request, StreamListener listener) throws Halt {
    renewQuietly();
    var token = tokens.token(Tokens.Audience.GATEWAY);
    var first = opened(request, token, listener);
    if (first instanceof Transport.Opened open) {
      return new StreamResult.Open(open.stream());
    }
    var reading = read(((Transport.NotOpened) first).response(), request);
    if (reading instanceof Reading.Final done) {
      return notOpened(done.result());
    }
    refresh(reading, token);
    var second = opened(request, tokens.token(Tokens.Audience.GATEWAY), listener);
    if (second instanceof Transport.Opened open) {
      return new StreamResult.Open(open.stream());
    }
    return notOpened(settled(read(((Transport.NotOpened) second).response(), request)));
  }

  private static StreamResult notOpened(CallResult result) throws Halt {
    if (result instanceof Answer answer) {
      try (answer) {
        return new Refused.Unreachable(
            "the app opened no stream but answered with status " + answer.status());
      } catch (IOException e) {
        throw Halt.unreadable("the app opened no stream");
      }
    }
    return (Refused) result;
  }

  private static CallResult settled(Reading reading) {
    if (reading instanceof Reading.StaleToken stale) {
      return stale.otherwise();
    }
    if (reading instanceof Reading.StaleCertificate stale) {
      return stale.otherwise();
    }
    return ((Reading.Final) reading).result();
  }

  /// A renewal that fails does no harm while the certificate is still good; the gateway will say
  /// when it is not.
  private void renewQuietly() throws Halt {
    try {
      enrolling.renewIfDue();
    } catch (Halt halt) {
      if (halt.refused() instanceof Refused.EnrolmentRequired
          || halt.refused() instanceof Refused.NotTrusted) {
        throw halt;
      }
    }
  }

  private void refresh(Reading reading, String token) throws Halt {
    if (reading instanceof Reading.StaleCertificate) {
      enrolling.renew();
    }
    tokens.discard(token);
  }

  private Transport.Response exchange(AppRequest request, String token) throws Halt {
    try {
      return sent(outgoing(request, token));
    } catch (UntrustedServerException e) {
      throw Halt.untrusted(
          "whoever answers for "
              + request.uri().getHost()
              + " is not the gateway this phone was enrolled with");
    } catch (IOException e) {
      throw Halt.unreadable("the gateway does not answer");
    }
  }

  /// A kept connection may close just as it is used again. What only reads is sent once more then
  /// (RFC 9110 section 9.2.2); a change never is.
  private Transport.Response sent(Transport.Request outgoing) throws IOException, Halt {
    var peer = peer();
    try {
      return transport.send(outgoing, peer);
    } catch (UntrustedServerException e) {
      throw e;
    } catch (IOException e) {
      if (!READING.contains(outgoing.method())) throw e;
      return transport.send(outgoing, peer);
    }
  }

  private Transport.Opening opened(AppRequest request, String token, StreamListener listener)
      throws Halt {
    try {
      return transport.open(outgoing(request, token), peer(), listener);
    } catch (UntrustedServerException e) {
      throw Halt.untrusted(
          "whoever answers for "
              + request.uri().getHost()
              + " is not the gateway this phone was enrolled with");
    } catch (IOException e) {
      throw Halt.unreadable("the gateway does not answer");
    }
  }

  private static Transport.Request outgoing(AppRequest request, String token) {
    return new Transport.Request(
        request.method(),
        request.uri(),
        request.headers().with("Authorization", "Bearer " + token),
        request.body());
  }

  private Transport.Peer peer() throws Halt {
    var membership = enrolling.membership();
    return new Transport.Peer(
        Optional.of(membership.address()),
        membership.anchors(),
        Optional.of(new Transport.Identity(enrolling.keys(), membership.chain())));
  }

  private Reading read(Transport.Response response, AppRequest request) throws Halt {
    try {
      var challenge =
          response.status() == 401
              ? Challenge.of(response.headers(), "Bearer")
              : Optional.<Challenge>empty();
      if (challenge.isEmpty() && !Reply.isProblem(response.headers())) {
        return new Reading.Final(answer(response));
      }
      var head = Reply.head(response.body());
      var problem =
          head.length > Reply.MOST_BYTES
              ? Optional.<Problem>empty()
              : Json.parse(head).flatMap(Problem::of);
      var reading = judged(response.status(), challenge, problem, request);
      if (reading.isPresent()) {
        response.body().close();
        return reading.get();
      }
      return new Reading.Final(
          new Answer(
              response.status(),
              response.headers(),
              new SequenceInputStream(new ByteArrayInputStream(head), response.body())));
    } catch (IOException e) {
      throw Halt.unreadable("the gateway's answer broke off");
    }
  }

  private static Answer answer(Transport.Response response) {
    return new Answer(response.status(), response.headers(), response.body());
  }

  /// What the gateway says, or empty if it is the app that speaks.
  private static Optional<Reading> judged(
      int status, Optional<Challenge> challenge, Optional<Problem> problem, AppRequest request) {
    var text = problem.map(Problem::detail);
    if (challenge.isPresent() && challenge.get().error("insufficient_user_authentication")) {
      return Optional.of(new Reading.Final(stepUp(challenge.get(), problem, request)));
    }
    var refused = challenge.filter(found -> found.error("invalid_token")).isPresent();
    if (refused || problem.filter(p -> p.code().startsWith("access.token-")).isPresent()) {
      return Optional.of(
          new Reading.StaleToken(
              new Refused.SignInRequired(text.orElse("the session is not accepted"))));
    }
    return problem.map(found ->
        switch (found.code()) {
          case "access.certificate-expired" ->
              new Reading.StaleCertificate(new Refused.EnrolmentRequired(found.detail()));
          case "access.certificate-unknown" ->
              new Reading.Final(new Refused.EnrolmentRequired(found.detail()));
          default -> new Reading.Final(found.refused(status));
        });
  }

  private static Refused stepUp(
      Challenge challenge, Optional<Problem> problem, AppRequest request) {
    var strengths =
        challenge.strengths().isEmpty()
            ? problem.map(Problem::strengths).orElse(List.of())
            : challenge.strengths();
    return new Refused.StepUpRequired(
        problem.map(Problem::detail).orElse("the app asks you to confirm that it is you"),
        problem.map(Problem::reference).orElse(""),
        strengths,
        challenge.maximumAge(),
        challenge.parameter("vigil_action").isPresent(),
        app(challenge, request),
        request);
  }

  /// The app's name as the gateway gives it, or else the first label of its host, which is the
  /// usual way to publish.
  private static String app(Challenge challenge, AppRequest request) {
    return challenge.parameter("vigil_app").orElse(request.uri().getHost().split("\\.", 2)[0]);
  }
}
