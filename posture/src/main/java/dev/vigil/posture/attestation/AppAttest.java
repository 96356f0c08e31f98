// SPDX-License-Identifier: Apache-2.0
package dev.vigil.posture.attestation;

import com.webauthn4j.appattest.DeviceCheckManager;
import com.webauthn4j.appattest.data.DCAttestationData;
import com.webauthn4j.appattest.data.DCAttestationParameters;
import com.webauthn4j.appattest.data.DCAttestationRequest;
import com.webauthn4j.appattest.server.DCServerProperty;
import com.webauthn4j.data.attestation.authenticator.AttestedCredentialData;
import com.webauthn4j.data.attestation.authenticator.AuthenticatorData;
import com.webauthn4j.data.client.challenge.DefaultChallenge;
import com.webauthn4j.verifier.exception.BadAttestationStatementException;
import com.webauthn4j.verifier.exception.MaliciousCounterValueException;
import com.webauthn4j.verifier.exception.VerificationException;
import dev.vigil.kernel.Bytes;
import dev.vigil.kernel.Outcome;
import dev.vigil.kernel.Sha256;
import dev.vigil.posture.SignalName;
import java.nio.charset.StandardCharsets;
import java.security.interfaces.ECPublicKey;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// Apple App Attest: an app proves that it is the organisation's, unchanged, on a genuine device
/// (Apple, "Validating Apps That Connect to Your Server", the steps of "Verify the attestation" and
/// "Verify the assertion"). The assertions are [AppAssertion]'s.
///
/// The attested key is App Attest's own in the Secure Enclave; it can sign assertions and nothing
/// else, so it is never the key of the device's certificate, and [Attested#key] is empty. What
/// binds the two is the challenge: it must cover the device's public key, as the challenges of
/// enrolment do. That the device's key is kept in the Secure Enclave too is then what the genuine
/// app says.
public final class AppAttest {

  /// The library, for each environment; each takes a while to make.
  private static final Map<Environment, DeviceCheckManager> LIBRARY =
      Map.of(
          Environment.PRODUCTION, library(Environment.PRODUCTION),
          Environment.DEVELOPMENT, library(Environment.DEVELOPMENT));

  private final Anchors anchors;
  private final Allowed allowed;

  /// An app as Apple knows it.
  ///
  /// @param team ten capital letters and digits
  /// @param bundle such as `example.bank.app`
  public record App(String team, String bundle) {
    private static final Pattern TEAM = Pattern.compile("[A-Z0-9]{10}");
    private static final Pattern BUNDLE = Pattern.compile("[A-Za-z0-9.-]{1,64}");

    /// @throws IllegalArgumentException if it is not of this form
    public App {
      if (!TEAM.matcher(team).matches())
        throw new IllegalArgumentException("`" + team + "` is no team id of Apple's");
      if (!BUNDLE.matcher(bundle).matches())
        throw new IllegalArgumentException("`" + bundle + "` is no bundle id");
    }

    /// The App ID, `TEAM.bundle`.
    public String id() {
      return team + "." + bundle;
    }

    /// Whether this is the digest of its App ID, the RP ID of statements.
    boolean isNamedBy(byte[] digest) {
      return Arrays.equals(Sha256.of(id().getBytes(StandardCharsets.UTF_8)).bytes(), digest);
    }
  }

  /// Where an app runs, by the AAGUID. Apple signs both with the same root.
  public enum Environment {
    /// From the store, TestFlight or an enterprise's own distribution.
    PRODUCTION("appattest\0\0\0\0\0\0\0"),
    /// From a developer's machine: the app may be any version of it.
    DEVELOPMENT("appattestdevelop");

    private final String aaguid;

    Environment(String aaguid) {
      this.aaguid = aaguid;
    }

    private static Optional<Environment> of(AttestedCredentialData credential) {
      byte[] aaguid = credential.getAaguid().getBytes();
      return Arrays.stream(values())
          .filter(one -> Arrays.equals(one.aaguid.getBytes(StandardCharsets.US_ASCII), aaguid))
          .findFirst();
    }
  }

  /// Whose statements are wanted.
  ///
  /// @param environments [Environment#PRODUCTION] unless somebody develops the app
  public record Allowed(Set<App> apps, Set<Environment> environments) {
    public Allowed {
      apps = Set.copyOf(apps);
      environments = Set.copyOf(environments);
    }

    boolean allows(Credential credential) {
      return apps.contains(credential.app()) && environments.contains(credential.environment());
    }
  }

  /// What is kept of an attested app, for its assertions.
  ///
  /// @param publicKey a SubjectPublicKeyInfo in DER, on P-256
  /// @param counter the highest seen
  public record Credential(App app, Environment environment, Bytes publicKey, long counter) {}

  /// An attested app.
  ///
  /// @param receipt for Apple's fraud assessment; not verified here
  public record Accepted(Attested attested, Credential credential, Bytes receipt) {}

  /// @param anchors whose statements are believed, usually [AppleRoot#APP]
  public AppAttest(Anchors anchors, Allowed allowed) {
    this.anchors = anchors;
    this.allowed = allowed;
  }

