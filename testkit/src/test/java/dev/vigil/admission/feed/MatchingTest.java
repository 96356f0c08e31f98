// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission.feed;

import static dev.vigil.admission.feed.FeedScenes.ACCEPTING;
import static dev.vigil.admission.feed.FeedScenes.ADMIN;
import static dev.vigil.admission.feed.FeedScenes.RULES;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vigil.admission.Actor;
import dev.vigil.admission.feed.FeedLink.How;
import dev.vigil.kernel.Bytes;
import dev.vigil.kernel.EvidenceTier;
import dev.vigil.kernel.Outcome;
import dev.vigil.kernel.Sha256;
import dev.vigil.pki.IssuedCertificate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Whom a product speaks of, and who would like to be.
class MatchingTest {

  private final FeedScenes scene = new FeedScenes();

  @Test
  void a_device_is_known_by_its_key() {
    var phone = scene.phone(scene.alice);
    var counts =
        scene.intake.listed(RULES, List.of(scene.withKey(scene.said("m1", scene.alice), phone)));
    assertThat(counts.matched()).isOne();
    assertThat(scene.signals(phone))
        .hasSize(2)
        .allMatch(one -> one.tier() == EvidenceTier.MANAGED && one.source().equals("intune"))
        .allMatch(one -> one.expires().equals(scene.time.now().plus(RULES.lifetime())));
    assertThat(scene.link("m1").map(FeedLink::how)).contains(How.KEY);
  }

  @Test
  void a_device_is_known_by_a_certificate_of_ours() {
    var phone = scene.phone(scene.alice);
    var thumbprint = Sha256.ofDigest(scene.entropy.bytes(32));
    scene.changes.commit(
        Actor.SYSTEM,
        work -> {
          work.tx()
              .put(
                  new IssuedCertificate(
                      thumbprint,
                      "0a",
                      phone.id(),
                      work.now(),
                      work.now().plusSeconds(3600),
                      Bytes.of(new byte[8])));
          return work.event("credential-change", "issued", java.util.Map.of(), phone.id());
        });
    var plain = scene.said("m1", scene.bob);
    var said =
        new DeviceSaid(
            new DeviceSaid.Ids(
                "m1",
                Optional.empty(),
                Optional.of(thumbprint),
                Optional.empty(),
                plain.id().user()),
            plain.says(),
            plain.observed());
    scene.intake.listed(RULES, List.of(said));
    assertThat(scene.signals(phone)).isNotEmpty();
    assertThat(scene.link("m1").map(FeedLink::how)).contains(How.CERTIFICATE);
  }

  @Test
  void a_serial_number_and_a_user_name_alone_are_nobody() {
    var phone = scene.phone(scene.alice);
    var counts = scene.intake.listed(ACCEPTING, List.of(scene.said("m1", scene.alice)));
    assertThat(counts.unmatched()).isOne();
    assertThat(scene.signals(phone)).isEmpty();
  }

  @Test
  void once_linked_by_its_key_the_id_is_enough() {
    var phone = scene.phone(scene.alice);
    scene.intake.listed(RULES, List.of(scene.withKey(scene.said("m1", scene.alice), phone)));
    scene.time.pass(java.time.Duration.ofHours(13));
    var counts = scene.intake.listed(RULES, List.of(scene.said("m1", scene.alice)));
    assertThat(counts.matched()).isOne();
  }

  @Test
  void an_entry_that_names_another_key_is_another_phone() {
    var phone = scene.phone(scene.alice);
    scene.intake.listed(RULES, List.of(scene.withKey(scene.said("m1", scene.alice), phone)));
    var stranger = new FeedScenes().phone(scene.alice);
    scene.intake.listed(
        RULES, List.of(scene.withKey(scene.said("m1", scene.alice), foreign(stranger))));
    assertThat(scene.signals(phone)).isEmpty();
    assertThat(scene.link("m1")).isEmpty();
  }

