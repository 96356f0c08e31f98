// SPDX-License-Identifier: Apache-2.0
package dev.vigil.sdk.android;

import android.app.job.JobInfo;
import android.app.job.JobParameters;
import android.app.job.JobScheduler;
import android.app.job.JobService;
import android.content.ComponentName;
import android.content.Context;
import dev.vigil.sdk.Refused;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Once a day, when there is a network: renews the certificate if that is due, attests anew and
/// reports the posture, so that a phone nobody opens keeps its trust fresh.
///
/// In the manifest: `permission="android.permission.BIND_JOB_SERVICE"`.
public final class RenewalJob extends JobService {

  private static final Duration PERIOD = Duration.ofHours(24);

  private @Nullable ExecutorService worker;

  /// Asks the system to run it daily, from now on and after each restart of the phone; once more
  /// does no harm.
  ///
  /// @param number the job's number, free in this app
  /// @return whether the system took it
  public static boolean schedule(Context context, int number) {
    var job =
        new JobInfo.Builder(number, new ComponentName(context, RenewalJob.class))
            .setRequiredNetworkType(JobInfo.NETWORK_TYPE_ANY)
            .setPeriodic(PERIOD.toMillis())
            .setPersisted(
                context.checkSelfPermission(android.Manifest.permission.RECEIVE_BOOT_COMPLETED)
                    == android.content.pm.PackageManager.PERMISSION_GRANTED)
            .build();
    var scheduler = context.getSystemService(JobScheduler.class);
    return scheduler != null && scheduler.schedule(job) == JobScheduler.RESULT_SUCCESS;
  }

  @Override
  public boolean onStartJob(JobParameters parameters) {
    if (!(getApplicationContext() instanceof VigilHost host)) {
      return false;
    }
    var thread = Executors.newSingleThreadExecutor();
    worker = thread;
    try {
      thread.execute(() -> jobFinished(parameters, again(host)));
      return true;
    } catch (RejectedExecutionException e) {
      return false;
    }
  }

  /// Does the work, and says whether to try again soon.
  static boolean again(VigilHost host) {
    var client = host.vigil();
    var renewed = client.renewIfDue();
    if (renewed instanceof Refused.EnrolmentRequired) {
      return false;
    }
    return Stream.of(renewed, client.attest(), client.report(host.posture()))
        .anyMatch(Refused.Unreachable.class::isInstance);
  }

  @Override
  public boolean onStopJob(JobParameters parameters) {
    end();
    return true;
  }

  @Override
  public void onDestroy() {
    end();
    super.onDestroy();
  }

  private void end() {
    var running = worker;
    if (running != null) {
      running.shutdownNow();
    }
  }
}
