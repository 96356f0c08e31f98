// SPDX-License-Identifier: Apache-2.0
package dev.vigil.posture.attestation.android;

import dev.vigil.kernel.Bytes;
import dev.vigil.kernel.Outcome;
import dev.vigil.kernel.Sha256;
import dev.vigil.posture.attestation.Anchors;
import dev.vigil.posture.attestation.AttestationRefusal;
import dev.vigil.posture.attestation.Attested;
import dev.vigil.posture.attestation.KnownApp;
import dev.vigil.posture.attestation.KnownApps;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What is done to a published chain, and what must come of it. The verdict is a word of a refusal,
/// or empty where the statement is believed.
///
/// @param what is done to the chain or asked of it
record Cases(String what, Optional<AttestationRefusal> verdict, Outcome<Attested> answer) {

  /// The samples were made in 2018 and 2019; their certificates begin in 2018 and end in 2028.
  static final Instant MADE = Instant.parse("2019-07-01T00:00:00Z");

  private static final Duration DAY = Duration.ofDays(1);

  /// A sample with its own challenge.
  record Sample(String name, List<Bytes> chain, Bytes challenge) {

    static Sample of(String name) {
      var chain = Samples.chain(name);
      return new Sample(name, chain, description(chain).challenge());
    }

    Expected expected() {
      return new Expected(challenge, Optional.empty(), KnownApps.any());
    }
  }

  static KeyDescription description(List<Bytes> chain) {
    return ((Outcome.Done<KeyDescription>) Extensions.read(chain.getFirst())).value();
  }

  static AndroidKeyAttestation verifier(String entries) {
    return new AndroidKeyAttestation(GoogleRoots.anchors(), Optional.of(list(entries)));
  }

  private static RevocationList list(String entries) {
    var json = TestKeys.bytes("{\"entries\":{" + entries + "}}");
    return ((Outcome.Done<RevocationList>) RevocationList.parse(json, MADE, DAY)).value();
  }

  /// Everything that is done to one sample which Google's root vouches for.
  static List<Cases> of(Sample sample) {
    var cases = new ArrayList<Cases>();
    var usual = verifier("");
    cases.add(with("as it was made", null, usual.verify(sample.chain, sample.expected(), MADE)));
    chains(sample, cases);
    questions(sample, cases);
    lists(sample, cases);
    return cases;
  }

  private static Cases with(
      String what, @Nullable AttestationRefusal why, Outcome<Attested> answer) {
    return new Cases(what, Optional.ofNullable(why), answer);
  }

  private static void chains(Sample sample, List<Cases> cases) {
    var usual = verifier("");
    for (int at = 0; at < sample.chain.size(); at++) {
      var without = new ArrayList<>(sample.chain);
      without.remove(at);
      var why =
          switch (at) {
            case 0 -> AttestationRefusal.MALFORMED; // what is first now describes no key
            case 3 -> AttestationRefusal.ROOT_UNKNOWN;
            default -> AttestationRefusal.CHAIN_BROKEN;
          };
      cases.add(
          with(
              "certificate " + (at + 1) + " removed",
              why,
              usual.verify(without, sample.expected(), MADE)));
    }
    var turned = new ArrayList<>(sample.chain);
    Collections.swap(turned, 1, 2);
    cases.add(
        with(
            "certificates 2 and 3 exchanged",
            AttestationRefusal.CHAIN_BROKEN,
            usual.verify(turned, sample.expected(), MADE)));
    cases.add(
        with(
            "the chain turned round",
            AttestationRefusal.ROOT_UNKNOWN,
            usual.verify(sample.chain.reversed(), sample.expected(), MADE)));
    var longer = new ArrayList<>(sample.chain);
    longer.addAll(sample.chain);
    cases.add(
        with(
            "the chain twice in a row",
            AttestationRefusal.TOO_LARGE,
            usual.verify(longer, sample.expected(), MADE)));
  }

  private static void questions(Sample sample, List<Cases> cases) {
    var usual = verifier("");
    var other = new Expected(TestKeys.bytes("another"), Optional.empty(), KnownApps.any());
    var key =
        new Expected(sample.challenge, Optional.of(TestKeys.fresh().getPublic()), KnownApps.any());
    var app =
        new Expected(
            sample.challenge,
            Optional.empty(),
            new KnownApps(
                Set.of(new KnownApp("com.example.bank", Set.of(Sha256.of(new byte[0]))))));
    cases.add(
        with(
            "another challenge was given out",
            AttestationRefusal.CHALLENGE_MISMATCH,
            usual.verify(sample.chain, other, MADE)));
    cases.add(
        with(
            "another key is to be certified",
            AttestationRefusal.KEY_MISMATCH,
            usual.verify(sample.chain, key, MADE)));
    cases.add(
        with(
            "another app is expected",
            AttestationRefusal.WRONG_APP,
            usual.verify(sample.chain, app, MADE)));
  }

  private static void lists(Sample sample, List<Cases> cases) {
    var expected = sample.expected();
    var late =
        new AndroidKeyAttestation(
            GoogleRoots.anchors(),
            Optional.of(
                ((Outcome.Done<RevocationList>)
                        RevocationList.parse(
                            TestKeys.bytes("{\"entries\":{}}"), MADE, Duration.ofDays(36_500)))
                    .value()));
    cases.add(
        with(
            "before its certificates begin",
            AttestationRefusal.NOT_VALID_NOW,
            late.verify(sample.chain, expected, Instant.parse("2018-01-01T00:00:00Z"))));
    cases.add(
        with(
            "after its certificates ended",
            AttestationRefusal.NOT_VALID_NOW,
            late.verify(sample.chain, expected, Instant.parse("2029-01-01T00:00:00Z"))));
    for (var status : List.of("REVOKED", "SUSPENDED")) {
      var serial = Extensions.certificate(sample.chain.get(1)).getSerialNumber().toString(16);
      var entry = "\"" + serial + "\":{\"status\":\"" + status + "\"}";
      cases.add(
          with(
              "the vendor lists certificate 2 as " + status,
              AttestationRefusal.REVOKED,
              verifier(entry).verify(sample.chain, expected, MADE)));
    }
    cases.add(
        with(
            "the vendor's list is missing",
            AttestationRefusal.REVOCATION_UNKNOWN,
            new AndroidKeyAttestation(GoogleRoots.anchors(), Optional.empty())
                .verify(sample.chain, expected, MADE)));
    cases.add(
        with(
            "the vendor's list is too old",
            AttestationRefusal.REVOCATION_UNKNOWN,
            verifier("").verify(sample.chain, expected, MADE.plus(DAY))));
    cases.add(
        with(
            "Google's roots are not trusted",
            AttestationRefusal.ROOT_UNKNOWN,
            new AndroidKeyAttestation(Anchors.none(), Optional.empty())
                .verify(sample.chain, expected, MADE)));
  }
}
