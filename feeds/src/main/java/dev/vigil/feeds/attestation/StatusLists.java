// SPDX-License-Identifier: Apache-2.0
package dev.vigil.feeds.attestation;

import dev.vigil.kernel.Outcome;
import dev.vigil.posture.attestation.AttestationRefusal;
import dev.vigil.posture.attestation.android.RevocationList;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// The list of attestation keys that Google took back, fetched now and then and kept. If it cannot
/// be fetched, or is garbage, the one before serves on until it is too old; then there is none, and
/// statements under Google's roots are refused. Safe for many threads.
public final class StatusLists {

  /// Where Google publishes it
  /// (<https://developer.android.com/privacy-and-security/security-key-attestation>).
  public static final URI GOOGLE = URI.create("https://android.googleapis.com/attestation/status");

  /// How often it should be fetched.
  public static final Duration EVERY = Duration.ofHours(6);

  private static final int OK = 200;

  private final Sending web;
  private final URI address;
  private final Duration goodFor;
  private volatile Optional<RevocationList> held = Optional.empty();

  /// @param goodFor how long a list is believed after it was fetched, such as three days
  public StatusLists(Sending web, URI address, Duration goodFor) {
    this.web = web;
    this.address = address;
    this.goodFor = goodFor;
  }

  /// The list that serves now; empty if there is none that is young enough.
  public Optional<RevocationList> at(Instant now) {
    return held.filter(list -> list.countsAt(now));
  }

  /// Fetches the list. A refusal says what is wrong, and changes nothing.
  public Outcome<RevocationList> refresh(Instant now) {
    var request =
        HttpRequest.newBuilder(address)
            .header("Accept", "application/json")
            .header("Cache-Control", "no-cache");
    var answer = web.send(request);
    if (answer.isEmpty()) return failed("it does not answer in time, or with more than is read");
    if (answer.get().status() != OK) return failed("it answered " + answer.get().status());
    var list = RevocationList.parse(answer.get().body(), now, goodFor);
    if (list instanceof Outcome.Done<RevocationList>(var fresh)) held = Optional.of(fresh);
    return list;
  }

  private static Outcome<RevocationList> failed(String why) {
    return Outcome.refused(
        AttestationRefusal.REVOCATION_UNKNOWN, "the vendor's status list: " + why);
  }
}
