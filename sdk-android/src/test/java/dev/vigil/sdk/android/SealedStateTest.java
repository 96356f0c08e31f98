// SPDX-License-Identifier: Apache-2.0
package dev.vigil.sdk.android;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.robolectric.RobolectricTestRunner;
import org.robolectric.RuntimeEnvironment;

/// What is kept between runs of the app.
@RunWith(RobolectricTestRunner.class)
public class SealedStateTest {

  private static final byte[] SECRET = "refresh-token-of-ada".getBytes(StandardCharsets.UTF_8);

  private final FakeKeyStore store = FakeKeyStore.install();
  private final SealedState state = new SealedState(RuntimeEnvironment.getApplication());

  private static File file() {
    return new File(RuntimeEnvironment.getApplication().getNoBackupFilesDir(), "vigil-state");
  }

  @Test
  public void what_was_saved_is_found_after_a_restart() throws Exception {
    assertThat(state.load()).isEmpty();
    state.save(SECRET);
    state.save(SECRET);
    assertThat(new SealedState(RuntimeEnvironment.getApplication()).load())
        .hasValueSatisfying(found -> assertThat(found).isEqualTo(SECRET));
    state.clear();
    assertThat(state.load()).isEmpty();
  }

  @Test
  public void the_file_is_sealed_and_stays_out_of_backups() throws Exception {
    state.save(SECRET);
    assertThat(file()).exists();
    assertThat(new String(Files.readAllBytes(file().toPath()), StandardCharsets.ISO_8859_1))
        .doesNotContain("ada");
  }

  @Test
  public void a_file_that_was_changed_or_came_from_another_phone_is_no_state() throws Exception {
    state.save(SECRET);
    var sealed = Files.readAllBytes(file().toPath());
    sealed[sealed.length - 1] ^= 1;
    Files.write(file().toPath(), sealed);
    assertThat(state.load()).isEmpty();
    state.save(SECRET);
    store.entries.clear();
    assertThat(state.load()).isEmpty();
    Files.write(file().toPath(), new byte[3]);
    assertThat(state.load()).isEmpty();
  }
}
