// SPDX-License-Identifier: Apache-2.0
package dev.vigil.server;

import dev.vigil.admission.passkey.KnownModels;
import dev.vigil.identity.passkey.Models;
import dev.vigil.kernel.Outcome;
import dev.vigil.kernel.TimeSource;
import dev.vigil.server.config.Configuration.Metadata;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Brings the FIDO metadata blob from where it is configured to those who need it: at the start,
/// and again from time to time. What was fetched is kept in the data folder, so that a restart
/// knows it without the network. Without a good blob the server runs and nothing is known of
/// authenticators, which helps nobody.
final class AuthenticatorMetadata implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(AuthenticatorMetadata.class);
  private static final long LARGEST = 32L * 1024 * 1024;
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final KnownModels models;
  private final Path cache;
  private final TimeSource time;
  private final ScheduledExecutorService timer =
      Executors.newScheduledThreadPool(
          1, Thread.ofPlatform().name("vigil-metadata").daemon().factory());

  private AuthenticatorMetadata(KnownModels models, Path dataFolder, TimeSource time) {
    this.models = models;
    this.cache = dataFolder.resolve("fido-metadata.jwt");
    this.time = time;
  }

  /// Takes what is at hand before it returns.
  static AuthenticatorMetadata start(
      Metadata metadata, KnownModels models, Path dataFolder, TimeSource time) {
    var running = new AuthenticatorMetadata(models, dataFolder, time);
    switch (metadata.source()) {
      case Metadata.Source.InFile(Path file) -> {
        running.read(file);
        running.every(10, 10, () -> running.read(file));
      }
      case Metadata.Source.At(URI url) -> {
        if (Files.exists(running.cache)) running.read(running.cache);
        running.every(0, 12 * 60, () -> running.fetch(url));
      }
    }
    return running;
  }

  private void every(long firstMinutes, long minutes, Runnable task) {
    var _ = timer.scheduleWithFixedDelay(task, firstMinutes, minutes, TimeUnit.MINUTES);
  }

  private void read(Path file) {
    try {
      if (Files.size(file) > LARGEST) throw new IOException("it is larger than 32 MiB");
      take(Files.readString(file, StandardCharsets.ISO_8859_1), file.toString());
    } catch (NoSuchFileException e) {
      LOG.error("there are no authenticator metadata at `{}`", file);
    } catch (IOException | RuntimeException e) { // tried again at the next turn
      LOG.error("the authenticator metadata in `{}` cannot be read: {}", file, e.getMessage());
    }
  }

  private void fetch(URI url) {
    try (var client =
        HttpClient.newBuilder()
            .connectTimeout(PATIENCE)
            .followRedirects(HttpClient.Redirect.NORMAL)
            .build()) {
      var request = HttpRequest.newBuilder(url).timeout(PATIENCE).build();
      HttpResponse<String> answer =
          client.send(
              request,
              BodyHandlers.limiting(BodyHandlers.ofString(StandardCharsets.ISO_8859_1), LARGEST));
      if (answer.statusCode() != 200) throw new IOException("status " + answer.statusCode());
      if (take(answer.body(), url.toString())) keep(answer.body());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException | RuntimeException e) { // tried again at the next turn
      LOG.error("the authenticator metadata at `{}` cannot be fetched: {}", url, e.getMessage());
    }
  }

  private boolean take(String blob, String from) {
    return switch (models.take(blob)) {
      case Outcome.Done<Models>(Models taken) -> {
        if (!taken.currentAt(time.now()))
          LOG.error(
              "the authenticator metadata from `{}` should have been renewed by {}: what they say"
                  + " for an authenticator no longer counts",
              from,
              taken.nextUpdate());
        yield true;
      }
      case Outcome.Refused<Models>(var refusal, String _) -> {
        LOG.error("{} (`{}`); {}", refusal.says(), from, refusal.next());
        yield false;
      }
    };
  }

  private void keep(String blob) throws IOException {
    var written = cache.resolveSibling(cache.getFileName() + ".new");
    Files.writeString(written, blob, StandardCharsets.ISO_8859_1);
    Files.move(written, cache, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
