// SPDX-License-Identifier: Apache-2.0
package dev.vigil.sdk.android;

import android.content.Context;
import android.content.RestrictionsManager;
import android.os.Bundle;
import dev.vigil.sdk.Profile;
import java.net.URI;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What the organisation's device management gave the app (Android's managed configuration, also
/// called app restrictions), so that nobody types an address and nobody trusts the wrong one.
///
/// @param profile where the organisation is and whom to trust
/// @param managementId under which name the device management knows this phone; empty if not given
/// @param privacy present if only yes and no may leave the phone
public record ManagedConfiguration(
    Profile profile, Optional<String> managementId, Optional<PrivacyMode> privacy) {

  private static final int LONGEST = 64 * 1024;
  private static final int LONGEST_ID = 128;

  /// What came of reading.
  public sealed interface Reading {

    /// It is there and good.
    record Present(ManagedConfiguration configuration) implements Reading {}

    /// The phone is not managed, or nothing was set for this app.
    record Absent() implements Reading {}

    /// Something was set that cannot be used. The app must not go on as if nothing were set.
    ///
    /// @param key which entry
    /// @param says why, for the person and the help desk
    record Unusable(String key, String says) implements Reading {}
  }

  /// Reads what is set now. Changes are told by `ACTION_APPLICATION_RESTRICTIONS_CHANGED`.
  ///
  /// @param deviceName what the person will see this phone listed as; not used in privacy mode
  public static Reading read(Context context, String deviceName) {
    var manager = context.getSystemService(RestrictionsManager.class);
    var bundle = manager == null ? null : manager.getApplicationRestrictions();
    return bundle == null ? new Reading.Absent() : read(bundle, deviceName);
  }

  static Reading read(Bundle bundle, String deviceName) {
    try {
      return bundle.isEmpty() ? new Reading.Absent() : new Reading.Present(of(bundle, deviceName));
    } catch (Unusable e) {
      return new Reading.Unusable(e.key, e.says);
    } catch (RuntimeException e) {
      // Unpacking a bundle made by another process can throw anything.
      return new Reading.Unusable("", "the managed configuration cannot be unpacked");
    }
  }

  private static final class Unusable extends Exception {
    private static final long serialVersionUID = 1;
    private final String key;
    private final String says;

    Unusable(String key, String says) {
      super(says, null, false, false);
      this.key = key;
      this.says = says;
    }
  }

  private static ManagedConfiguration of(Bundle bundle, String deviceName) throws Unusable {
    var privacy = privacy(bundle);
    var name = privacy.isPresent() ? "a personal phone" : deviceName;
    var id = text(bundle, "management_id");
    if (id.filter(value -> !value.matches("[!-~]{1," + LONGEST_ID + "}")).isPresent()) {
      throw new Unusable(
          "management_id", "`management_id` is longer than 128 letters or unprintable");
    }
    return new ManagedConfiguration(profile(bundle, name), id, privacy);
  }

  private static Profile profile(Bundle bundle, String name) throws Unusable {
    var issuer =
        text(bundle, "issuer").orElseThrow(() -> new Unusable("issuer", "`issuer` is not set"));
    var anchors =
        text(bundle, "trust_anchors")
            .orElseThrow(() -> new Unusable("trust_anchors", "`trust_anchors` is not set"));
    URI address;
    try {
      address = URI.create(issuer);
    } catch (IllegalArgumentException e) {
      throw new Unusable("issuer", "`issuer` is not an address");
    }
    if (!"https".equals(address.getScheme()) || address.getHost() == null) {
      throw new Unusable("issuer", "`issuer` is not an https address");
    }
    try {
      return Profile.of(address, anchors, name);
    } catch (IllegalArgumentException e) {
      throw new Unusable("trust_anchors", "`trust_anchors` is not one certificate or more in PEM");
    }
  }

  private static Optional<PrivacyMode> privacy(Bundle bundle) throws Unusable {
    var set = anything(bundle, "privacy_mode");
    if (set == null || Boolean.FALSE.equals(set)) {
      return Optional.empty();
    }
    if (!Boolean.TRUE.equals(set)) {
      throw new Unusable("privacy_mode", "`privacy_mode` is neither true nor false");
    }
    return Optional.of(new PrivacyMode(patch(bundle), version(bundle)));
  }

  private static Optional<LocalDate> patch(Bundle bundle) throws Unusable {
    var text = text(bundle, "patch_at_least");
    try {
      return text.map(LocalDate::parse);
    } catch (DateTimeException e) {
      throw new Unusable("patch_at_least", "`patch_at_least` is not a day such as 2026-09-05");
    }
  }

  private static Optional<PrivacyMode.Version> version(Bundle bundle) throws Unusable {
    var text = text(bundle, "os_at_least");
    var version = text.flatMap(PrivacyMode.Version::of);
    if (text.isPresent() && version.isEmpty()) {
      throw new Unusable("os_at_least", "`os_at_least` is not a version such as 15");
    }
    return version;
  }

  /// A text; an empty one is what a console sends for an entry that was left blank.
  private static Optional<String> text(Bundle bundle, String key) throws Unusable {
    var value = anything(bundle, key);
    if (value == null) {
      return Optional.empty();
    }
    if (!(value instanceof String text) || text.length() > LONGEST) {
      throw new Unusable(key, "`" + key + "` is not a text, or too long");
    }
    return text.isBlank() ? Optional.empty() : Optional.of(text.trim());
  }

  @SuppressWarnings("deprecation") // what another app put there has no type that could be asked for
  private static @Nullable Object anything(Bundle bundle, String key) {
    return bundle.get(key);
  }
}
