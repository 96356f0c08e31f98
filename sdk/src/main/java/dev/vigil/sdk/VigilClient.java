// SPDX-License-Identifier: Apache-2.0
package dev.vigil.sdk;

import dev.vigil.sdk.port.StreamListener;
import java.net.URI;
import java.util.Optional;

/// The way in for an app: sign in, enrol this phone once, then call protected apps as if they were
/// on the internet.
///
/// Safe for use by many threads; every method blocks and none throws for what a person or a network
/// can cause. Tokens and certificates are kept fresh on the way. Nothing secret is ever in a text.
public final class VigilClient {

  private final Profile profile;
  private final Ports ports;
  private final Proofs proofs;
  private final Issuer issuer;
  private final Memory memory;
  private final Tokens tokens;
  private final Enrolling enrolling;
  private final Calls calls;

  /// A client that goes on from what the store holds.
  public VigilClient(Profile profile, Ports ports) {
    this.profile = profile;
    this.ports = ports;
    this.memory = new Memory(ports.store());
    this.proofs = new Proofs(ports.keys(), ports.randomness(), memory);
    this.issuer = new Issuer(profile, ports, proofs);
    this.tokens = new Tokens(profile, issuer, memory, ports.clock());
    this.enrolling = new Enrolling(profile, ports, issuer, proofs, tokens, memory);
    this.calls = new Calls(ports.transport(), tokens, enrolling);
  }

  /// The id under which this phone is enrolled, or empty.
  public Optional<String> device() {
    return memory.membership().map(Membership::device);
  }

  /// Whether somebody is signed in, as far as is known here.
  public boolean signedIn() {
    return memory.refreshToken().isPresent() && ports.keys().publicKey().isPresent();
  }

  /// Signs a person in through the browser.
  public ActResult signIn() {
    return act(() -> {
      signIn(SignIn.Wish.SESSION);
      return Done.CHANGED;
    });
  }

  private void signIn(SignIn.Wish wish) throws Halt {
    new SignIn(profile, issuer, ports.browser(), proofs, tokens).run(wish);
  }

  /// Enrols this phone for the person who is signed in; signs in first if nobody is.
  public ActResult enrol(Posture posture) {
    return act(() -> {
      if (!signedIn()) {
        signIn(SignIn.Wish.SESSION);
      }
      enrolling.enrol(posture);
      return Done.CHANGED;
    });
  }

  /// Renews the certificate if two thirds of its life have passed. [#call] does so too; this is for
  /// a daily job.
  public ActResult renewIfDue() {
    return act(enrolling::renewIfDue);
  }

  /// Lets the platform vouch for this phone once more, so that attested evidence stays fresh; for a
  /// daily job. [Done#UNCHANGED] if the platform vouches for nothing.
  public ActResult attest() {
    return act(enrolling::attest);
  }

  /// Tells the server what the app sees of its phone. Send it at start and whenever something
  /// changes.
  public ActResult report(Posture posture) {
    return act(() -> {
      enrolling.report(posture);
      return Done.CHANGED;
    });
  }

  /// Shows this phone to the sign-in page that opened the app, so that the phone's state counts in
  /// what that browser may do. A link of this kind can come from anywhere: ask the person first
  /// whether they are signing in at this moment.
  ///
  /// @param link the address that the app was opened with, which ends in `:/device?ticket=...`;
  ///   good for a minute, once
  public ActResult showDevice(URI link) {
    return act(() -> {
      enrolling.show(DeviceLink.of(link, profile).ticket());
      return Done.CHANGED;
    });
  }

  /// Ends the session here: tokens are forgotten, the enrolment stays.
  public ActResult signOut() {
    return act(() -> {
      tokens.end();
      return Done.CHANGED;
    });
  }

  /// Calls a protected app.
  public CallResult call(AppRequest request) {
    try {
      return calls.call(request);
    } catch (Halt halt) {
      return halt.refused();
    }
  }

  /// Opens a stream (WebSocket) to a protected app.
  public StreamResult open(AppRequest request, StreamListener listener) {
    try {
      return calls.open(request, listener);
    } catch (Halt halt) {
      return halt.refused();
    }
  }

  /// Lets the person authenticate as asked, or approve the transaction, then calls again.
  public CallResult stepUp(Refused.StepUpRequired asked) {
    try {
      var action =
          asked.transaction()
              ? Optional.of(new SignIn.Transaction(asked.app(), asked.request()))
              : Optional.<SignIn.Transaction>empty();
      signIn(new SignIn.Wish(asked.strengths(), asked.maximumAge(), action));
      return calls.call(asked.request());
    } catch (Halt halt) {
      return halt.refused();
    }
  }

  private interface Act {
    Done run() throws Halt;
  }

  private static ActResult act(Act act) {
    try {
      return act.run();
    } catch (Halt halt) {
      return halt.refused();
    }
  }
}