  /// What the attestation proves.
  ///
  /// @param attestationObject as `attestKey` gives it
  /// @param keyId as `generateKey` gives it, decoded
  /// @param challenge what the app hashed into `clientDataHash`
  public Outcome<Accepted> verify(
      Bytes attestationObject, Bytes keyId, Bytes challenge, Instant now) {
    return AttestationObject.read(attestationObject, AttestationFormat.APPLE_APPATTEST)
        .then(AttestationObject::chain)
        .then(chain ->
            chain
                .endsAt(anchors, now)
                .then(root ->
                    read(attestationObject, keyId, challenge)
                        .then(data -> new Told(chain, root, data).accept(challenge, this))));
  }

  private static DeviceCheckManager library(Environment environment) {
    var manager = new DeviceCheckManager((_, _, _) -> {}); // the chain is verified before
    manager.getAttestationDataValidator().setProduction(environment == Environment.PRODUCTION);
    return manager;
  }

  private static DeviceCheckManager of(Environment environment) {
    return Objects.requireNonNull(LIBRARY.get(environment));
  }

  private static Outcome<DCAttestationData> read(Bytes statement, Bytes keyId, Bytes challenge) {
    try {
      byte[] digest = Sha256.of(challenge.toArray()).bytes();
      var data =
          of(Environment.PRODUCTION)
              .parse(new DCAttestationRequest(keyId.toArray(), statement.toArray(), digest));
      // Hostile data may hold no credential, or a key that is none; the library tells when asked.
      Objects.requireNonNull(credential(data).getCOSEKey().getPublicKey());
      return Outcome.done(data);
    } catch (RuntimeException e) {
      return Outcome.refused(AttestationRefusal.MALFORMED);
    }
  }

  private static AuthenticatorData<?> authenticator(DCAttestationData data) {
    return Objects.requireNonNull(data.getAttestationObject()).getAuthenticatorData();
  }

  private static AttestedCredentialData credential(DCAttestationData data) {
    return Objects.requireNonNull(authenticator(data).getAttestedCredentialData());
  }

  /// A statement whose chain is right, read; whom it is about is settled next.
  private record Told(Chain chain, TrustRoot root, DCAttestationData data) {

    Outcome<Accepted> accept(Bytes challenge, AppAttest wanted) {
      byte[] named = authenticator(data).getRpIdHash();
      var app = wanted.allowed.apps().stream().filter(one -> one.isNamedBy(named));
      var environment =
          Environment.of(credential(data)).filter(wanted.allowed.environments()::contains);
      var found = app.findFirst();
      if (found.isEmpty()) return Outcome.refused(AttestationRefusal.WRONG_APP);
      if (environment.isEmpty())
        return Outcome.refused(
            AttestationRefusal.WRONG_APP, "the app was not distributed, but made for development");
      if (!(chain.leaf().getPublicKey() instanceof ECPublicKey key) || !isNamed(key))
        return Outcome.refused(AttestationRefusal.KEY_MISMATCH);
      return verified(challenge, found.get(), environment.get())
          .map(_ -> accepted(new Credential(found.get(), environment.get(), encoded(key), 0)));
    }

    /// Step 5: the key id is the digest of the certificate's key. The key in the authenticator data
    /// must be the same.
    private boolean isNamed(ECPublicKey key) {
      byte[] info = key.getEncoded();
      if (info.length < 65) return false;
      byte[] point = Arrays.copyOfRange(info, info.length - 65, info.length);
      return Arrays.equals(Sha256.of(point).bytes(), data.getKeyId())
          && key.equals(credential(data).getCOSEKey().getPublicKey());
    }

    /// Steps 2 to 9, by the library: nonce, RP ID, counter, AAGUID, credential id.
    private Outcome<DCAttestationData> verified(Bytes challenge, App app, Environment environment) {
      try {
        var server = new DCServerProperty(app.id(), new DefaultChallenge(challenge.toArray()));
        return Outcome.done(of(environment).validate(data, new DCAttestationParameters(server)));
      } catch (BadAttestationStatementException e) { // of its reasons only the nonce is left
        return Outcome.refused(AttestationRefusal.CHALLENGE_MISMATCH);
      } catch (MaliciousCounterValueException e) {
        return Outcome.refused(AttestationRefusal.REPLAYED);
      } catch (VerificationException e) {
        return Outcome.refused(AttestationRefusal.MALFORMED);
      } catch (RuntimeException e) {
        return Outcome.refused(AttestationRefusal.MALFORMED);
      }
    }

    private static Bytes encoded(ECPublicKey key) {
      return Bytes.of(key.getEncoded());
    }

    private Accepted accepted(Credential credential) {
      var app = credential.app();
      Map<SignalName, String> says =
          Map.of(
              SignalName.PLATFORM, "ios",
              SignalName.ATTESTATION, "hardware",
              SignalName.HARDWARE_KEY, "true",
              SignalName.KEY_PROTECTION, "secure-enclave",
              SignalName.APP_NAME, app.bundle());
      var attested =
          new Attested(
              AttestationFormat.APPLE_APPATTEST,
              root,
              Optional.empty(),
              says,
              Map.of("team", app.team()));
      return new Accepted(attested, credential, receipt());
    }

    private Bytes receipt() {
      return switch (Objects.requireNonNull(data.getAttestationObject())
          .getAttestationStatement()) {
        case com.webauthn4j.appattest.data.attestation.statement.AppleAppAttestAttestationStatement
                statement ->
            Bytes.of(statement.getReceipt());
        case null, default -> Bytes.of(new byte[0]);
      };
    }
  }
}
