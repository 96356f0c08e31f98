// SPDX-License-Identifier: Apache-2.0
package dev.vigil.identity.oauth;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// A public native client (RFC 8252) and the exact addresses it may be called back at. It has no
/// secret; its user's key stands for it.
///
/// @param sessionDays how long a session started by it may last
public record Client(String id, Set<Callback> callbacks, int sessionDays) {

  /// The mobile app with the SDK.
  public static final Client PHONE =
      new Client(
          "vigil-phone",
          Set.of(new Callback.PrivateScheme("dev.vigil.phone:/callback"), new Callback.Loopback()),
          30);

  /// The command line.
  public static final Client COMMAND_LINE =
      new Client("vigil-cli", Set.of(new Callback.Loopback()), 1);

  /// Every client there is.
  public static final List<Client> ALL = List.of(PHONE, COMMAND_LINE);

  public Client {
    callbacks = Set.copyOf(callbacks);
  }

  /// Where an answer may be sent.
  public sealed interface Callback {

    /// Whether this is exactly such an address.
    boolean accepts(String redirectUri);

    /// `http://127.0.0.1:{port}/callback` with any port (RFC 8252 section 7.3).
    record Loopback() implements Callback {
      private static final Pattern FORM =
          Pattern.compile("http://127\\.0\\.0\\.1:([1-9][0-9]{0,4})/callback");

      @Override
      public boolean accepts(String redirectUri) {
        var match = FORM.matcher(redirectUri);
        return match.matches() && Integer.parseInt(match.group(1)) <= 65_535;
      }
    }

    /// A private-use scheme (RFC 8252 section 7.1), compared byte by byte.
    record PrivateScheme(String uri) implements Callback {
      @Override
      public boolean accepts(String redirectUri) {
        return uri.equals(redirectUri);
      }
    }
  }

  /// The client of this id.
  public static Optional<Client> named(String id) {
    return ALL.stream().filter(client -> client.id().equals(id)).findFirst();
  }

  /// Whether an answer may be sent to this address.
  public boolean mayReturnTo(String redirectUri) {
    return callbacks.stream().anyMatch(callback -> callback.accepts(redirectUri));
  }
}
