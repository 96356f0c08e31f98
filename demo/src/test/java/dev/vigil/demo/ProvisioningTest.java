// SPDX-License-Identifier: Apache-2.0
package dev.vigil.demo;

import static dev.vigil.demo.phone.Phone.outcome;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vigil.demo.bank.Bank;
import dev.vigil.demo.bank.Watch;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// An identity platform takes a person away whose phone has a stream open. Over the wire.
class ProvisioningTest {

  private static final String PERSON = "customer@mail.example";

  @Test
  void who_is_deactivated_by_the_identity_platform_loses_the_open_stream_within_a_second(
      @TempDir Path folder) throws Exception {
    try (var house = OpenBank.in(folder)) {
      var bank = house.bank();
      var platform = bank.identityPlatform("--adopt", "--population", "customer");
      var visitor = bank.invite(PERSON, "Customer", "customer", "127.0.22.1");
      var phone = bank.phone(visitor, "phone", "127.0.22.1");
      assertThat(outcome(phone.enrol())).isEqualTo("done");
      String id = platform.create(PERSON, "Customer");
      var watch = new Watch();
      assertThat(outcome(phone.open(Bank.BANKING, "/live", watch))).isEqualTo("allowed stream");
      watch.firstMessage();

      long start = System.nanoTime();
      platform.deactivate(id);
      assertThat(watch.fate()).isEqualTo("cut");
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(1));
      assertThat(outcome(phone.get(Bank.BANKING, "/accounts"))).doesNotStartWith("allowed");
      assertThat(bank.desk().ask("session", "list", "--user", PERSON)).isEmpty();
    }
  }
}
