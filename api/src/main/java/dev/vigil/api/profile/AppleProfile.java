// SPDX-License-Identifier: Apache-2.0
package dev.vigil.api.profile;

import dev.vigil.kernel.Bytes;
import dev.vigil.kernel.Entropy;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// An Apple configuration profile (Apple Device Management, "Configuration Profile Reference")
/// which makes a device get its certificate, and trust our root. The identity's payload is
/// `com.apple.security.acme` with a key in the Secure Enclave that Apple attests, or
/// `com.apple.security.scep` for devices that cannot.
///
/// @param organization as people see it
/// @param name of the device, as people see it
/// @param host which the profile is named for; a later profile of the same host replaces it
/// @param anchors the roots to trust, in DER
public record AppleProfile(
    String organization, String name, String host, Identity identity, List<Bytes> anchors) {

  private static final int KEY_BITS = 384;
  private static final int RSA_BITS = 2048;
  private static final int SIGNING = 1;
  private static final String CLIENT_AUTHENTICATION = "1.3.6.1.5.5.7.3.2";

  public AppleProfile {
    anchors = List.copyOf(anchors);
  }

  /// How the device gets its certificate.
  public sealed interface Identity {

    /// Over ACME with `device-attest-01`.
    ///
    /// @param clientIdentifier the secret of the right, which the device orders for
    record Acme(URI directory, String clientIdentifier) implements Identity {
      @Override
      public String toString() {
        return "Acme[" + directory + "]";
      }
    }

    /// Over SCEP.
    ///
    /// @param challenge the secret of the right
    record Scep(URI url, String challenge) implements Identity {
      @Override
      public String toString() {
        return "Scep[" + url + "]";
      }
    }
  }

  /// The profile as a `.mobileconfig`, unsigned.
  public String write(Entropy entropy) {
    var payloads =
        Stream.concat(
                anchors.stream().map(anchor -> anchor(anchor, entropy)),
                Stream.of(identity(entropy)))
            .toList();
    var profile = payload("Configuration", "profile", "Vigil", entropy);
    profile.put("PayloadDescription", new Plist.Text("Identity of this device for work apps"));
    profile.put("PayloadContent", new Plist.Array(payloads));
    return new Plist.Dictionary(profile).document();
  }

  private Plist anchor(Bytes der, Entropy entropy) {
    var payload =
        payload("com.apple.security.root", "root-" + anchors.indexOf(der), "Vigil root", entropy);
    payload.put("PayloadCertificateFileName", new Plist.Text("vigil-root.cer"));
    payload.put("PayloadContent", new Plist.Data(der));
    return new Plist.Dictionary(payload);
  }

  private Plist identity(Entropy entropy) {
    return switch (identity) {
      case Identity.Acme acme -> acme(acme, entropy);
      case Identity.Scep scep -> scep(scep, entropy);
    };
  }

  private Plist acme(Identity.Acme acme, Entropy entropy) {
    var payload = payload("com.apple.security.acme", "identity", "Vigil identity", entropy);
    payload.put("DirectoryURL", new Plist.Text(acme.directory().toString()));
    payload.put("ClientIdentifier", new Plist.Text(acme.clientIdentifier()));
    payload.put("KeyType", new Plist.Text("ECSECPrimeRandom"));
    payload.put("KeySize", new Plist.Whole(KEY_BITS));
    payload.put("HardwareBound", Plist.Flag.TRUE);
    payload.put("Attest", Plist.Flag.TRUE);
    payload.put("Subject", subject());
    payload.put("UsageFlags", new Plist.Whole(SIGNING));
    payload.put(
        "ExtendedKeyUsage", new Plist.Array(List.of(new Plist.Text(CLIENT_AUTHENTICATION))));
    return new Plist.Dictionary(payload);
  }

  private Plist scep(Identity.Scep scep, Entropy entropy) {
    var content = new LinkedHashMap<String, Plist>();
    content.put("URL", new Plist.Text(scep.url().toString()));
    content.put("Name", new Plist.Text("vigil"));
    content.put("Subject", subject());
    content.put("Challenge", new Plist.Text(scep.challenge()));
    content.put("Key Type", new Plist.Text("RSA"));
    content.put("Keysize", new Plist.Whole(RSA_BITS));
    content.put("Key Usage", new Plist.Whole(SIGNING));
    content.put("KeyIsExtractable", Plist.Flag.FALSE);
    var payload = payload("com.apple.security.scep", "identity", "Vigil identity", entropy);
    payload.put("PayloadContent", new Plist.Dictionary(content));
    return new Plist.Dictionary(payload);
  }

  /// Asked for because the payload must; the certificate's name comes from us.
  private Plist subject() {
    var name = List.<Plist>of(new Plist.Text("CN"), new Plist.Text(name()));
    return new Plist.Array(List.of(new Plist.Array(List.of(new Plist.Array(name)))));
  }

  private Map<String, Plist> payload(String type, String part, String shown, Entropy entropy) {
    var payload = new LinkedHashMap<String, Plist>();
    payload.put("PayloadType", new Plist.Text(type));
    payload.put("PayloadVersion", new Plist.Whole(1));
    payload.put("PayloadIdentifier", new Plist.Text(reversed(host) + ".vigil." + part));
    payload.put("PayloadUUID", new Plist.Text(uuid(entropy)));
    payload.put("PayloadDisplayName", new Plist.Text(shown));
    payload.put("PayloadOrganization", new Plist.Text(organization));
    return payload;
  }

  private static String reversed(String host) {
    return Stream.of(host.split("\\.", -1))
        .collect(
            Collectors.collectingAndThen(
                Collectors.toList(), labels -> String.join(".", labels.reversed())));
  }

  /// A random UUID (RFC 9562 section 5.4).
  private static String uuid(Entropy entropy) {
    var random = ByteBuffer.wrap(entropy.bytes(16));
    long high = (random.getLong() & ~0xF000L) | 0x4000L;
    long low = (random.getLong() & 0x3FFFFFFFFFFFFFFFL) | 0x8000000000000000L;
    return new UUID(high, low).toString().toUpperCase(java.util.Locale.ROOT);
  }
}
