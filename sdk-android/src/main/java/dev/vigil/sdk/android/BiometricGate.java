// SPDX-License-Identifier: Apache-2.0
package dev.vigil.sdk.android;

import android.content.Context;
import android.hardware.biometrics.BiometricManager;
import android.hardware.biometrics.BiometricPrompt;
import android.os.Build;
import android.os.CancellationSignal;
import android.os.Looper;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// The system's biometric prompt, for strong biometrics only; the app must be in the foreground.
///
/// It opens a key whose terms want it ([KeyTerms#biometric]); that the key wants it is what the
/// server can see, in the key's attestation. A prompt alone proves nothing to a server.
public final class BiometricGate implements Gate {

  private static final long PATIENCE_SECONDS = 60;

  private final Context context;
  private final Wording wording;

  /// What the person reads.
  public record Wording(String title, String subtitle, String cancel) {}

  public BiometricGate(Context context, Wording wording) {
    this.context = context;
    this.wording = wording;
  }

  /// Whether the phone has a strong biometric set up.
  public boolean possible() {
    if (Build.VERSION.SDK_INT < Build.VERSION_CODES.R) {
      return true; // only asking tells
    }
    var biometrics = context.getSystemService(BiometricManager.class);
    return biometrics != null
        && biometrics.canAuthenticate(BiometricManager.Authenticators.BIOMETRIC_STRONG)
            == BiometricManager.BIOMETRIC_SUCCESS;
  }

  @Override
  public Passage ask() {
    if (Looper.getMainLooper().isCurrentThread()) {
      throw new IllegalStateException("the person cannot be waited for on the main thread");
    }
    if (!possible()) {
      return Passage.IMPOSSIBLE;
    }
    var passage = new CompletableFuture<Passage>();
    var signal = new CancellationSignal();
    context.getMainExecutor().execute(() -> show(passage, signal));
    return await(passage, signal);
  }

  private void show(CompletableFuture<Passage> passage, CancellationSignal signal) {
    var executor = context.getMainExecutor();
    var prompt =
        new BiometricPrompt.Builder(context)
            .setTitle(wording.title())
            .setSubtitle(wording.subtitle())
            .setNegativeButton(
                wording.cancel(), executor, (dialog, which) -> passage.complete(Passage.REFUSED));
    if (Build.VERSION.SDK_INT >= Build.VERSION_CODES.R) {
      prompt.setAllowedAuthenticators(BiometricManager.Authenticators.BIOMETRIC_STRONG);
    }
    prompt.build().authenticate(signal, executor, new Answer(passage));
  }

  /// One failed try is not the end: the system lets the person try again and says when it is over.
  private static final class Answer extends BiometricPrompt.AuthenticationCallback {
    private final CompletableFuture<Passage> passage;

    Answer(CompletableFuture<Passage> passage) {
      this.passage = passage;
    }

    @Override
    public void onAuthenticationSucceeded(BiometricPrompt.AuthenticationResult result) {
      passage.complete(Passage.PASSED);
    }

    @Override
    public void onAuthenticationError(int code, CharSequence text) {
      passage.complete(
          switch (code) {
            case BiometricPrompt.BIOMETRIC_ERROR_HW_NOT_PRESENT,
                BiometricPrompt.BIOMETRIC_ERROR_HW_UNAVAILABLE,
                BiometricPrompt.BIOMETRIC_ERROR_NO_BIOMETRICS ->
                Passage.IMPOSSIBLE;
            default -> Passage.REFUSED;
          });
    }
  }

  private static Passage await(CompletableFuture<Passage> passage, CancellationSignal signal) {
    try {
      return passage.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      signal.cancel();
      return Passage.REFUSED;
    } catch (InterruptedException e) {
      signal.cancel();
      Thread.currentThread().interrupt();
      return Passage.REFUSED;
    } catch (ExecutionException e) {
      return Passage.IMPOSSIBLE;
    }
  }
}
