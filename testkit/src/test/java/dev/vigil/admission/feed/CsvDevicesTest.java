// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission.feed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vigil.kernel.Outcome;
import dev.vigil.posture.SignalName;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Lists that people bring.
class CsvDevicesTest {

  private static String refused(String text) {
    if (CsvDevices.read(text)
        instanceof Outcome.Refused<List<DeviceSaid>>(var refusal, String detail)) {
      assertThat(refusal).isEqualTo(FeedRefusal.LIST_FORM);
      return detail;
    }
    throw new AssertionError("it was taken");
  }

  @Test
  void a_list_is_read_line_by_line() {
    var read =
        CsvDevices.read(
            """
            management_id,user,observed,compliant,os_version
            a1,alice@bank.example,2026-11-22T11:00:00Z,true,17.1

            b2,,,false,
            """);
    assertThat(read).isInstanceOf(Outcome.Done.class);
    var list = ((Outcome.Done<List<DeviceSaid>>) read).value();
    assertThat(list).hasSize(2);
    assertThat(list.getFirst().observed()).contains(Instant.parse("2026-11-22T11:00:00Z"));
    assertThat(list.getLast().says()).containsOnlyKeys(SignalName.COMPLIANT);
  }

  @Test
  void every_bad_line_is_named_and_nothing_is_taken() {
    assertThat(
            refused(
                """
                management_id,compliant,key
                a1,yes,
                a1,true,AAAA
                ,true,
                a4,true
                "a5",true,
                a6,true,
                a6,true,
                """))
        .contains("line 2: `compliant` is `yes`, expected is `true` or `false`")
        .contains("line 3: `key`")
        .contains("line 4: it has no `management_id`")
        .contains("line 5: it has 2 values, not 3")
        .contains("line 6: quotation marks")
        .contains("line 8: `a6` stands twice");
  }

  @Test
  void a_column_that_is_not_known_is_named_with_what_is_meant() {
    assertThat(refused("management_id,complient\na,true\n")).contains("`compliant` is meant");
    assertThat(refused("management_id,attestation\na,hardware\n")).contains("no column");
    assertThat(refused("user\na\n")).contains("`management_id` is missing");
    assertThat(refused("management_id,user,user\na,b,c\n")).contains("twice");
    assertThat(refused("management_id\n")).contains("no device");
  }
}
