// SPDX-License-Identifier: Apache-2.0
package dev.vigil.posture.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vigil.posture.SignalForm;
import dev.vigil.posture.SignalValue.Numbers;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What the makers' own data say of a phone.
class VendorReleasesTest {

  private final VendorReleases releases = ReleaseFiles.bundled();

  private static Numbers version(String text) {
    return (Numbers) new SignalForm.Numbered().read(text).orElseThrow();
  }

  @Test
  void a_system_that_is_patched_has_no_end_and_one_that_is_not_has_its_day() {
    assertThat(releases.systemSupportEnds("android", version("17"))).contains(VendorReleases.NEVER);
    assertThat(releases.systemSupportEnds("android", version("13")))
        .contains(LocalDate.of(2026, 3, 2));
    assertThat(releases.systemSupportEnds("ios", version("17.7.1")))
        .contains(LocalDate.of(2025, 5, 13));
  }

  @Test
  void the_longest_line_that_fits_is_meant() {
    assertThat(releases.systemSupportEnds("android", version("12.1"))).isPresent();
    assertThat(releases.systemSupportEnds("android", version("12.1")))
        .isNotEqualTo(releases.systemSupportEnds("android", version("9")));
  }

  @Test
  void what_the_data_do_not_hold_is_unknown() {
    assertThat(releases.systemSupportEnds("android", version("99"))).isEmpty();
    assertThat(releases.systemSupportEnds("windows", version("11"))).isEmpty();
    assertThat(releases.modelSupportEnds("Nobody's Phone")).isEmpty();
    assertThat(VendorReleases.NONE.updateDue("ios", version("26.6"))).isEmpty();
  }

  @Test
  void an_update_is_due_since_the_first_one_that_is_missing() {
    assertThat(releases.updateDue("ios", version("26.6.1"))).contains(VendorReleases.NEVER);
    assertThat(releases.updateDue("ios", version("26.6"))).contains(LocalDate.of(2026, 8, 17));
    assertThat(releases.updateDue("ios", version("26.5.2"))).contains(LocalDate.of(2026, 7, 27));
    assertThat(releases.updateDue("ios", version("18.7.10"))).contains(VendorReleases.NEVER);
  }

  @Test
  void a_patch_level_is_behind_from_the_first_monday_of_the_next_month() {
    assertThat(VendorReleases.patchDue(LocalDate.of(2026, 9, 5)))
        .isEqualTo(LocalDate.of(2026, 10, 5));
    assertThat(VendorReleases.patchDue(LocalDate.of(2026, 10, 1)))
        .isEqualTo(LocalDate.of(2026, 11, 2));
    assertThat(VendorReleases.patchDue(LocalDate.of(2026, 12, 5)))
        .isEqualTo(LocalDate.of(2027, 1, 4));
  }

  @Test
  void models_are_found_by_the_makers_name_in_any_case() {
    assertThat(releases.modelSupportEnds("Pixel 11 Pro")).contains(LocalDate.of(2033, 8, 1));
    assertThat(releases.modelSupportEnds("PIXEL 11 PRO ")).contains(LocalDate.of(2033, 8, 1));
  }

  @Test
  void a_file_in_another_form_is_refused_by_name() {
    for (var text : new String[] {"[]", "{}", "{\"releases\": [{\"releaseCycle\": \"1\"}]}", "x"})
      assertThatThrownBy(
              () -> ReleaseFiles.read(Map.of("android", text.getBytes(StandardCharsets.UTF_8))))
          .isInstanceOf(ReleaseFiles.Unreadable.class)
          .hasMessageContaining("android");
  }
}
