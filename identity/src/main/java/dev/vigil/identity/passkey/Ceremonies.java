// SPDX-License-Identifier: Apache-2.0
package dev.vigil.identity.passkey;

import com.webauthn4j.WebAuthnManager;
import com.webauthn4j.converter.exception.DataConversionException;
import com.webauthn4j.converter.util.ObjectConverter;
import com.webauthn4j.credential.CredentialRecord;
import com.webauthn4j.credential.CredentialRecordImpl;
import com.webauthn4j.data.AuthenticationData;
import com.webauthn4j.data.AuthenticationParameters;
import com.webauthn4j.data.AuthenticatorTransport;
import com.webauthn4j.data.PublicKeyCredentialParameters;
import com.webauthn4j.data.PublicKeyCredentialType;
import com.webauthn4j.data.RegistrationData;
import com.webauthn4j.data.RegistrationParameters;
import com.webauthn4j.data.attestation.authenticator.AAGUID;
import com.webauthn4j.data.attestation.authenticator.AttestedCredentialData;
import com.webauthn4j.data.attestation.authenticator.COSEKey;
import com.webauthn4j.data.attestation.statement.COSEAlgorithmIdentifier;
import com.webauthn4j.data.attestation.statement.NoneAttestationStatement;
import com.webauthn4j.data.client.Origin;
import com.webauthn4j.data.client.challenge.DefaultChallenge;
import com.webauthn4j.data.extension.authenticator.AuthenticationExtensionsAuthenticatorOutputs;
import com.webauthn4j.server.ServerProperty;
import com.webauthn4j.verifier.attestation.statement.none.NoneAttestationStatementVerifier;
import com.webauthn4j.verifier.attestation.statement.packed.PackedAttestationStatementVerifier;
import com.webauthn4j.verifier.attestation.trustworthiness.certpath.NullCertPathTrustworthinessVerifier;
import com.webauthn4j.verifier.attestation.trustworthiness.self.DefaultSelfAttestationTrustworthinessVerifier;
import com.webauthn4j.verifier.exception.BadChallengeException;
import com.webauthn4j.verifier.exception.BadOriginException;
import com.webauthn4j.verifier.exception.BadRpIdException;
import com.webauthn4j.verifier.exception.BadSignatureException;
import com.webauthn4j.verifier.exception.CrossOriginException;
import com.webauthn4j.verifier.exception.MaliciousCounterValueException;
import com.webauthn4j.verifier.exception.NotAllowedAlgorithmException;
import com.webauthn4j.verifier.exception.UserNotPresentException;
import com.webauthn4j.verifier.exception.UserNotVerifiedException;
import com.webauthn4j.verifier.exception.VerificationException;
import dev.vigil.identity.Authentication;
import dev.vigil.identity.Passkey;
import dev.vigil.kernel.Bytes;
import dev.vigil.kernel.Outcome;
import dev.vigil.kernel.Secret;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// Verifies what authenticators answer: a registration (WebAuthn Level 3, section 7.1) or an
/// assertion (section 7.2). User verification is always required, cross-origin use never allowed.
public final class Ceremonies {

  private static final int LONGEST = 32 * 1024;

  /// The signature algorithms offered, best first: ES256, EdDSA, RS256.
  public static final List<Long> ALGORITHMS = List.of(-7L, -8L, -257L);

  private final RelyingParty party;
  private final ObjectConverter converter = new ObjectConverter();
  private final WebAuthnManager manager =
      new WebAuthnManager(
          List.of(new NoneAttestationStatementVerifier(), new PackedAttestationStatementVerifier()),
          new NullCertPathTrustworthinessVerifier(),
          new DefaultSelfAttestationTrustworthinessVerifier(),
          converter);

  public Ceremonies(RelyingParty party) {
    this.party = party;
  }

  /// For whom it verifies.
  public RelyingParty party() {
    return party;
  }

  /// Verifies a registration.
  ///
  /// @param credential the JSON of `PublicKeyCredential.toJSON()`
  public Outcome<NewPasskey> register(String credential, Secret challenge) {
    return checked(
        credential,
        () -> {
          var data = manager.parseRegistrationResponseJSON(credential);
          var wanted =
              ALGORITHMS.stream()
                  .map(id ->
                      new PublicKeyCredentialParameters(
                          PublicKeyCredentialType.PUBLIC_KEY, COSEAlgorithmIdentifier.create(id)))
                  .toList();
          manager.verify(data, new RegistrationParameters(server(challenge), wanted, true, true));
          return Outcome.done(passkey(data));
        });
  }

