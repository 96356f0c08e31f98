// SPDX-License-Identifier: Apache-2.0
package dev.vigil.server;

import dev.vigil.kernel.TimeSource;
import dev.vigil.server.config.Document;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Brings what others publish, and change, to those who need it: at the start, and again from time
/// to time. What was fetched is kept in the data folder, so that a restart knows it without the
/// network. What cannot be had or is not believed stops nothing: whoever needs it knows less.
final class Refreshed implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Refreshed.class);
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final long FILE_MINUTES = 10;

  private final Wanted wanted;
  private final ScheduledExecutorService timer;

  /// What is wanted.
  ///
  /// @param what to finish the sentence "... cannot be read", such as `the authenticator metadata`
  /// @param largest in bytes
  /// @param every how often an address is asked, in minutes
  /// @param cache the file that keeps what was fetched
  record Wanted(String what, long largest, long every, Path cache, TimeSource time) {}

  /// Who takes it.
  @FunctionalInterface
  interface Taker {

    /// Takes what was brought; false, after saying why in the log, if it is not believed.
    ///
    /// @param from where it comes from, for the log
    /// @param asOf when the file was written, or the address answered
    boolean take(byte[] content, String from, Instant asOf);
  }

  private Refreshed(Wanted wanted) {
    this.wanted = wanted;
    this.timer =
        Executors.newScheduledThreadPool(
            1, Thread.ofPlatform().name("vigil-refresh").daemon().factory());
  }

  /// Takes what is at hand before it returns.
  static Refreshed start(Document source, Wanted wanted, Taker taker) {
    var running = new Refreshed(wanted);
    switch (source) {
      case Document.InFile(Path file) -> {
        running.read(file, taker);
        running.every(FILE_MINUTES, FILE_MINUTES, () -> running.read(file, taker));
      }
      case Document.At(URI url) -> {
        if (Files.exists(wanted.cache)) running.read(wanted.cache, taker);
        running.every(0, wanted.every, () -> running.fetch(url, taker));
      }
    }
    return running;
  }

  private void every(long firstMinutes, long minutes, Runnable task) {
    var _ = timer.scheduleWithFixedDelay(task, firstMinutes, minutes, TimeUnit.MINUTES);
  }

  private void read(Path file, Taker taker) {
    try {
      if (Files.size(file) > wanted.largest)
        throw new IOException("it is larger than " + wanted.largest + " bytes");
      taker.take(
          Files.readAllBytes(file), file.toString(), Files.getLastModifiedTime(file).toInstant());
    } catch (NoSuchFileException e) {
      LOG.error("there is nothing at `{}`: {} are not known", file, wanted.what);
    } catch (IOException | RuntimeException e) { // tried again at the next turn
      LOG.error("{} in `{}` cannot be read: {}", wanted.what, file, e.getMessage());
    }
  }

  private void fetch(URI url, Taker taker) {
    try (var client =
        HttpClient.newBuilder()
            .connectTimeout(PATIENCE)
            .followRedirects(HttpClient.Redirect.NORMAL)
            .build()) {
      var request = HttpRequest.newBuilder(url).timeout(PATIENCE).build();
      HttpResponse<byte[]> answer =
          client.send(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), wanted.largest));
      if (answer.statusCode() != 200) throw new IOException("status " + answer.statusCode());
      if (taker.take(answer.body(), url.toString(), wanted.time.now())) keep(answer.body());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException | RuntimeException e) { // tried again at the next turn
      LOG.error("{} at `{}` cannot be fetched: {}", wanted.what, url, e.getMessage());
    }
  }

  private void keep(byte[] content) throws IOException {
    var cache = wanted.cache;
    var written = cache.resolveSibling(cache.getFileName() + ".new");
    Files.write(written, content);
    Files.move(written, cache, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
