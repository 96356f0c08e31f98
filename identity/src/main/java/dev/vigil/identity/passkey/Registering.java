// SPDX-License-Identifier: Apache-2.0
package dev.vigil.identity.passkey;

import com.webauthn4j.WebAuthnManager;
import com.webauthn4j.converter.util.ObjectConverter;
import com.webauthn4j.data.AuthenticatorTransport;
import com.webauthn4j.data.PublicKeyCredentialParameters;
import com.webauthn4j.data.PublicKeyCredentialType;
import com.webauthn4j.data.RegistrationData;
import com.webauthn4j.data.RegistrationParameters;
import com.webauthn4j.data.attestation.AttestationObject;
import com.webauthn4j.data.attestation.authenticator.AuthenticatorData;
import com.webauthn4j.data.attestation.statement.AttestationStatement;
import com.webauthn4j.data.attestation.statement.COSEAlgorithmIdentifier;
import com.webauthn4j.data.attestation.statement.CertificateBaseAttestationStatement;
import com.webauthn4j.data.attestation.statement.NoneAttestationStatement;
import com.webauthn4j.data.extension.authenticator.RegistrationExtensionAuthenticatorOutput;
import com.webauthn4j.server.ServerProperty;
import dev.vigil.identity.Attestation;
import dev.vigil.kernel.Bytes;
import dev.vigil.kernel.Outcome;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/// A registration under way (WebAuthn Level 3, section 7.1): each step takes what the step before
/// it made and nothing else, so that none can be left out. Steps 1 and 2 are the page's; that the
/// passkey is nobody's yet (step 26) and the record (step 27) are for whoever keeps passkeys.
sealed interface Registering {

  /// What the client answered, read (steps 3 to 6, and 13).
  record Read(RegistrationData data) implements Registering {

    static Read of(String credential, WebAuthnManager manager) {
      return new Read(manager.parseRegistrationResponseJSON(credential));
    }

    /// Steps 7 to 22 and 25, by the library: type, challenge, origin, no foreign frame, relying
    /// party, presence, verification, backup flags, algorithm, and that the attestation statement
    /// is right in itself (section 8).
    Verified verify(WebAuthnManager manager, ServerProperty server, Wanted wanted) {
      NoFrame.check(data.getCollectedClientData());
      var offered =
          wanted.algorithms().stream()
              .map(id ->
                  new PublicKeyCredentialParameters(
                      PublicKeyCredentialType.PUBLIC_KEY, COSEAlgorithmIdentifier.create(id)))
              .toList();
      manager.verify(data, new RegistrationParameters(server, offered, wanted.verified(), true));
      return new Verified(data);
    }
  }

  /// Everything in the answer is right; who vouches for it is open.
  record Verified(RegistrationData data) implements Registering {

    /// Steps 23 and 24: looks for roots of this model and weighs the attestation.
    Weighed weigh(Models models, Instant now) {
      var statement = Objects.requireNonNull(attestation().getAttestationStatement());
      var trust =
          switch (statement) {
            case NoneAttestationStatement _ -> Attestation.Trust.NONE;
            case CertificateBaseAttestationStatement signed when signed.getX5c() != null ->
                models.vouch(model(), List.copyOf(signed.getX5c()), now)
                    ? Attestation.Trust.VERIFIED
                    : Attestation.Trust.UNVERIFIED;
            case AttestationStatement _ -> Attestation.Trust.SELF;
          };
      return new Weighed(this, new Attestation(statement.getFormat(), trust));
    }

    private AttestationObject attestation() {
      return Objects.requireNonNull(data.getAttestationObject());
    }

    private AuthenticatorData<RegistrationExtensionAuthenticatorOutput> authenticator() {
      return attestation().getAuthenticatorData();
    }

    private UUID model() {
      var credential = Objects.requireNonNull(authenticator().getAttestedCredentialData());
      return UUID.fromString(credential.getAaguid().toString());
    }
  }

  /// The attestation is weighed.
  record Weighed(Verified verified, Attestation attestation) implements Registering {

    /// Step 24, our policy: whether people of these groups may use such an authenticator.
    Outcome<Admitted> admit(Authenticators authenticators, Set<String> groups, Instant now) {
      return authenticators
          .refusal(verified.model().toString(), attestation, groups, now)
          .<Outcome<Admitted>>map(Outcome::refused)
          .orElseGet(() -> Outcome.done(new Admitted(this)));
    }
  }

  /// A credential that may be registered.
  record Admitted(Weighed weighed) implements Registering {

    NewPasskey passkey(ObjectConverter converter) {
      var authenticator = weighed.verified().authenticator();
      var credential = Objects.requireNonNull(authenticator.getAttestedCredentialData());
      var transports =
          Optional.ofNullable(weighed.verified().data().getTransports()).orElse(Set.of()).stream()
              .map(AuthenticatorTransport::getValue)
              .collect(Collectors.toSet());
      return new NewPasskey(
          Bytes.of(credential.getCredentialId()).toString(),
          Bytes.of(converter.getCborMapper().writeValueAsBytes(credential.getCOSEKey())),
          credential.getAaguid().toString(),
          authenticator.getSignCount(),
          authenticator.isFlagBE(),
          authenticator.isFlagBS(),
          transports,
          weighed.attestation());
    }
  }
}
