// SPDX-License-Identifier: Apache-2.0
package dev.vigil.sdk.android;

import android.app.Activity;
import android.os.Bundle;
import org.jspecify.annotations.Nullable;

/// Receives the address that the sign-in page sends the browser to, and hands it to
/// [SignInActivity], which closes the browser's tab. Exported, so anybody can call it: what it is
/// given is checked by who waits for it, and else dropped.
public final class RedirectActivity extends Activity {

  @Override
  protected void onCreate(@Nullable Bundle state) {
    super.onCreate(state);
    startActivity(SignInActivity.back(this, getIntent().getData()));
    finish();
  }
}
