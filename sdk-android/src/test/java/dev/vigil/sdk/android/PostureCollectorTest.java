// SPDX-License-Identifier: Apache-2.0
package dev.vigil.sdk.android;

import static org.assertj.core.api.Assertions.assertThat;
import static org.robolectric.Shadows.shadowOf;

import android.app.Application;
import android.app.KeyguardManager;
import android.app.admin.DevicePolicyManager;
import android.content.ComponentName;
import android.content.pm.PackageInfo;
import android.content.pm.Signature;
import android.content.pm.SigningInfo;
import android.provider.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.junit.runner.RunWith;
import org.robolectric.RobolectricTestRunner;
import org.robolectric.RuntimeEnvironment;
import org.robolectric.shadows.ShadowBuild;
import org.robolectric.util.ReflectionHelpers;

/// What the app sees of its phone, and what of it leaves the phone.
@RunWith(RobolectricTestRunner.class)
public class PostureCollectorTest {

  @Rule public final TemporaryFolder disk = new TemporaryFolder();

  private final Application app = RuntimeEnvironment.getApplication();
  private final Map<String, String> properties = new HashMap<>();

  private Seen look() {
    ShadowBuild.setTags("release-keys");
    return lookAsItIs();
  }

  private Seen lookAsItIs() {
    var roots =
        new RootSigns(
            disk.getRoot().toPath(),
            app.getPackageManager(),
            name -> properties.getOrDefault(name, ""));
    return new PostureCollector(app, roots).look();
  }

  private void file(String path, String content) throws IOException {
    Path file = disk.getRoot().toPath().resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
  }

  private void healthy() {
    shadowOf(app.getSystemService(KeyguardManager.class)).setIsDeviceSecure(true);
    shadowOf(app.getSystemService(DevicePolicyManager.class))
        .setStorageEncryptionStatus(DevicePolicyManager.ENCRYPTION_STATUS_ACTIVE_PER_USER);
    ShadowBuild.setModel("Example 9");
    ShadowBuild.setVersionRelease("16");
    ShadowBuild.setVersionSecurityPatch("2026-11-05");
  }

  @Test
  public void a_healthy_phone_is_seen_as_it_is() {
    healthy();
    var seen = look();
    assertThat(seen.rooted()).isFalse();
    assertThat(seen.posture().toString())
        .contains(
            "model=Example 9",
            "os_version=16",
            "patch_date=2026-11-05",
            "rooted=false",
            "screen_lock=true",
            "encrypted=true",
            "developer_mode=false",
            "managed=false",
            "platform=android");
  }

  @Test
  public void a_phone_that_answers_nothing_is_not_called_healthy() {
    ShadowBuild.setVersionSecurityPatch("soon");
    ShadowBuild.setVersionRelease("Baklava");
    var text = look().posture().toString();
    assertThat(text)
        .contains("screen_lock=false", "encrypted=false")
        .doesNotContain("patch_date", "os_version");
  }

  @Test
  public void encryption_with_a_key_that_everybody_has_does_not_count() {
    healthy();
    shadowOf(app.getSystemService(DevicePolicyManager.class))
        .setStorageEncryptionStatus(DevicePolicyManager.ENCRYPTION_STATUS_ACTIVE_DEFAULT_KEY);
    assertThat(look().locks().encrypted()).isFalse();
  }

  @Test
  public void a_program_that_gives_out_root_is_a_sign() throws IOException {
    file("system/xbin/su", "");
    assertThat(look().signs()).containsExactly(RootSign.SU_BINARY);
    assertThat(look().posture().toString()).contains("rooted=true");
  }

  @Test
  public void keys_that_everybody_has_are_a_sign() {
    ShadowBuild.setTags("test-keys");
    assertThat(lookAsItIs().signs()).containsExactly(RootSign.TEST_KEYS);
  }

  @Test
  public void an_app_that_manages_root_is_a_sign() {
    var found = new PackageInfo();
    found.packageName = "com.topjohnwu.magisk";
    shadowOf(app.getPackageManager()).installPackage(found);
    assertThat(look().signs()).containsExactly(RootSign.ROOT_APP);
  }

  @Test
  public void a_system_mounted_to_be_written_is_a_sign() throws IOException {
    file(
        "proc/self/mounts",
        "/dev/root / ext4 ro,seclabel 0 0\ngarbage\n/dev/block/dm-0 /system ext4 rw,noatime 0 0\n");
    assertThat(look().signs()).containsExactly(RootSign.WRITABLE_SYSTEM);
  }

  @Test
  public void a_mount_of_magisk_is_a_sign() throws IOException {
    file("proc/self/mounts", "magisk /debug_ramdisk tmpfs rw 0 0\n/dev/x /data ext4 rw 0 0\n");
    assertThat(look().signs()).containsExactly(RootSign.ROOT_MOUNT);
  }

  @Test
  public void debugging_with_the_rights_of_root_is_a_sign() {
    properties.put("ro.debuggable", "1");
    assertThat(look().signs()).containsExactly(RootSign.DANGEROUS_PROPERTY);
    properties.clear();
    properties.put("ro.secure", "1");
    assertThat(look().signs()).isEmpty();
  }

  @Test
  public void debugging_over_usb_is_developer_mode() {
    Settings.Global.putInt(app.getContentResolver(), Settings.Global.ADB_ENABLED, 1);
    assertThat(look().locks().developer()).isTrue();
  }

  @Test
  public void a_work_profile_or_an_owned_phone_is_managed_and_an_administrator_app_is_not() {
    var policies = app.getSystemService(DevicePolicyManager.class);
    var manager = new ComponentName("com.example.manager", "com.example.manager.Receiver");
    shadowOf(policies).setActiveAdmin(manager);
    assertThat(look().managed()).isFalse();
    shadowOf(policies).setProfileOwner(manager);
    assertThat(look().managed()).isTrue();
  }

  @Test
  public void only_yes_and_no_leave_a_phone_in_privacy_mode() {
    healthy();
    var mode =
        new PrivacyMode(Optional.of(LocalDate.of(2026, 10, 1)), PrivacyMode.Version.of("17"));
    var posture = mode.posture(look());
    Map<String, Object> sent = ReflectionHelpers.getField(posture, "signals");
    assertThat(sent.values()).allMatch(Boolean.class::isInstance);
    assertThat(sent)
        .containsEntry("patch_current", true)
        .containsEntry("os_current", false)
        .containsEntry("rooted", false)
        .doesNotContainKeys("model", "os_version", "patch_date", "app_signer", "app_name");
  }

  @Test
  public void what_a_private_phone_does_not_know_it_denies() {
    ShadowBuild.setVersionSecurityPatch("");
    var mode = new PrivacyMode(Optional.of(LocalDate.of(2020, 1, 1)), Optional.empty());
    assertThat(mode.posture(look()).toString()).contains("patch_current=false");
  }

  @Test
  public void the_signer_of_the_app_is_told_by_its_digest() {
    var info =
        shadowOf(app.getPackageManager()).getInternalMutablePackageInfo(app.getPackageName());
    var signing = new SigningInfo();
    shadowOf(signing).setSignatures(new Signature[] {new Signature("00ff")});
    info.signingInfo = signing;
    assertThat(look().app())
        .isEqualTo(
            new Seen.App(
                app.getPackageName(),
                Optional.of("06eb7d6a69ee19e5fbdf749018d3d2abfa04bcbd1365db312eb86dc7169389b8")));
  }
}
