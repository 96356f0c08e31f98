// SPDX-License-Identifier: Apache-2.0
package dev.vigil.demo;

import static dev.vigil.demo.phone.Phone.outcome;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vigil.demo.bank.Bank;
import dev.vigil.demo.bank.Desk;
import dev.vigil.demo.bank.Watch;
import dev.vigil.demo.phone.Phone;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/// Signing keys are rotated while phones are connected. Over the wire.
@TestInstance(Lifecycle.PER_CLASS)
class RotationTest {

  private static final String ALLOWED = "allowed 200";

  private OpenBank house;
  private Bank bank;
  private Phone phone;
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
    phone = another();
  }

  private Phone another() throws IOException {
    people++;
    var local = "127.0.22." + people;
    var visitor = bank.invite("customer" + people + "@mail.example", "Customer", "customer", local);
    var made = bank.phone(visitor, "phone " + people, local);
    assertThat(outcome(made.enrol())).isEqualTo("done");
    return made;
  }

  private Watch stream(Phone of) throws Exception {
    var watch = new Watch();
    assertThat(outcome(of.open(Bank.BANKING, "/live", watch))).isEqualTo("allowed stream");
    watch.firstMessage();
    return watch;
  }

  private static String accounts(Phone of) {
    return outcome(of.get(Bank.BANKING, "/accounts")).lines().findFirst().orElse("");
  }

  private long certificates(Phone of) {
    return bank.desk()
        .ask("device", "show", of.client().device().orElseThrow())
        .path("certificates")
        .size();
  }

  @Test
  void phones_go_on_when_their_authority_is_rotated_and_new_ones_come_from_the_new_one()
      throws Exception {
    var watch = stream(phone);
    bank.desk().change("yearly", "keys", "rotate", "device-authority");
    assertThat(accounts(phone)).isEqualTo(ALLOWED);
    var newcomer = another();
    assertThat(accounts(newcomer)).isEqualTo(ALLOWED);
    assertThat(watch.isOpen()).isTrue();
    phone.transport().disconnect();
    assertThat(accounts(phone)).isEqualTo(ALLOWED);
    assertThat(certificates(phone)).isEqualTo(1);
  }

  @Test
  void phones_of_a_distrusted_authority_are_cut_off_at_once_and_renew_by_themselves()
      throws Exception {
    String enrolled = phone.client().device().orElseThrow();
    var watch = stream(phone);
    bank.desk().change("stolen", "keys", "rotate", "device-authority", "--distrust-old");
    assertThat(watch.fate()).isEqualTo("cut");
    assertThat(accounts(phone)).isEqualTo(ALLOWED);
    assertThat(certificates(phone)).isEqualTo(2);
    assertThat(phone.client().device()).contains(enrolled);
    stream(phone);
  }

  @Test
  void what_is_rotated_is_listed_and_stands_in_the_record() {
    bank.desk().change("theft", "keys", "rotate", "access-tokens", "--distrust-old");
    assertThat(accounts(phone)).isEqualTo(ALLOWED);
    var keys = bank.desk().ask("keys", "list").path("items");
    assertThat(keys.toString())
        .contains("\"key\":\"access-tokens\"")
        .contains("\"distrusted\":true");
    assertThatThrownBy(() -> bank.desk().change("odd", "keys", "rotate", "everything"))
        .isInstanceOf(Desk.Refused.class)
        .hasMessageContaining("no such key");
    assertThatThrownBy(() -> bank.desk().change("odd", "keys", "rotate", "root"))
        .isInstanceOf(Desk.Refused.class)
        .hasMessageContaining("every device trusts it");
  }
}
