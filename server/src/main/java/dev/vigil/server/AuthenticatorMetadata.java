// SPDX-License-Identifier: Apache-2.0
package dev.vigil.server;

import dev.vigil.admission.passkey.KnownModels;
import dev.vigil.identity.passkey.Models;
import dev.vigil.kernel.Outcome;
import dev.vigil.kernel.TimeSource;
import dev.vigil.server.config.Configuration.Metadata;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Brings the FIDO metadata blob to those who need it. Without a good blob the server runs and
/// nothing is known of authenticators, which helps nobody.
final class AuthenticatorMetadata {

  private static final Logger LOG = LoggerFactory.getLogger(AuthenticatorMetadata.class);
  private static final long LARGEST = 32L * 1024 * 1024;
  private static final long TWICE_A_DAY = 12 * 60;

  private AuthenticatorMetadata() {}

  /// Takes what is at hand before it returns.
  static Refreshed start(Metadata metadata, KnownModels models, Path dataFolder, TimeSource time) {
    var wanted =
        new Refreshed.Wanted(
            "the authenticator metadata",
            LARGEST,
            TWICE_A_DAY,
            dataFolder.resolve("fido-metadata.jwt"),
            time);
    return Refreshed.start(
        metadata.source(),
        wanted,
        (content, from, _) ->
            take(models, new String(content, StandardCharsets.ISO_8859_1), from, time));
  }

  private static boolean take(KnownModels models, String blob, String from, TimeSource time) {
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
}