  private dev.vigil.posture.Device foreign(dev.vigil.posture.Device device) {
    return new dev.vigil.posture.Device(
        device.id(),
        device.kind(),
        device.subject(),
        Sha256.ofDigest(new byte[32]),
        device.name(),
        device.enrolledAt(),
        Optional.empty());
  }

  @Test
  void a_revoked_device_is_nobody() {
    var phone = scene.phone(scene.alice);
    scene.put(phone.revoke(scene.time.now(), "lost"));
    var counts =
        scene.intake.listed(RULES, List.of(scene.withKey(scene.said("m1", scene.alice), phone)));
    assertThat(counts.unmatched()).isOne();
  }

  @Test
  void what_an_administrator_linked_is_known_until_the_product_proves_another() {
    var phone = scene.phone(scene.alice);
    var other = scene.phone(scene.bob);
    var linked = scene.feeds.link(ADMIN, "intune", "m1", phone.id());
    assertThat(linked).isInstanceOf(Outcome.Done.class);
    scene.intake.listed(RULES, List.of(scene.said("m1", scene.alice)));
    assertThat(scene.signals(phone)).isNotEmpty();
    scene.intake.listed(RULES, List.of(scene.withKey(scene.said("m1", scene.alice), other)));
    assertThat(scene.signals(phone)).isEmpty();
    assertThat(scene.signals(other)).isNotEmpty();
  }

  @Test
  void unlinking_takes_away_what_the_product_said() {
    var phone = scene.phone(scene.alice);
    scene.feeds.link(ADMIN, "intune", "m1", phone.id());
    scene.intake.listed(RULES, List.of(scene.said("m1", scene.alice)));
    scene.feeds.unlink(ADMIN, "intune", "m1");
    assertThat(scene.signals(phone)).isEmpty();
    assertThat(scene.events("feed-link-removed")).hasSize(1);
  }

  @Test
  void a_claim_counts_for_nothing_unless_the_rules_accept_it() {
    var phone = scene.phone(scene.alice);
    scene.claims.claim(phone.id(), "intune", "m1");
    scene.intake.listed(RULES, List.of(scene.said("m1", scene.alice)));
    assertThat(scene.signals(phone)).isEmpty();
    scene.intake.listed(ACCEPTING, List.of(scene.said("m1", scene.alice)));
    assertThat(scene.signals(phone)).isNotEmpty();
  }

  @Test
  void a_phone_of_bob_cannot_claim_to_be_the_phone_of_alice() {
    var hers = scene.phone(scene.alice);
    var his = scene.phone(scene.bob);
    scene.claims.claim(his.id(), "intune", "m1");
    scene.intake.listed(ACCEPTING, List.of(scene.said("m1", scene.alice)));
    assertThat(scene.signals(his)).isEmpty();
    // Nor can he keep her out by claiming the same.
    scene.claims.claim(hers.id(), "intune", "m1");
    scene.intake.listed(ACCEPTING, List.of(scene.said("m1", scene.alice)));
    assertThat(scene.signals(hers)).isNotEmpty();
    assertThat(scene.signals(his)).isEmpty();
  }

  @Test
  void two_phones_of_one_owner_that_claim_the_same_id_are_both_nobody_at_once() {
    var managed = scene.phone(scene.alice);
    var rooted = scene.phone(scene.alice);
    scene.claims.claim(managed.id(), "intune", "m1");
    scene.intake.listed(ACCEPTING, List.of(scene.said("m1", scene.alice)));
    assertThat(scene.signals(managed)).isNotEmpty();
    scene.claims.claim(rooted.id(), "intune", "m1");
    assertThat(scene.signals(managed)).isEmpty();
    scene.intake.listed(ACCEPTING, List.of(scene.said("m1", scene.alice)));
    scene.intake.listed(ACCEPTING, List.of(scene.said("m1", scene.alice)));
    assertThat(scene.signals(managed)).isEmpty();
    assertThat(scene.signals(rooted)).isEmpty();
    assertThat(scene.events("feed-match-contested")).hasSize(1);
    scene.feeds.link(ADMIN, "intune", "m1", managed.id());
    scene.intake.listed(ACCEPTING, List.of(scene.said("m1", scene.alice)));
    assertThat(scene.signals(managed)).isNotEmpty();
    assertThat(scene.signals(rooted)).isEmpty();
  }

