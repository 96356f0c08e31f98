// SPDX-License-Identifier: Apache-2.0
package dev.vigil.identity.passkey;

import com.webauthn4j.WebAuthnManager;
import com.webauthn4j.converter.exception.DataConversionException;
import com.webauthn4j.converter.util.ObjectConverter;
import com.webauthn4j.data.client.Origin;
import com.webauthn4j.data.client.challenge.DefaultChallenge;
import com.webauthn4j.server.ServerProperty;
import com.webauthn4j.verifier.attestation.statement.androidkey.AndroidKeyAttestationStatementVerifier;
import com.webauthn4j.verifier.attestation.statement.apple.AppleAnonymousAttestationStatementVerifier;
import com.webauthn4j.verifier.attestation.statement.none.NoneAttestationStatementVerifier;
import com.webauthn4j.verifier.attestation.statement.packed.PackedAttestationStatementVerifier;
import com.webauthn4j.verifier.attestation.statement.tpm.TPMAttestationStatementVerifier;
import com.webauthn4j.verifier.attestation.statement.u2f.FIDOU2FAttestationStatementVerifier;
import com.webauthn4j.verifier.attestation.trustworthiness.certpath.NullCertPathTrustworthinessVerifier;
import com.webauthn4j.verifier.attestation.trustworthiness.self.DefaultSelfAttestationTrustworthinessVerifier;
import com.webauthn4j.verifier.exception.VerificationException;
import dev.vigil.identity.Passkey;
import dev.vigil.kernel.Outcome;
import dev.vigil.kernel.Secret;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/// Verifies what authenticators answer: a registration (WebAuthn Level 3, section 7.1) or an
/// assertion (section 7.2). User verification is always required, cross-origin use never allowed.
///
/// The steps are types of their own, [Registering] and [Asserting].
public final class Ceremonies {

  private static final int LONGEST = 32 * 1024;

  /// The signature algorithms offered, best first: ES256, EdDSA, RS256.
  public static final List<Long> ALGORITHMS = List.of(-7L, -8L, -257L);

  private final RelyingParty party;
  private final Authenticators authenticators;
  private final Wanted wanted;
  private final ObjectConverter converter = new ObjectConverter();

  /// Attestation statements are verified here (section 8); who vouches for them is weighed in a
  /// step of our own, because it needs a time.
  private final WebAuthnManager manager =
      new WebAuthnManager(
          List.of(
              new NoneAttestationStatementVerifier(),
              new PackedAttestationStatementVerifier(),
              new TPMAttestationStatementVerifier(),
              new AndroidKeyAttestationStatementVerifier(),
              new AppleAnonymousAttestationStatementVerifier(),
              new FIDOU2FAttestationStatementVerifier()),
          new NullCertPathTrustworthinessVerifier(),
          new DefaultSelfAttestationTrustworthinessVerifier(),
          converter);

  /// Any authenticator is taken.
  public Ceremonies(RelyingParty party) {
    this(party, Authenticators.any());
  }

  public Ceremonies(RelyingParty party, Authenticators authenticators) {
    this(party, authenticators, Wanted.OURS);
  }

  Ceremonies(RelyingParty party, Authenticators authenticators, Wanted wanted) {
    this.party = party;
    this.authenticators = authenticators;
    this.wanted = wanted;
  }

  /// For whom it verifies.
  public RelyingParty party() {
    return party;
  }

  /// Which authenticators may be used by whom.
  public Authenticators authenticators() {
    return authenticators;
  }

  /// Verifies a registration.
  ///
  /// @param credential the JSON of `PublicKeyCredential.toJSON()`
  /// @param groups of the person who registers
  public Outcome<NewPasskey> register(
      String credential, Secret challenge, Set<String> groups, Instant now) {
    return checked(
        credential,
        () ->
            Registering.Read.of(credential, manager)
                .verify(manager, server(challenge), wanted)
                .weigh(authenticators.models(), now)
                .admit(authenticators, groups, now)
                .map(admitted -> admitted.passkey(converter)));
  }

  /// Verifies an assertion: first settles whose passkey it is, then checks everything for that one.
  /// Whether its owner may still use such an authenticator is for [Authenticators#admit].
  ///
  /// @param credential the JSON of `PublicKeyCredential.toJSON()`
  /// @param find the registered passkey by its id
  public Outcome<Asserted> authenticate(
      String credential, Secret challenge, Function<String, Optional<Passkey>> find, Instant now) {
    return checked(
        credential,
        () ->
            Asserting.Read.of(credential, manager)
                .identify(find)
                .map(identified -> identified.verify(manager, converter, server(challenge), wanted))
                .map(verified -> verified.asserted(authenticators.models(), now)));
  }

  private ServerProperty server(Secret challenge) {
    return ServerProperty.builder()
        .origin(new Origin(party.origin().toString()))
        .rpId(party.id())
        .challenge(new DefaultChallenge(challenge.reveal()))
        .build();
  }

  /// Turns what the library throws into refusals. What it throws beside its own exceptions comes
  /// from content that it could not make sense of.
  private static <T> Outcome<T> checked(String credential, Supplier<Outcome<T>> ceremony) {
    if (credential.length() > LONGEST) return Outcome.refused(PasskeyRefusal.MALFORMED);
    try {
      return ceremony.get();
    } catch (DataConversionException e) {
      return Outcome.refused(PasskeyRefusal.MALFORMED);
    } catch (VerificationException e) {
      return Outcome.refused(Thrown.refusal(e));
    } catch (RuntimeException e) {
      return Outcome.refused(PasskeyRefusal.MALFORMED);
    }
  }
}
