// SPDX-License-Identifier: Apache-2.0
package dev.vigil.sample;

import android.app.Activity;
import android.app.AlertDialog;
import android.content.Intent;
import android.os.Bundle;
import android.widget.Button;
import android.widget.LinearLayout;
import android.widget.TextView;
import dev.vigil.sdk.ActResult;
import dev.vigil.sdk.Answer;
import dev.vigil.sdk.AppRequest;
import dev.vigil.sdk.CallResult;
import dev.vigil.sdk.Done;
import dev.vigil.sdk.Refused;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// One page: a button that shows the balance, whatever has to happen first.
public final class MainActivity extends Activity {

  private static final URI BALANCE = URI.create("https://banking.bank.example/balance");

  private final ExecutorService worker = Executors.newSingleThreadExecutor();
  private @Nullable TextView text;

  @Override
  protected void onCreate(@Nullable Bundle state) {
    super.onCreate(state);
    var page = new LinearLayout(this);
    page.setOrientation(LinearLayout.VERTICAL);
    var button = new Button(this);
    button.setText("Show my balance");
    button.setOnClickListener(view -> work(this::balance));
    var shown = new TextView(this);
    text = shown;
    page.addView(button);
    page.addView(shown);
    setContentView(page);
    app().obstacle().ifPresent(shown::setText);
    button.setEnabled(app().obstacle().isEmpty());
    link(getIntent());
  }

  @Override
  protected void onNewIntent(Intent intent) {
    super.onNewIntent(intent);
    link(intent);
  }

  private SampleApplication app() {
    return (SampleApplication) getApplication();
  }

  /// A sign-in page asks to be shown this phone. Anybody can make such a link, so the person is
  /// asked.
  private void link(Intent intent) {
    var address = intent.getData();
    if (address == null || app().obstacle().isPresent()) {
      return;
    }
    new AlertDialog.Builder(this)
        .setMessage("Are you signing in on a computer right now?")
        .setPositiveButton(
            "Yes",
            (dialog, which) ->
                work(() -> said(app().vigil().showDevice(URI.create(address.toString())))))
        .setNegativeButton("No", null)
        .show();
  }

  private void work(Supplier<String> work) {
    worker.execute(() -> {
      var said = work.get();
      runOnUiThread(() -> show(said));
    });
  }

  private void show(String said) {
    var shown = text;
    if (shown != null) {
      shown.setText(said);
    }
  }

  private String balance() {
    return said(app().vigil().call(AppRequest.get(BALANCE)), true);
  }

  /// What the answer means. What can be put right here is put right, once.
  private String said(CallResult result, boolean mayHelp) {
    if (result instanceof Answer answer) {
      return read(answer);
    }
    var refused = (Refused) result;
    if (mayHelp && refused instanceof Refused.EnrolmentRequired) {
      var enrolled = app().vigil().enrol(app().posture());
      return enrolled instanceof Done ? again() : said(enrolled);
    }
    if (mayHelp && refused instanceof Refused.SignInRequired) {
      var signedIn = app().vigil().signIn();
      return signedIn instanceof Done ? again() : said(signedIn);
    }
    if (mayHelp && refused instanceof Refused.StepUpRequired asked) {
      return said(app().vigil().stepUp(asked), false);
    }
    return advice(refused);
  }

  private String again() {
    return said(app().vigil().call(AppRequest.get(BALANCE)), false);
  }

  private static String said(ActResult result) {
    return result instanceof Refused refused ? advice(refused) : "Done.";
  }

  private static String advice(Refused refused) {
    var advice = new StringBuilder(refused.text());
    if (refused instanceof Refused.RemediationNeeded needed) {
      needed.fixes().forEach(fix -> advice.append("\n- ").append(fix.text()));
    }
    return advice.toString();
  }

  private static String read(Answer answer) {
    try (answer;
        var body = answer.body()) {
      return new String(body.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      return "The answer broke off; try again.";
    }
  }

  @Override
  protected void onDestroy() {
    worker.shutdown();
    super.onDestroy();
  }
}
