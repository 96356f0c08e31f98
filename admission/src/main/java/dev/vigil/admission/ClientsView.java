// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission;

import dev.vigil.identity.oauth.RegisteredClient;
import dev.vigil.kernel.DeviceId;
import dev.vigil.kernel.SessionId;
import dev.vigil.kernel.Sha256;
import dev.vigil.kernel.SubjectId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What the [Store] knows of registered clients, of the sessions of browsers, and of who is signed
/// in where. Lists are in the order of creation.
public interface ClientsView {

  Optional<RegisteredClient> client(String id);

  List<RegisteredClient> clients();

  /// The browser whose cookie holds the secret of this digest.
  Optional<Browser> browser(Sha256 secret);

  /// The sign-in of a session at a client.
  Optional<SignOn> signOn(SessionId session, String client);

  /// Every sign-in of a session.
  List<SignOn> signOns(SessionId session);

  /// Logout notices that are due, at most `limit`.
  List<LogoutNotice> dueNotices(Instant now, int limit);

  /// The cookie of a browser's session.
  ///
  /// @param secret the digest of what the cookie holds
  /// @param usedAt when it was last used, to the minute
  /// @param device that proved to be beside the browser when the person signed in
  record Browser(SessionId session, Sha256 secret, Instant usedAt, Optional<DeviceId> device) {}

  /// That a session is used at a client: every token of the client hangs from it.
  ///
  /// @param device that was shown to be beside the browser, which decisions count
  /// @param key what the client's tokens are bound to: `jkt` or `x5t#S256`; empty for none
  /// @param scopes what was granted
  /// @param seen where the person was then; empty if that is not known
  record SignOn(
      SessionId session,
      String client,
      Optional<DeviceId> device,
      Optional<Sha256> key,
      List<String> scopes,
      Optional<Seen> seen,
      Instant at) {
    public SignOn {
      scopes = List.copyOf(scopes);
    }

    /// The same, seen somewhere now.
    public SignOn seen(String address, Instant now) {
      return new SignOn(
          session, client, device, key, scopes, Optional.of(new Seen(address, now)), at);
    }

    /// Where the person was within the last hour; later nobody knows.
    public Optional<String> address(Instant now) {
      return seen.filter(one -> now.isBefore(one.at().plus(Seen.COUNTS))).map(Seen::address);
    }
  }

  /// The address that a person, or a machine, came from.
  record Seen(String address, Instant at) {

    /// How long an address counts where the app asks without the person.
    public static final Duration COUNTS = Duration.ofHours(1);
  }

  /// That a client must be told of the end of a session (OpenID Connect Back-Channel Logout 1.0).
  ///
  /// @param id names it, and is the `jti` of every logout token that it is sent with
  /// @param tries how often it was tried
  /// @param dueAt when it is tried next
  record LogoutNotice(
      String id,
      String client,
      String address,
      SubjectId subject,
      SessionId session,
      int tries,
      Instant dueAt) {}
}
