// SPDX-License-Identifier: Apache-2.0
package dev.vigil.identity.saml;

import java.net.URI;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/// A service provider, as its metadata describe it.
///
/// @param consumers where responses may be posted, at least one
/// @param logout where it takes logout messages in a browser
/// @param certificates of the keys it signs with; only their keys count, neither names nor dates
/// @param formats how it wants people named, in its order; empty if it does not say
/// @param requestsSigned it signs every request, so that an unsigned one is not its own
public record ServiceProvider(
    String entityId,
    List<Consumer> consumers,
    Optional<Logout> logout,
    List<X509Certificate> certificates,
    List<NameIdFormat> formats,
    boolean requestsSigned) {

  public ServiceProvider {
    consumers = List.copyOf(consumers);
    certificates = List.copyOf(certificates);
    formats = List.copyOf(formats);
    if (consumers.isEmpty()) throw new IllegalArgumentException("a provider takes responses");
  }

  /// An assertion consumer service over HTTP-POST.
  public record Consumer(int index, URI location, boolean isDefault) {}

  /// A single logout service.
  ///
  /// @param response where answers go, which may be another address
  public record Logout(LogoutBinding binding, URI location, URI response) {}

  /// How logout messages travel through the browser.
  public enum LogoutBinding {
    REDIRECT,
    POST
  }

  /// The consumer that gets responses unless a request names another: the marked one, or else the
  /// first.
  public Consumer defaultConsumer() {
    return consumers.stream().filter(Consumer::isDefault).findFirst().orElse(consumers.getFirst());
  }
}