  private NewPasskey passkey(RegistrationData data) {
    var authenticator = Objects.requireNonNull(data.getAttestationObject()).getAuthenticatorData();
    var credential = Objects.requireNonNull(authenticator.getAttestedCredentialData());
    var transports =
        Optional.ofNullable(data.getTransports()).orElse(Set.of()).stream()
            .map(AuthenticatorTransport::getValue)
            .collect(Collectors.toSet());
    return new NewPasskey(
        Bytes.of(credential.getCredentialId()).toString(),
        Bytes.of(converter.getCborMapper().writeValueAsBytes(credential.getCOSEKey())),
        credential.getAaguid().toString(),
        authenticator.getSignCount(),
        authenticator.isFlagBE(),
        authenticator.isFlagBS(),
        transports);
  }

  /// Verifies an assertion: first settles whose passkey it is, then checks everything for that one.
  ///
  /// @param credential the JSON of `PublicKeyCredential.toJSON()`
  /// @param find the registered passkey by its id
  public Outcome<Asserted> authenticate(
      String credential, Secret challenge, Function<String, Optional<Passkey>> find, Instant now) {
    return checked(
        credential,
        () -> {
          var data = manager.parseAuthenticationResponseJSON(credential);
          var found = find.apply(Bytes.of(data.getCredentialId()).toString());
          if (found.isEmpty()) return Outcome.refused(PasskeyRefusal.UNKNOWN);
          var passkey = found.get();
          if (!belongs(data, passkey)) return Outcome.refused(PasskeyRefusal.OTHER_PERSON);
          manager.verify(
              data,
              new AuthenticationParameters(
                  server(challenge), record(passkey), List.of(data.getCredentialId()), true, true));
          return Outcome.done(asserted(data, passkey, now));
        });
  }

  /// Section 7.2 step 6: discoverable credentials bring the user handle, and it must be the
  /// owner's.
  private static boolean belongs(AuthenticationData data, Passkey passkey) {
    byte[] handle = data.getUserHandle();
    return handle != null
        && new String(handle, StandardCharsets.UTF_8).equals(passkey.subject().value());
  }

  private CredentialRecord record(Passkey passkey) {
    var key =
        Objects.requireNonNull(
            converter.getCborMapper().readValue(passkey.publicKeyCose().toArray(), COSEKey.class));
    var credential =
        new AttestedCredentialData(
            new AAGUID(passkey.aaguid()), Bytes.parse(passkey.credentialId()).toArray(), key);
    return new CredentialRecordImpl(
        new NoneAttestationStatement(),
        true,
        passkey.backupEligible(),
        passkey.backedUp(),
        passkey.signCount(),
        credential,
        new AuthenticationExtensionsAuthenticatorOutputs<>(),
        null,
        null,
        Set.of());
  }

  private static Asserted asserted(AuthenticationData data, Passkey passkey, Instant now) {
    var authenticator = Objects.requireNonNull(data.getAuthenticatorData());
    var used =
        new Passkey(
            passkey.credentialId(),
            passkey.subject(),
            passkey.publicKeyCose(),
            passkey.aaguid(),
            authenticator.getSignCount(),
            passkey.backupEligible(),
            authenticator.isFlagBS(),
            passkey.transports(),
            passkey.name(),
            passkey.createdAt(),
            now);
    var strength =
        passkey.backupEligible()
            ? Authentication.Strength.PASSKEY
            : Authentication.Strength.PASSKEY_HARDWARE;
    var methods = Set.of(passkey.backupEligible() ? "swk" : "hwk", "user");
    return new Asserted(
        used, new Authentication(now, strength, methods, true, true, passkey.credentialId()));
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
      return Outcome.refused(refusal(e));
    } catch (RuntimeException e) {
      return Outcome.refused(PasskeyRefusal.MALFORMED);
    }
  }

  private static PasskeyRefusal refusal(VerificationException e) {
    return switch (e) {
      case BadChallengeException _ -> PasskeyRefusal.CHALLENGE;
      case BadOriginException _, CrossOriginException _ -> PasskeyRefusal.ORIGIN;
      case BadRpIdException _ -> PasskeyRefusal.RELYING_PARTY;
      case UserNotVerifiedException _, UserNotPresentException _ ->
          PasskeyRefusal.USER_VERIFICATION;
      case BadSignatureException _ -> PasskeyRefusal.SIGNATURE;
      case MaliciousCounterValueException _ -> PasskeyRefusal.COUNTER;
      case NotAllowedAlgorithmException _ -> PasskeyRefusal.ALGORITHM;
      case com.webauthn4j.verifier.exception.BadAttestationStatementException _,
          com.webauthn4j.verifier.exception.CertificateException _ ->
          PasskeyRefusal.ATTESTATION;
      default -> PasskeyRefusal.REFUSED;
    };
  }
}
