// SPDX-License-Identifier: Apache-2.0
package dev.vigil.identity;

import dev.vigil.kernel.DeviceId;
import dev.vigil.kernel.SessionId;
import dev.vigil.kernel.Sha256;
import dev.vigil.kernel.SubjectId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// One subject on one device, with the list of authentications made in it; every token and open
/// stream hangs from it.
///
/// @param expiresAt absolute end of life
public record Session(
    SessionId id,
    SubjectId subject,
    Binding binding,
    List<Authentication> authentications,
    Instant startedAt,
    Instant expiresAt,
    Optional<Ended> ended) {

  public Session {
    authentications = List.copyOf(authentications);
  }

  /// What a session hangs on, and what its tokens are bound to.
  public sealed interface Binding {

    /// A native app's key that is no enrolled device yet (or a command line): tokens are bound by
    /// DPoP (RFC 9449).
    ///
    /// @param thumbprint RFC 7638 thumbprint of the key
    record Key(Sha256 thumbprint) implements Binding {}

    /// An enrolled device with its key: access tokens are bound to its current certificate (RFC
    /// 8705).
    record Device(DeviceId device, Sha256 thumbprint) implements Binding {}

    /// A browser's `__Host-` cookie.
    record Cookie() implements Binding {}

    /// A workload's client certificate (RFC 8705).
    record Certificate(DeviceId device) implements Binding {}
  }

  /// Why and when a session ended early.
  public record Ended(Instant at, String cause) {}

  /// Whether the session lives at this time.
  public boolean livesAt(Instant now) {
    return ended.isEmpty() && now.isBefore(expiresAt);
  }

  /// The device, once there is one.
  public Optional<DeviceId> device() {
    return switch (binding) {
      case Binding.Device(DeviceId device, Sha256 _) -> Optional.of(device);
      case Binding.Certificate(DeviceId device) -> Optional.of(device);
      case Binding.Key _, Binding.Cookie _ -> Optional.empty();
    };
  }

  /// The key that its refresh tokens and proofs belong to, unless it is a cookie's or a
  /// certificate's.
  public Optional<Sha256> key() {
    return switch (binding) {
      case Binding.Key(Sha256 key) -> Optional.of(key);
      case Binding.Device(DeviceId _, Sha256 key) -> Optional.of(key);
      case Binding.Cookie _, Binding.Certificate _ -> Optional.empty();
    };
  }

  /// The session with one more authentication.
  public Session with(Authentication authentication) {
    var all = new ArrayList<>(authentications);
    all.add(authentication);
    return of(all);
  }

  /// The session with exactly these authentications.
  public Session of(List<Authentication> these) {
    return new Session(id, subject, binding, these, startedAt, expiresAt, ended);
  }

  /// The session on an enrolled device.
  public Session on(Binding.Device device) {
    return new Session(id, subject, device, authentications, startedAt, expiresAt, ended);
  }

  /// The session, ended. An ended session stays ended with its first cause.
  public Session end(Instant at, String cause) {
    return ended.isPresent()
        ? this
        : new Session(
            id,
            subject,
            binding,
            authentications,
            startedAt,
            expiresAt,
            Optional.of(new Ended(at, cause)));
  }
}
