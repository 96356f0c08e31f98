// SPDX-License-Identifier: Apache-2.0
package dev.vigil.bench.device;

import dev.vigil.admission.Actor;
import dev.vigil.admission.Work;
import dev.vigil.admission.feed.FeedLink;
import dev.vigil.identity.Population;
import dev.vigil.identity.Subject;
import dev.vigil.kernel.Bytes;
import dev.vigil.kernel.DeviceId;
import dev.vigil.kernel.Sha256;
import dev.vigil.kernel.SubjectId;
import dev.vigil.pki.IssuedCertificate;
import dev.vigil.posture.Device;
import dev.vigil.posture.Report;
import dev.vigil.posture.Signal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// An organisation's phones, written into the store in large transactions: each with a certificate,
/// what its app reported last, and the id that a management product knows it by.
///
/// @param phones in order
/// @param certificates by which the gateway knows them, in the same order
/// @param people who own a hundred phones each, so that memory is the phones'
/// @param reported when the first of them reported last
record Fleet(
    List<DeviceId> phones, List<Sha256> certificates, List<SubjectId> people, Instant reported) {

  /// What the product is called.
  static final String FEED = "mdm";

  /// Phones report every minute, and what they say again is written every five.
  static final int MINUTES = 5;

  private static final int TOGETHER = 500;
  private static final int OF_ONE_PERSON = 100;
  private static final int CERTIFICATE_BYTES = 600;
  private static final Duration LIFE = Duration.ofDays(1);
  private static final String SIGNER =
      "5e8f16062ea3cd2c4a0d547876baa6f38cabf6258ee1b6d1c6e4a5b2a2f0c1d7";

  /// Makes them; the reports of a fifth of them are a minute older than those of the next.
  static Fleet furnish(Stand stand, int count, Ticker ticker) {
    var fleet =
        new Fleet(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), stand.time().now());
    for (int from = 0; from < count; from += TOGETHER) {
      int first = from;
      int last = Math.min(count, from + TOGETHER);
      stand
          .changes()
          .commit(
              Actor.SYSTEM,
              work -> {
                for (int i = first; i < last; i++) fleet.add(work, i);
                return last;
              });
      ticker.done(last, count);
    }
    return fleet;
  }

  private void add(Work work, int number) {
    if (number % OF_ONE_PERSON == 0) addPerson(work, number);
    var random = work.entropy();
    var device =
        new Device(
            DeviceId.random(random),
            Device.Kind.PHONE,
            people.getLast(),
            Sha256.of(random.bytes(32)),
            "phone " + number,
            reported,
            Optional.empty());
    work.tx().put(device);
    byte[] der = random.bytes(CERTIFICATE_BYTES);
    var certificate =
        new IssuedCertificate(
            Sha256.of(der),
            HexFormat.of().formatHex(random.bytes(16)),
            device.id(),
            reported,
            reported.plus(LIFE),
            Bytes.of(der));
    work.tx().put(certificate);
    work.event("device-enrolled", "made up", Map.of(), device.id());
    work.tx().signals().put(device.id(), said(number));
    work.tx()
        .feeds()
        .put(
            new FeedLink(
                FEED,
                management(number),
                Optional.of(device.id()),
                FeedLink.How.ADMINISTRATOR,
                reported));
    phones.add(device.id());
    certificates.add(certificate.thumbprint());
  }

  private void addPerson(Work work, int number) {
    var person =
        new Subject(
            SubjectId.random(work.entropy()),
            "person-" + number + "@bank.example",
            "Person " + number,
            Population.EMPLOYEE,
            Set.of("staff"),
            Set.of(),
            true,
            reported);
    work.tx().put(person);
    work.event("subject-created", "made up", Map.of(), person.id());
    people.add(person.id());
  }

  private List<Signal> said(int number) {
    var earlier = Duration.ofMinutes(number % MINUTES);
    return Stand.done(report(number, Developer.NO).read(reported)).stream()
        .map(one ->
            new Signal(
                one.name(),
                one.value(),
                one.source(),
                one.tier(),
                one.observed().minus(earlier),
                one.expires().minus(earlier)))
        .toList();
  }

  /// What the product calls this phone.
  static String management(int number) {
    return "device-%07d".formatted(number);
  }

  /// What changes, where something does.
  enum Developer {
    NO,
    YES
  }

  /// What the app on this phone reports.
  static Report report(int number, Developer mode) {
    return report(number, mode, "true");
  }

  /// The same with a screen lock or without.
  static Report report(int number, Developer mode, String lock) {
    return new Report(
        List.of(
            claim("platform", "android"),
            claim("model", "Model " + number % 40),
            claim("os_version", Integer.toString(14 + number % 3)),
            claim("patch_date", "2026-%02d-05".formatted(1 + number % 9)),
            claim("rooted", "false"),
            claim("encrypted", "true"),
            claim("screen_lock", lock),
            claim("developer_mode", mode == Developer.YES ? "true" : "false"),
            claim("app_name", "com.example.bank"),
            claim("app_signer", SIGNER)));
  }

  private static Report.Claim claim(String name, String value) {
    return new Report.Claim(name, value, Optional.empty());
  }
}
