// SPDX-License-Identifier: Apache-2.0
package dev.vigil.keys;

import dev.vigil.kernel.Sha256;
import dev.vigil.kernel.TimeSource;
import dev.vigil.pki.KeyUnavailable;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.ProviderException;
import java.security.UnrecoverableKeyException;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.security.auth.login.FailedLoginException;

/// A PKCS#11 token (version 2.40) that holds keys of authorities. It may go away and come back: a
/// session that was lost is opened anew, a token that does not answer is waited for five seconds
/// and then left alone for ten, and a PIN that was refused is never tried again.
public final class Token implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final Duration PAUSE = Duration.ofSeconds(10);

  private final TokenPlace place;
  private final TimeSource time;
  private final ExecutorService worker = Executors.newSingleThreadExecutor(this::thread);
  private volatile Optional<Thread> thread = Optional.empty();
  private volatile State state = new State.Untried();

  private volatile Future<?> unanswered = CompletableFuture.completedFuture(true);

  // Of the worker's thread alone.
  private Optional<OpenToken> open = Optional.empty();
  private Optional<Sha256> refusedPin = Optional.empty();

  private Token(TokenPlace place, TimeSource time) {
    this.place = place;
    this.time = time;
  }

  private Thread thread(Runnable work) {
    var made = Thread.ofPlatform().name("vigil-token").daemon().unstarted(work);
    thread = Optional.of(made);
    return made;
  }

  /// The token at this place; nothing is touched until a key is needed.
  public static Token at(TokenPlace place, TimeSource time) {
    return new Token(place, time);
  }

  /// How the token was found last.
  public sealed interface State {

    /// Nobody asked it yet.
    record Untried() implements State {}

    record Present() implements State {}

    /// @param reason in words for an administrator
    /// @param sinceNanos on the monotonic clock
    record Away(String reason, long sinceNanos) implements State {}
  }

  /// Something done with the open token.
  interface Task<T> {
    T on(OpenToken open) throws GeneralSecurityException, IOException;
  }

  /// How the token was found last.
  public State state() {
    return state;
  }

  /// Looks whether the token is there, unless it was away just now.
  public State look() {
    try {
      ask(found -> {
        found.look();
        return true;
      });
    } catch (KeyUnavailable e) {
      return state;
    }
    return state;
  }

  /// Does it, with another session if the last one was lost.
  ///
  /// @throws KeyUnavailable if the token does not do it now
  <T> T ask(Task<T> task) {
    if (thread.filter(Thread.currentThread()::equals).isPresent()) return within(task);
    if (state instanceof State.Away(var reason, long since)
        && (time.nanos() - since < PAUSE.toNanos() || !unanswered.isDone()))
      throw new KeyUnavailable(reason);
    var asked = worker.submit(() -> attempt(task));
    try {
      var answer = asked.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      state = new State.Present();
      return answer;
    } catch (TimeoutException e) {
      throw away("the token does not answer within " + PATIENCE.toSeconds() + " seconds", asked);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UnrecoverableKeyException missing)
        throw new KeyUnavailable(String.valueOf(missing.getMessage()));
      throw away(reason(Objects.requireNonNullElse(e.getCause(), e)), asked);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KeyUnavailable("interrupted while waiting for the token");
    }
  }

  /// A key in the token is being made, and another in it certifies that one.
  private <T> T within(Task<T> task) {
    try {
      return task.on(open.orElseThrow());
    } catch (GeneralSecurityException | IOException e) {
      throw new KeyUnavailable(reason(e));
    }
  }

  private KeyUnavailable away(String reason, Future<?> asked) {
    unanswered = asked;
    state = new State.Away(reason, time.nanos());
    return new KeyUnavailable(reason);
  }

  private <T> T attempt(Task<T> task) throws GeneralSecurityException, IOException {
    if (open.isPresent()) {
      try {
        return task.on(open.get());
      } catch (GeneralSecurityException | ProviderException | IOException e) {
        open = Optional.empty(); // the session was lost; what follows opens another
      }
    }
    var library = Cryptoki.of(place.library());
    try {
      return again(library, task);
    } catch (GeneralSecurityException | ProviderException | IOException | KeyUnavailable e) {
      if (refusedPin.isPresent() || e instanceof UnrecoverableKeyException) throw e;
      library.restart();
      return again(library, task);
    }
  }

  private <T> T again(Cryptoki library, Task<T> task) throws GeneralSecurityException, IOException {
    var fresh = login(library);
    open = Optional.of(fresh);
    return task.on(fresh);
  }

  private OpenToken login(Cryptoki library) throws GeneralSecurityException, IOException {
    var pin = OpenToken.Pin.read(place.pinFile());
    if (refusedPin.filter(pin.digest()::equals).isPresent())
      throw new KeyUnavailable(
          "the token refused the PIN in `" + place.pinFile() + "`; it is not tried again");
    refusedPin = Optional.empty();
    try {
      return OpenToken.open(place, slot(library), pin);
    } catch (IOException e) {
      if (isAboutPin(e)) refusedPin = Optional.of(pin.digest());
      throw e;
    }
  }

  private static boolean isAboutPin(Throwable refused) {
    for (var cause = refused; cause != null; cause = cause.getCause())
      if (cause instanceof FailedLoginException
          || String.valueOf(cause.getMessage()).contains("CKR_PIN_")) return true;
    return false;
  }

  private long slot(Cryptoki library) {
    if (place.token().startsWith("slot:")) return Long.parseLong(place.token().substring(5));
    return library
        .slotOf(place.token())
        .orElseThrow(() ->
            new KeyUnavailable(
                "there is no token, or more than one, labelled `" + place.token() + "`"));
  }

  private String reason(Throwable failure) {
    if (failure instanceof KeyUnavailable known) return known.reason();
    if (refusedPin.isPresent()) return "the token refused the PIN in `" + place.pinFile() + "`";
    for (var cause = failure; cause != null; cause = cause.getCause())
      if (String.valueOf(cause.getMessage()).startsWith("CKR_"))
        return "the token answers `" + cause.getMessage() + "`";
    return "the token cannot be used: " + failure.getMessage();
  }

  /// No more is asked of it.
  @Override
  public void close() {
    worker.shutdown();
  }
}
