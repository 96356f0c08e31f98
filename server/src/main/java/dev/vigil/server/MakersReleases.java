// SPDX-License-Identifier: Apache-2.0
package dev.vigil.server;

import dev.vigil.admission.Changes;
import dev.vigil.admission.device.ReleaseData;
import dev.vigil.posture.release.ReleaseFiles;
import dev.vigil.posture.release.VendorReleases;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps what is known of makers' releases: what came with this version, and newer files in a
/// folder, which is looked at again every ten minutes.
final class MakersReleases implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(MakersReleases.class);
  private static final long LARGEST = 4L * 1024 * 1024;

  private final ReleaseData data;
  private final Optional<Path> folder;
  private final ScheduledExecutorService timer =
      Executors.newScheduledThreadPool(
          1, Thread.ofPlatform().name("vigil-releases").daemon().factory());
  private Optional<Map<String, Long>> seen = Optional.empty();

  private MakersReleases(ReleaseData data, Optional<Path> folder) {
    this.data = data;
    this.folder = folder;
  }

  /// Knows what came with this version before it returns; devices are brought up to date beside the
  /// running server.
  static MakersReleases start(Changes changes, Optional<Path> folder) {
    var running = new MakersReleases(new ReleaseData(changes), folder);
    var bundled = ReleaseFiles.bundled();
    changes.know(bundled);
    var _ = running.timer.submit(() -> running.begin(bundled));
    if (folder.isPresent()) {
      var _ = running.timer.scheduleWithFixedDelay(running::look, 10, 10, TimeUnit.MINUTES);
    }
    return running;
  }

  private void begin(VendorReleases bundled) {
    if (folder.isPresent()) look();
    else take(bundled);
  }

  private void take(VendorReleases releases) {
    try {
      int devices = data.take(releases);
      if (devices > 0) LOG.info("makers' releases changed what is known of {} devices", devices);
    } catch (RuntimeException e) { // tried again with the next data
      LOG.error("makers' releases could not be brought to all devices", e);
    }
  }

  private void look() {
    try {
      var there = dates();
      if (seen.filter(there::equals).isPresent()) return;
      var own = new HashMap<String, byte[]>();
      for (String name : there.keySet()) own.put(name, Files.readAllBytes(file(name)));
      take(ReleaseFiles.over(own));
      seen = Optional.of(there);
    } catch (IOException | ReleaseFiles.Unreadable e) {
      LOG.error("makers' releases in {} are not taken: {}", folder, e.getMessage());
    }
  }

  private Map<String, Long> dates() throws IOException {
    var dates = new HashMap<String, Long>();
    for (String name : ReleaseFiles.NAMES) {
      var file = file(name);
      if (!Files.isRegularFile(file)) continue;
      if (Files.size(file) > LARGEST) throw new IOException("`" + file + "` is larger than 4 MiB");
      dates.put(name, Files.getLastModifiedTime(file).toMillis());
    }
    return dates;
  }

  private Path file(String name) {
    return folder.orElseThrow().resolve(name + ".json");
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
