// SPDX-License-Identifier: Apache-2.0
package dev.vigil.demo;

import static dev.vigil.demo.phone.Phone.outcome;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vigil.demo.bank.Bank;
import dev.vigil.demo.bank.Watch;
import dev.vigil.demo.phone.Phone;
import dev.vigil.sdk.Refused.StepUpRequired;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/// Trust is asked for again while a stream is open: whatever ends it, ends the stream. Over the
/// wire.
@TestInstance(Lifecycle.PER_CLASS)
class ContinuousTest {

  /// The bank's cases and properties speak of its own policies, not of changed ones.
  private static final String BESIDE = ".*\\.(test|properties)\\.yaml";

  private static final String ALLOWED = "allowed 200";

  private OpenBank house;
  private Bank bank;
  private Phone phone;
  private String person = "";
  private int people;

  @BeforeAll
  void open(@TempDir Path folder) throws IOException {
    house = OpenBank.in(folder);
    bank = house.bank();
  }

  @AfterAll
  void close() {
    house.close();
  }

  @BeforeEach
  void somebodyWithAPhone() throws IOException {
    people++;
    person = "customer" + people + "@mail.example";
    var local = "127.0.21." + people;
    var visitor = bank.invite(person, "Customer " + people, "customer", local);
    phone = bank.phone(visitor, "phone " + people, local);
    assertThat(outcome(phone.enrol())).isEqualTo("done");
  }

  private Watch stream() throws Exception {
    var watch = new Watch();
    assertThat(outcome(phone.open(Bank.BANKING, "/live", watch))).isEqualTo("allowed stream");
    watch.firstMessage();
    return watch;
  }

  private String accounts() {
    return outcome(phone.get(Bank.BANKING, "/accounts")).lines().findFirst().orElse("");
  }

  private String device() {
    return phone.client().device().orElseThrow();
  }

  @Test
  void a_phone_that_reports_being_rooted_loses_its_stream_and_gets_back_in_once_restored()
      throws Exception {
    var watch = stream();
    String enrolled = device();
    phone.report(phone.posture().rooted(true));
    assertThat(watch.fate()).isEqualTo("cut");
    assertThat(accounts()).isEqualTo("remediate: restore-system");
    phone.report(Phone.healthy());
    assertThat(accounts()).isEqualTo(ALLOWED);
    assertThat(device()).isEqualTo(enrolled);
  }

  @Test
  void an_ended_session_ends_its_stream_and_signing_in_again_is_enough() throws Exception {
    var watch = stream();
    String enrolled = device();
    for (var session : bank.desk().ask("session", "list", "--user", person))
      bank.desk().change("lost trust", "session", "revoke", session.path("id").asString());
    assertThat(watch.fate()).isEqualTo("cut");
    assertThat(accounts()).isEqualTo("sign in required");
    phone.client().signIn();
    assertThat(accounts()).isEqualTo(ALLOWED);
    assertThat(device()).isEqualTo(enrolled);
  }

  @Test
  void a_revoked_device_loses_its_stream_and_stays_out() throws Exception {
    var watch = stream();
    bank.desk().change("stolen", "device", "revoke", device());
    assertThat(watch.fate()).isEqualTo("cut");
    assertThat(accounts()).isEqualTo("enrolment required");
    phone.client().signIn();
    assertThat(accounts()).isEqualTo("enrolment required");
  }

  @Test
  void a_disabled_person_loses_the_stream_and_cannot_sign_in() throws Exception {
    var watch = stream();
    bank.desk().change("left", "user", "disable", person);
    assertThat(watch.fate()).isEqualTo("cut");
    assertThat(accounts()).isNotEqualTo(ALLOWED);
    phone.client().signIn();
    assertThat(accounts()).isNotEqualTo(ALLOWED);
  }

  @Test
  void policies_that_narrow_cut_the_streams_they_no_longer_permit(@TempDir Path folder)
      throws Exception {
    var watch = stream();
    String enrolled = device();
    applied(
        folder,
        "subject.population == \"customer\"",
        "subject.population == \"customer\" && \"testers\" in subject.groups");
    try {
      assertThat(watch.fate()).isEqualTo("cut");
      assertThat(accounts()).isEqualTo("denied");
    } finally {
      restored();
    }
    assertThat(accounts()).isEqualTo(ALLOWED);
    assertThat(device()).isEqualTo(enrolled);
  }

  @Test
  void a_stream_is_cut_at_the_moment_until_which_it_was_permitted(@TempDir Path folder)
      throws Exception {
    applied(folder, "max_age: 30d", "max_age: 6s");
    try {
      phone.client().signIn();
      var watch = stream();
      String enrolled = device();
      assertThat(watch.fate()).isEqualTo("cut");
      var refused = phone.get(Bank.BANKING, "/accounts");
      assertThat(refused).isInstanceOf(StepUpRequired.class);
      assertThat(outcome(phone.client().stepUp((StepUpRequired) refused))).isEqualTo(ALLOWED);
      assertThat(device()).isEqualTo(enrolled);
    } finally {
      restored();
    }
  }

  private void applied(Path folder, String from, String to) throws IOException {
    try (var files = Files.list(house.policies())) {
      for (var file : files.filter(one -> !one.toString().matches(BESIDE)).toList()) {
        String text = Files.readString(file);
        Files.writeString(
            folder.resolve(file.getFileName()),
            file.endsWith("banking.yaml") ? text.replace(from, to) : text);
      }
    }
    bank.desk().change("narrower", "policy", "apply", folder.toString());
  }

  private void restored() {
    bank.desk().change("as before", "policy", "apply", house.policies().toString());
  }
}
