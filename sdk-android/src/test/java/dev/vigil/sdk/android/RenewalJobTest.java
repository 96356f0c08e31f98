// SPDX-License-Identifier: Apache-2.0
package dev.vigil.sdk.android;

import static org.assertj.core.api.Assertions.assertThat;
import static org.robolectric.Shadows.shadowOf;

import android.app.Application;
import android.app.job.JobParameters;
import android.app.job.JobScheduler;
import dev.vigil.sdk.Posture;
import dev.vigil.sdk.VigilClient;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.robolectric.Robolectric;
import org.robolectric.RobolectricTestRunner;
import org.robolectric.RuntimeEnvironment;
import org.robolectric.shadow.api.Shadow;

/// The daily job, and a client put together as an app does it.
@RunWith(RobolectricTestRunner.class)
public class RenewalJobTest {

  private final Application app = RuntimeEnvironment.getApplication();
  private final FakeKeyStore store = FakeKeyStore.install();

  private VigilAndroid vigil(Optional<PrivacyMode> privacy) {
    var profile =
        new dev.vigil.sdk.Profile(
            java.net.URI.create("https://vigil.bank.test"),
            dev.vigil.sdk.Profile.PHONE,
            dev.vigil.sdk.Profile.CALLBACK,
            List.of(store.maker.root()),
            "Ada's phone");
    return new VigilAndroid(
        app,
        new ManagedConfiguration(profile, Optional.empty(), privacy),
        VigilAndroid.Outside.of(Clock.systemUTC(), count -> new byte[count]));
  }

  @Test
  public void the_job_runs_daily_when_there_is_a_network() {
    assertThat(RenewalJob.schedule(app, 7)).isTrue();
    var job = shadowOf(app.getSystemService(JobScheduler.class)).getPendingJob(7);
    assertThat(job).isNotNull();
    assertThat(job.getIntervalMillis()).isEqualTo(Duration.ofDays(1).toMillis());
    assertThat(job.getRequiredNetwork()).isNotNull();
  }

  @Test
  public void a_phone_that_is_not_enrolled_has_nothing_to_renew_and_looks_at_nothing() {
    var looked = new ArrayList<String>();
    var client = vigil(Optional.empty()).client();
    var host =
        new VigilHost() {
          @Override
          public VigilClient vigil() {
            return client;
          }

          @Override
          public Posture posture() {
            looked.add("posture");
            return Posture.EMPTY;
          }
        };
    assertThat(RenewalJob.again(host)).isFalse();
    assertThat(looked).isEmpty();
    assertThat(store.made).isEmpty();
  }

  @Test
  public void an_app_that_forgot_to_be_a_host_loses_the_job_and_not_its_process() {
    var job = Robolectric.setupService(RenewalJob.class);
    var parameters = Shadow.newInstanceOf(JobParameters.class);
    assertThat(job.onStartJob(parameters)).isFalse();
    assertThat(job.onStopJob(parameters)).isTrue();
  }

  @Test
  public void a_client_stands_on_android_and_shows_no_secret() {
    var vigil = vigil(Optional.empty());
    assertThat(vigil.client().device()).isEmpty();
    assertThat(vigil.client(nonce -> Optional.empty()).signedIn()).isFalse();
    assertThat(vigil.posture().toString()).contains("platform=android");
  }

  @Test
  public void a_client_in_privacy_mode_reports_yes_and_no_only() {
    var vigil = vigil(Optional.of(new PrivacyMode(Optional.empty(), Optional.empty())));
    assertThat(vigil.posture().toString()).doesNotContain("platform", "model", "os_version");
  }
}
