// SPDX-License-Identifier: Apache-2.0
package dev.vigil.sdk.android;

import android.content.Context;
import dev.vigil.sdk.Ports;
import dev.vigil.sdk.Posture;
import dev.vigil.sdk.VigilClient;
import dev.vigil.sdk.port.Attestor;
import dev.vigil.sdk.port.Randomness;
import java.time.Clock;

/// Puts a client together for an app: hardware key, attestation, sealed storage, the person's
/// browser, sockets. Make one for each process, in the app's `Application`.
///
/// In privacy mode no platform's statement is sent, since each names versions of what it vouches
/// for; the phone's key stays in hardware, but the server is not shown so.
public final class VigilAndroid {

  private final Context context;
  private final ManagedConfiguration configuration;
  private final Outside outside;

  /// What comes from outside of the library.
  ///
  /// @param clock the system's, in an app
  /// @param randomness a `SecureRandom`, in an app
  /// @param terms on what terms the device's key signs
  /// @param gate asks the person when the key wants them
  public record Outside(Clock clock, Randomness randomness, KeyTerms terms, Gate gate) {

    /// A key that signs whenever the app asks.
    public static Outside of(Clock clock, Randomness randomness) {
      return new Outside(clock, randomness, KeyTerms.USUAL, Gate.SHUT);
    }
  }

  public VigilAndroid(Context context, ManagedConfiguration configuration, Outside outside) {
    this.context = context.getApplicationContext();
    this.configuration = configuration;
    this.outside = outside;
  }

  /// A client whose phone is vouched for by Android Key Attestation.
  public VigilClient client() {
    var keys = keys();
    return client(keys, new KeyAttestor(keys));
  }

  /// A client whose phone is vouched for by Google Play.
  public VigilClient client(PlayIntegrityHook hook) {
    return client(keys(), new PlayIntegrityAttestor(hook));
  }

  private AndroidKeyStoreKeys keys() {
    return new AndroidKeyStoreKeys(outside.terms(), outside.gate());
  }

  private VigilClient client(AndroidKeyStoreKeys keys, Attestor attestor) {
    return new VigilClient(
        configuration.profile(),
        new Ports(
            keys,
            new SealedState(context),
            configuration.privacy().isPresent() ? Attestor.NONE : attestor,
            new SystemBrowser(context),
            new AndroidTransport(),
            outside.clock(),
            outside.randomness()));
  }

  /// What the phone looks like now, as far as it may leave the phone.
  public Posture posture() {
    var seen = new PostureCollector(context).look();
    return configuration.privacy().map(mode -> mode.posture(seen)).orElseGet(seen::posture);
  }
}
