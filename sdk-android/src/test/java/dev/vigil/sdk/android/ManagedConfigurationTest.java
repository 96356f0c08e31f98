// SPDX-License-Identifier: Apache-2.0
package dev.vigil.sdk.android;

import static org.assertj.core.api.Assertions.assertThat;
import static org.robolectric.Shadows.shadowOf;

import android.content.RestrictionsManager;
import android.graphics.Point;
import android.os.Bundle;
import dev.vigil.sdk.android.ManagedConfiguration.Reading;
import java.time.LocalDate;
import java.util.Base64;
import java.util.function.Consumer;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.robolectric.RobolectricTestRunner;
import org.robolectric.RuntimeEnvironment;

/// What device management gives the app.
@RunWith(RobolectricTestRunner.class)
public class ManagedConfigurationTest {

  private static Bundle good() {
    var bundle = new Bundle();
    bundle.putString("issuer", "https://vigil.bank.test");
    bundle.putString("trust_anchors", pem());
    bundle.putString("management_id", "mdm-4711");
    return bundle;
  }

  private static String pem() {
    try {
      var der = new TestAuthority("web").root().getEncoded();
      return "-----BEGIN CERTIFICATE-----\n"
          + Base64.getMimeEncoder().encodeToString(der)
          + "\n-----END CERTIFICATE-----\n";
    } catch (java.security.cert.CertificateEncodingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Reading read(Bundle bundle) {
    var app = RuntimeEnvironment.getApplication();
    shadowOf(app.getSystemService(RestrictionsManager.class)).setApplicationRestrictions(bundle);
    return ManagedConfiguration.read(app, "Ada's phone");
  }

  @Test
  public void a_managed_phone_knows_its_organisation() {
    assertThat(read(good()))
        .isInstanceOfSatisfying(
            Reading.Present.class,
            present -> {
              var configuration = present.configuration();
              assertThat(configuration.profile().issuer()).hasToString("https://vigil.bank.test");
              assertThat(configuration.profile().anchors()).hasSize(1);
              assertThat(configuration.profile().deviceName()).isEqualTo("Ada's phone");
              assertThat(configuration.managementId()).contains("mdm-4711");
              assertThat(configuration.privacy()).isEmpty();
            });
  }

  @Test
  public void privacy_mode_comes_with_the_organisations_questions_and_hides_the_name() {
    var bundle = good();
    bundle.putBoolean("privacy_mode", true);
    bundle.putString("patch_at_least", "2026-09-05");
    bundle.putString("os_at_least", "15");
    assertThat(read(bundle))
        .isInstanceOfSatisfying(
            Reading.Present.class,
            present -> {
              assertThat(present.configuration().privacy())
                  .contains(
                      new PrivacyMode(
                          java.util.Optional.of(LocalDate.of(2026, 9, 5)),
                          PrivacyMode.Version.of("15")));
              assertThat(present.configuration().profile().deviceName())
                  .isEqualTo("a personal phone");
            });
  }

  @Test
  public void a_phone_that_is_not_managed_has_no_configuration() {
    assertThat(read(new Bundle())).isInstanceOf(Reading.Absent.class);
  }

  @Test
  public void a_hostile_bundle_is_refused_and_never_half_used() {
    refused("issuer", bundle -> bundle.remove("issuer"));
    refused("issuer", bundle -> bundle.putString("issuer", "http://vigil.bank.test"));
    refused("issuer", bundle -> bundle.putString("issuer", "https://"));
    refused("issuer", bundle -> bundle.putString("issuer", "not an address"));
    refused("issuer", bundle -> bundle.putInt("issuer", 7));
    refused("issuer", bundle -> bundle.putParcelable("issuer", new Point(1, 2)));
    refused("issuer", bundle -> bundle.putString("issuer", "https://" + "a".repeat(1 << 20)));
    refused("trust_anchors", bundle -> bundle.putString("trust_anchors", ""));
    refused("trust_anchors", bundle -> bundle.putString("trust_anchors", "trust me"));
    refused("trust_anchors", bundle -> bundle.putStringArray("trust_anchors", new String[2]));
    refused("management_id", bundle -> bundle.putString("management_id", "x".repeat(200)));
    refused("management_id", bundle -> bundle.putString("management_id", "two\nlines"));
    refused("privacy_mode", bundle -> bundle.putString("privacy_mode", "yes"));
    refused(
        "patch_at_least",
        bundle -> {
          bundle.putBoolean("privacy_mode", true);
          bundle.putString("patch_at_least", "last autumn");
        });
    refused(
        "os_at_least",
        bundle -> {
          bundle.putBoolean("privacy_mode", true);
          bundle.putString("os_at_least", "newest");
        });
  }

  private static void refused(String key, Consumer<Bundle> change) {
    var bundle = good();
    change.accept(bundle);
    assertThat(read(bundle))
        .isInstanceOfSatisfying(
            Reading.Unusable.class, unusable -> assertThat(unusable.key()).isEqualTo(key));
  }
}
