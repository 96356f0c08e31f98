// SPDX-License-Identifier: Apache-2.0
package dev.vigil.sdk.android;

import android.app.Activity;
import android.content.ActivityNotFoundException;
import android.content.Context;
import android.content.Intent;
import android.net.Uri;
import android.os.Bundle;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/// Stands behind the browser while the person signs in, and shows nothing: it opens the page, and
/// when it comes to the front again the browser has come back or was closed.
///
/// In the manifest: not exported, `launchMode="singleTask"`, and
/// `configChanges="orientation|screenSize|keyboard|keyboardHidden"`.
public final class SignInActivity extends Activity {

  private static final String PAGE = "dev.vigil.sdk.android.page";
  private static final String OPENED = "dev.vigil.sdk.android.opened";
  // Asks the browser for a tab within this task; a browser that knows none opens as usual.
  private static final String TAB = "android.support.customtabs.extra.SESSION";

  private boolean opened;

  static Intent intent(Context context, URI page) {
    return new Intent(context, SignInActivity.class).putExtra(PAGE, page.toString());
  }

  /// Brings the activity that waits to the front, with where the browser was sent.
  static Intent back(Context context, @Nullable Uri address) {
    return new Intent(context, SignInActivity.class)
        .setData(address)
        .addFlags(Intent.FLAG_ACTIVITY_CLEAR_TOP | Intent.FLAG_ACTIVITY_SINGLE_TOP);
  }

  @Override
  protected void onCreate(@Nullable Bundle state) {
    super.onCreate(state);
    opened = state != null && state.getBoolean(OPENED);
  }

  @Override
  protected void onSaveInstanceState(Bundle state) {
    super.onSaveInstanceState(state);
    state.putBoolean(OPENED, opened);
  }

  @Override
  protected void onNewIntent(Intent intent) {
    super.onNewIntent(intent);
    setIntent(intent);
  }

  @Override
  protected void onResume() {
    super.onResume();
    var page = getIntent().getStringExtra(PAGE);
    if (getIntent().getData() != null) {
      answer(getIntent().getData());
    } else if (page != null && !opened) {
      opened = true;
      open(page);
    } else {
      SystemBrowser.closed();
      finish();
    }
  }

  private void open(String page) {
    var extras = new Bundle();
    extras.putBinder(TAB, null);
    try {
      startActivity(
          new Intent(Intent.ACTION_VIEW, Uri.parse(page))
              .addCategory(Intent.CATEGORY_BROWSABLE)
              .putExtras(extras));
    } catch (ActivityNotFoundException e) {
      SystemBrowser.closed();
      finish();
    }
  }

  private void answer(Uri address) {
    try {
      SystemBrowser.returned(URI.create(address.toString()));
    } catch (IllegalArgumentException e) {
      SystemBrowser.closed();
    }
    finish();
  }
}