  @Test
  void a_claim_never_moves_a_device_that_the_product_knows_by_its_key() {
    var phone = scene.phone(scene.alice);
    scene.intake.listed(RULES, List.of(scene.withKey(scene.said("m1", scene.alice), phone)));
    scene.claims.claim(phone.id(), "intune", "m2");
    var friendlier = scene.said("m2", scene.alice);
    scene.intake.listed(ACCEPTING, List.of(friendlier));
    assertThat(scene.link("m2")).isEmpty();
    assertThat(scene.link("m1").flatMap(FeedLink::device)).contains(phone.id());
  }

  @Test
  void a_key_and_a_certificate_of_two_devices_in_one_entry_are_nobody() {
    var one = scene.phone(scene.alice);
    var two = scene.phone(scene.alice);
    scene.feeds.link(ADMIN, "intune", "m1", one.id());
    scene.intake.listed(RULES, List.of(scene.said("m1", scene.alice)));
    var thumbprint = Sha256.ofDigest(scene.entropy.bytes(32));
    scene.changes.commit(
        Actor.SYSTEM,
        work -> {
          work.tx()
              .put(
                  new IssuedCertificate(
                      thumbprint,
                      "0b",
                      two.id(),
                      work.now(),
                      work.now().plusSeconds(3600),
                      Bytes.of(new byte[8])));
          return work.event("credential-change", "issued", java.util.Map.of(), two.id());
        });
    var plain = scene.said("m1", scene.alice);
    var said =
        new DeviceSaid(
            new DeviceSaid.Ids(
                "m1",
                Optional.of(one.key()),
                Optional.of(thumbprint),
                Optional.empty(),
                Optional.empty()),
            plain.says(),
            plain.observed());
    scene.intake.listed(RULES, List.of(said));
    assertThat(scene.signals(one)).isEmpty();
    assertThat(scene.signals(two)).isEmpty();
    assertThat(scene.link("m1").map(FeedLink::how)).contains(How.CONTESTED);
  }

  @Test
  void of_two_entries_with_one_key_the_one_seen_later_counts_and_stays() {
    var phone = scene.phone(scene.alice);
    var now = scene.time.now();
    var old =
        scene.seen(scene.withKey(scene.said("old", scene.alice), phone), now.minusSeconds(9000));
    var young =
        scene.seen(scene.withKey(scene.said("young", scene.alice), phone), now.minusSeconds(10));
    scene.intake.listed(RULES, List.of(old, young));
    assertThat(scene.link("young").flatMap(FeedLink::device)).contains(phone.id());
    assertThat(scene.link("old")).isEmpty();
    long sequence = scene.sequence();
    scene.intake.listed(RULES, List.of(old, young));
    scene.intake.listed(RULES, List.of(young, old));
    assertThat(scene.sequence()).isEqualTo(sequence);
  }

  @Test
  void an_id_that_stands_twice_in_one_answer_is_nobody() {
    var one = scene.phone(scene.alice);
    var two = scene.phone(scene.bob);
    var counts =
        scene.intake.listed(
            RULES,
            List.of(
                scene.withKey(scene.said("m1", scene.alice), one),
                scene.withKey(scene.said("m1", scene.alice), two)));
    assertThat(counts.unreadable()).isEqualTo(2);
    assertThat(scene.signals(one)).isEmpty();
    assertThat(scene.signals(two)).isEmpty();
  }
}
