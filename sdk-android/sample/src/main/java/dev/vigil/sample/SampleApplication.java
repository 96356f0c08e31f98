// SPDX-License-Identifier: Apache-2.0
package dev.vigil.sample;

import android.app.Application;
import android.os.Build;
import dev.vigil.sdk.Posture;
import dev.vigil.sdk.VigilClient;
import dev.vigil.sdk.android.ManagedConfiguration;
import dev.vigil.sdk.android.ManagedConfiguration.Reading;
import dev.vigil.sdk.android.RenewalJob;
import dev.vigil.sdk.android.VigilAndroid;
import dev.vigil.sdk.android.VigilHost;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Optional;

/// Holds the one client of the process.
public final class SampleApplication extends Application implements VigilHost {

  private static final int RENEWAL = 1;

  private Reading reading = new Reading.Absent();
  private Optional<VigilAndroid> vigil = Optional.empty();
  private Optional<VigilClient> client = Optional.empty();

  @Override
  public void onCreate() {
    super.onCreate();
    reading = ManagedConfiguration.read(this, Build.MODEL);
    if (reading instanceof Reading.Present present) {
      var made = new VigilAndroid(this, present.configuration(), outside());
      vigil = Optional.of(made);
      client = Optional.of(made.client());
      var unused = RenewalJob.schedule(this, RENEWAL);
    }
  }

  private static VigilAndroid.Outside outside() {
    var random = new SecureRandom();
    return VigilAndroid.Outside.of(
        Clock.systemUTC(),
        count -> {
          byte[] bytes = new byte[count];
          random.nextBytes(bytes);
          return bytes;
        });
  }

  /// What stands in the way of a client, or empty if there is one.
  Optional<String> obstacle() {
    if (reading instanceof Reading.Unusable unusable) {
      return Optional.of("Ask your help desk: " + unusable.says());
    }
    return client.isPresent()
        ? Optional.empty()
        : Optional.of("This phone is not set up for work yet.");
  }

  @Override
  public VigilClient vigil() {
    return client.orElseThrow(() -> new IllegalStateException("there is no client yet"));
  }

  @Override
  public Posture posture() {
    return vigil.map(VigilAndroid::posture).orElse(Posture.EMPTY);
  }
}
