// SPDX-License-Identifier: Apache-2.0
package dev.vigil.identity.passkey;

import com.webauthn4j.WebAuthnManager;
import com.webauthn4j.converter.util.ObjectConverter;
import com.webauthn4j.credential.CredentialRecordImpl;
import com.webauthn4j.data.AuthenticationData;
import com.webauthn4j.data.AuthenticationParameters;
import com.webauthn4j.data.attestation.authenticator.AAGUID;
import com.webauthn4j.data.attestation.authenticator.AttestedCredentialData;
import com.webauthn4j.data.attestation.authenticator.AuthenticatorData;
import com.webauthn4j.data.attestation.authenticator.COSEKey;
import com.webauthn4j.data.attestation.statement.NoneAttestationStatement;
import com.webauthn4j.data.extension.authenticator.AuthenticationExtensionAuthenticatorOutput;
import com.webauthn4j.data.extension.authenticator.AuthenticationExtensionsAuthenticatorOutputs;
import com.webauthn4j.data.extension.authenticator.UserVerificationMethodExtensionAuthenticatorOutput;
import com.webauthn4j.server.ServerProperty;
import dev.vigil.identity.Authentication;
import dev.vigil.identity.Passkey;
import dev.vigil.kernel.Bytes;
import dev.vigil.kernel.Outcome;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

/// An assertion under way (WebAuthn Level 3, section 7.2): each step takes what the step before it
/// made and nothing else. Steps 1 and 2 are the page's; keeping the updated record (step 24) is for
/// whoever keeps passkeys.
sealed interface Asserting {

  /// What the client answered, read (steps 3, 4 and 7 to 9).
  record Read(AuthenticationData data) implements Asserting {

    static Read of(String credential, WebAuthnManager manager) {
      return new Read(manager.parseAuthenticationResponseJSON(credential));
    }

    /// Step 6: settles whose passkey it is. Discoverable credentials bring the user handle, and it
    /// must be the owner's. Every other check is made for that one passkey.
    Outcome<Identified> identify(Function<String, Optional<Passkey>> find) {
      var found = find.apply(Bytes.of(data.getCredentialId()).toString());
      if (found.isEmpty()) return Outcome.refused(PasskeyRefusal.UNKNOWN);
      byte[] handle = data.getUserHandle();
      var owner = found.get().subject().value();
      return handle != null && new String(handle, StandardCharsets.UTF_8).equals(owner)
          ? Outcome.done(new Identified(data, found.get()))
          : Outcome.refused(PasskeyRefusal.OTHER_PERSON);
    }
  }

  /// Whose passkey it is meant to be.
  record Identified(AuthenticationData data, Passkey passkey) implements Asserting {

    /// Steps 5 and 10 to 22, by the library: type, challenge, origin, no foreign frame, relying
    /// party, presence, verification, backup flags and that BE is the registered one, signature,
    /// counter.
    Verified verify(
        WebAuthnManager manager, ObjectConverter converter, ServerProperty server, Wanted wanted) {
      NoFrame.check(data.getCollectedClientData());
      manager.verify(
          data,
          new AuthenticationParameters(
              server, record(converter), List.of(data.getCredentialId()), wanted.verified(), true));
      return new Verified(data, passkey);
    }

    private CredentialRecordImpl record(ObjectConverter converter) {
      var key =
          Objects.requireNonNull(
              converter
                  .getCborMapper()
                  .readValue(passkey.publicKeyCose().toArray(), COSEKey.class));
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
  }

  /// The assertion is right.
  record Verified(AuthenticationData data, Passkey passkey) implements Asserting {

    /// Steps 23 and 24: how the person was verified as far as it is known, and the passkey with its
    /// new counter, backup state and last use.
    Asserted asserted(Models models, Instant now) {
      var used = passkey.used(authenticator().getSignCount(), authenticator().isFlagBS(), now);
      var strength =
          passkey.backupEligible()
              ? Authentication.Strength.PASSKEY
              : Authentication.Strength.PASSKEY_HARDWARE;
      var methods = new HashSet<String>();
      methods.add(passkey.backupEligible() ? "swk" : "hwk");
      if (authenticator().isFlagUV()) {
        methods.add("user");
        methods.addAll(verifiedBy(models, now));
      }
      return new Asserted(
          used,
          new Authentication(
              now, strength, methods, true, authenticator().isFlagUV(), passkey.credentialId()));
    }

    /// The method that the authenticator names for this very assertion (the uvm extension of Level
    /// 2, section 10.3), or else the only one its model has. Both are worth nothing unless the
    /// model is vouched for, now.
    private Set<String> verifiedBy(Models models, Instant now) {
      if (!passkey.attestation().verified()) return Set.of();
      var model = models.current(UUID.fromString(passkey.aaguid()), now);
      if (model.isEmpty() || model.get().compromised().isPresent()) return Set.of();
      var said = said();
      return said.isEmpty() ? model.get().verifies() : Verification.only(said);
    }

    private List<Verification> said() {
      var extensions = authenticator().getExtensions();
      var uvm =
          extensions == null
              ? null
              : extensions.getExtension(UserVerificationMethodExtensionAuthenticatorOutput.class);
      if (uvm == null) return List.of();
      return uvm.getUvm().stream()
          .map(entry -> entry.get(0).longValue())
          .map(number -> Verification.numbered(number).orElse(Verification.ALL))
          .toList();
    }

    private AuthenticatorData<AuthenticationExtensionAuthenticatorOutput> authenticator() {
      return Objects.requireNonNull(data.getAuthenticatorData());
    }
  }
}
