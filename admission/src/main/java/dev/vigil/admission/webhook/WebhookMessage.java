// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission.webhook;

import dev.vigil.admission.StrictJson;
import dev.vigil.admission.feed.DeviceSaid;
import dev.vigil.kernel.Bytes;
import dev.vigil.kernel.Outcome;
import dev.vigil.kernel.Sha256;
import dev.vigil.posture.SignalForm;
import dev.vigil.posture.SignalName;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The content of a message as it is written in JSON, and its one mapping to what is said of
/// devices. All of it or nothing: a message with one wrong value is refused whole.
record WebhookMessage(String type, String timestamp, Data data) {

  private static final String TYPE = "device.posture";
  private static final int MOST = 100;
  private static final int LONGEST_ID = 200;
  private static final Duration AHEAD = Duration.ofSeconds(60);

  record Limits(Instant made, Instant latest) {}

  record Data(List<Device> devices) {
    Data {
      devices = List.copyOf(devices);
    }
  }

  record Device(Id id, Optional<String> observed, Map<String, String> signals) {
    Device {
      signals = Map.copyOf(signals);
    }

    /// @param limits when the message was made, and until when something can have been seen
    Outcome<DeviceSaid> said(Set<SignalName> allowed, Limits limits, String place) {
      var ids = id.read();
      if (ids.isEmpty()) return wrong(place + "`id` is not of its form");
      var seen = observed.map(WebhookMessage::time).orElse(Optional.of(limits.made()));
      if (seen.isEmpty()) return wrong(place + "`observed` is no time of RFC 3339");
      if (seen.get().isAfter(limits.latest()))
        return wrong(place + "`observed` lies in the future");
      return says(allowed, place).map(says -> new DeviceSaid(ids.get(), says, seen));
    }

    private Outcome<Map<SignalName, String>> says(Set<SignalName> allowed, String place) {
      var says = new EnumMap<SignalName, String>(SignalName.class);
      for (var entry : signals.entrySet()) {
        var name = SignalName.find(entry.getKey());
        if (name.isEmpty()) return wrong(place + "`signals` names one that is not known");
        String label = "`" + name.get().label() + "`";
        if (!allowed.contains(name.get()))
          return Outcome.refused(WebhookRefusal.SIGNAL, place + label);
        String value = entry.getValue();
        if (value.length() > SignalForm.LONGEST || name.get().read(value).isEmpty())
          return wrong(place + label + " is " + name.get().form().expects());
        says.put(name.get(), value);
      }
      return says.isEmpty() ? wrong(place + "`signals` is empty") : Outcome.done(says);
    }
  }

  record Id(
      String management,
      Optional<String> key,
      Optional<String> certificate,
      Optional<String> serial,
      Optional<String> user) {

    Optional<DeviceSaid.Ids> read() {
      var keyDigest = key.flatMap(WebhookMessage::digest);
      var certificateDigest = certificate.flatMap(WebhookMessage::digest);
      boolean sound =
          plain(management)
              && keyDigest.isPresent() == key.isPresent()
              && certificateDigest.isPresent() == certificate.isPresent()
              && serial.filter(text -> !plain(text)).isEmpty()
              && user.filter(text -> !plain(text)).isEmpty();
      return sound
          ? Optional.of(new DeviceSaid.Ids(management, keyDigest, certificateDigest, serial, user))
          : Optional.empty();
    }
  }

  /// What it says. The detail of a refusal names the device by its place, counted from 1.
  ///
  /// @param allowed what the source may speak of
  static Outcome<List<DeviceSaid>> read(Bytes content, Set<SignalName> allowed, Instant now) {
    WebhookMessage message;
    try {
      message = StrictJson.read(content.toArray(), WebhookMessage.class);
    } catch (StrictJson.Malformed e) {
      return wrong(e.says());
    }
    if (!message.type.equals(TYPE)) return wrong("`type` is not `" + TYPE + "`");
    var made = time(message.timestamp);
    if (made.isEmpty()) return wrong("`timestamp` is no time of RFC 3339");
    var limits = new Limits(made.get(), now.plus(AHEAD));
    if (made.get().isAfter(limits.latest())) return wrong("`timestamp` lies in the future");
    var devices = message.data.devices;
    if (devices.isEmpty() || devices.size() > MOST)
      return wrong("`data.devices` holds 1 to " + MOST + " devices");
    var said = new ArrayList<DeviceSaid>();
    for (Device device : devices) {
      var one = device.said(allowed, limits, "device " + (said.size() + 1) + ": ");
      if (one instanceof Outcome.Refused<DeviceSaid> refused) return refused.as();
      said.add(((Outcome.Done<DeviceSaid>) one).value());
    }
    return Outcome.done(List.copyOf(said));
  }

  private static boolean plain(String text) {
    return !text.isEmpty()
        && text.length() <= LONGEST_ID
        && text.chars().allMatch(c -> c > ' ' && c < 0x7f);
  }

  private static Optional<Sha256> digest(String base64url) {
    try {
      return Optional.of(Sha256.parse(base64url));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static Optional<Instant> time(String text) {
    try {
      return Optional.of(Instant.parse(text));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static <T> Outcome<T> wrong(String detail) {
    return Outcome.refused(WebhookRefusal.CONTENT, detail);
  }
}
