// SPDX-License-Identifier: Apache-2.0
package dev.vigil.sdk.android;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.robolectric.Shadows.shadowOf;

import android.app.Application;
import android.content.Intent;
import android.net.Uri;
import java.net.URI;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.robolectric.Robolectric;
import org.robolectric.RobolectricTestRunner;
import org.robolectric.RuntimeEnvironment;
import org.robolectric.android.controller.ActivityController;

/// The way to the person's browser and back.
@RunWith(RobolectricTestRunner.class)
public class SystemBrowserTest {

  private static final URI PAGE = URI.create("https://vigil.bank.test/oauth/authorize?x=1");
  private static final URI CALLBACK = URI.create("dev.vigil.phone:/callback");

  private final Application app = RuntimeEnvironment.getApplication();

  /// A sign-in that waits, on a thread as an app would have one.
  private CompletableFuture<Optional<URI>> begun() {
    var answer = new CompletableFuture<Optional<URI>>();
    var thread =
        new Thread(() -> {
          try {
            answer.complete(new SystemBrowser(app).open(PAGE, CALLBACK));
          } catch (java.io.IOException e) {
            answer.completeExceptionally(e);
          }
        });
    thread.start();
    return answer;
  }

  private ActivityController<SignInActivity> standing() throws Exception {
    Intent started = null;
    while (started == null) {
      started = shadowOf(app).getNextStartedActivity();
      Thread.onSpinWait();
    }
    assertThat(started.getComponent()).isNotNull();
    return Robolectric.buildActivity(SignInActivity.class, started).create().start().resume();
  }

  private static Optional<URI> heard(CompletableFuture<Optional<URI>> answer) throws Exception {
    return answer.get(20, TimeUnit.SECONDS);
  }

  @Test
  public void the_page_opens_in_the_browser_and_its_answer_comes_back() throws Exception {
    var answer = begun();
    var activity = standing();
    var opened = shadowOf(app).getNextStartedActivity();
    assertThat(opened.getAction()).isEqualTo(Intent.ACTION_VIEW);
    assertThat(opened.getDataString()).isEqualTo(PAGE.toString());
    var back = CALLBACK + "?code=c1&state=s1";
    Robolectric.buildActivity(
            RedirectActivity.class, new Intent(Intent.ACTION_VIEW, Uri.parse(back)))
        .create();
    activity.pause().newIntent(shadowOf(app).getNextStartedActivity()).resume();
    assertThat(heard(answer)).contains(URI.create(back));
    assertThat(activity.get().isFinishing()).isTrue();
  }

  @Test
  public void a_person_who_closes_the_browser_ends_the_sign_in() throws Exception {
    var answer = begun();
    var activity = standing();
    activity.pause().resume();
    assertThat(heard(answer)).isEmpty();
    assertThat(activity.get().isFinishing()).isTrue();
  }

  @Test
  public void an_address_that_another_app_made_up_is_not_heard() throws Exception {
    var answer = begun();
    var activity = standing();
    for (var foreign :
        new String[] {
          "https://evil.example/callback?code=c1",
          "dev.vigil.phone:/callbackery?code=c1",
          "dev.vigil.phone://evil.example/callback?code=c1"
        }) {
      SystemBrowser.returned(URI.create(foreign));
      assertThat(answer).as(foreign).isNotDone();
    }
    activity.pause().resume();
    assertThat(heard(answer)).isEmpty();
  }

  @Test
  public void a_sign_in_never_blocks_the_main_thread() {
    assertThatThrownBy(() -> new SystemBrowser(app).open(PAGE, CALLBACK))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> new BiometricGate(app, new BiometricGate.Wording("a", "b", "c")).ask())
        .isInstanceOf(IllegalStateException.class);
  }
}
