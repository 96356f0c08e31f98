// SPDX-License-Identifier: Apache-2.0
package dev.vigil.sdk.android;

import android.content.Context;
import android.content.Intent;
import android.os.Looper;
import dev.vigil.sdk.port.Browser;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/// Shows the sign-in page in the person's own browser (RFC 8252), through [SignInActivity], and
/// hears from [RedirectActivity] where the browser was sent. One sign-in at a time.
public final class SystemBrowser implements Browser {

  private static final Waiting WAITING = new Waiting();

  private final Context context;

  public SystemBrowser(Context context) {
    this.context = context.getApplicationContext();
  }

  /// The sign-in that is under way in this process, if any.
  private static final class Waiting {
    private @Nullable CompletableFuture<Optional<URI>> answer;
    private String redirect = "";

    synchronized CompletableFuture<Optional<URI>> begin(URI expected) {
      end(Optional.empty());
      redirect = expected.toString();
      var begun = new CompletableFuture<Optional<URI>>();
      answer = begun;
      return begun;
    }

    synchronized void end(Optional<URI> address) {
      var waiting = answer;
      if (waiting != null && address.map(this::expected).orElse(true)) {
        waiting.complete(address);
        answer = null;
      }
    }

    private boolean expected(URI address) {
      var text = address.toString();
      return text.equals(redirect) || text.startsWith(redirect + "?");
    }
  }

  @Override
  public Optional<URI> open(URI page, URI redirect) throws IOException {
    if (Looper.getMainLooper().isCurrentThread()) {
      throw new IllegalStateException("a sign-in cannot be waited for on the main thread");
    }
    var answer = WAITING.begin(redirect);
    context.startActivity(
        SignInActivity.intent(context, page).addFlags(Intent.FLAG_ACTIVITY_NEW_TASK));
    try {
      return answer.get();
    } catch (InterruptedException e) {
      WAITING.end(Optional.empty());
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while waiting for the browser");
    } catch (ExecutionException e) {
      throw new IOException(e);
    }
  }

  /// The browser came back to this address. Any other than the one waited for is not heard: every
  /// app can send one.
  static void returned(URI address) {
    WAITING.end(Optional.of(address));
  }

  /// The person closed the browser.
  static void closed() {
    WAITING.end(Optional.empty());
  }
}
