// SPDX-License-Identifier: Apache-2.0
package dev.vigil.sdk.android;

import android.app.KeyguardManager;
import android.app.admin.DevicePolicyManager;
import android.content.ComponentName;
import android.content.Context;
import android.content.pm.PackageManager;
import android.os.Build;
import android.os.UserManager;
import android.provider.Settings;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/// Looks at the phone through the doors that Android opens to every app; no permission is needed.
/// What cannot be asked counts as bad, or is left out.
public final class PostureCollector {

  private static final int LONGEST_NAME = 64;

  private final Context context;
  private final RootSigns roots;

  public PostureCollector(Context context) {
    this(context, new RootSigns(context.getPackageManager()));
  }

  PostureCollector(Context context, RootSigns roots) {
    this.context = context;
    this.roots = roots;
  }

  /// Looks now.
  public Seen look() {
    return new Seen(
        release(),
        new Seen.Locks(encrypted(), screenLocked(), developer()),
        managed(),
        roots.look(),
        new Seen.App(context.getPackageName(), signer()));
  }

  private static Seen.Release release() {
    return new Seen.Release(
        Optional.ofNullable(Build.MODEL)
            .filter(model -> model.matches("[!-~](?:[ -~]{0," + (LONGEST_NAME - 2) + "}[!-~])?")),
        Optional.ofNullable(Build.VERSION.RELEASE)
            .filter(version -> version.matches("[0-9]{1,9}(?:\\.[0-9]{1,9}){0,5}")),
        patch());
  }

  private static Optional<LocalDate> patch() {
    try {
      return Optional.of(LocalDate.parse(String.valueOf(Build.VERSION.SECURITY_PATCH)));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /// Active with a default key is encryption that no secret of the person's guards: not enough.
  private boolean encrypted() {
    var policies = context.getSystemService(DevicePolicyManager.class);
    if (policies == null) {
      return false;
    }
    return switch (policies.getStorageEncryptionStatus()) {
      case DevicePolicyManager.ENCRYPTION_STATUS_ACTIVE,
          DevicePolicyManager.ENCRYPTION_STATUS_ACTIVE_PER_USER ->
          true;
      default -> false;
    };
  }

  private boolean screenLocked() {
    var guard = context.getSystemService(KeyguardManager.class);
    return guard != null && guard.isDeviceSecure();
  }

  private boolean developer() {
    return on(Settings.Global.DEVELOPMENT_SETTINGS_ENABLED) || on(Settings.Global.ADB_ENABLED);
  }

  private boolean on(String setting) {
    return Settings.Global.getInt(context.getContentResolver(), setting, 0) != 0;
  }

  /// Whether this app runs in a work profile or on a phone that an organisation owns.
  private boolean managed() {
    var users = context.getSystemService(UserManager.class);
    if (Build.VERSION.SDK_INT >= Build.VERSION_CODES.R
        && users != null
        && users.isManagedProfile()) {
      return true;
    }
    var policies = context.getSystemService(DevicePolicyManager.class);
    var administrators = policies == null ? null : policies.getActiveAdmins();
    return administrators != null
        && administrators.stream()
            .map(ComponentName::getPackageName)
            .anyMatch(name -> policies.isDeviceOwnerApp(name) || policies.isProfileOwnerApp(name));
  }

  private Optional<String> signer() {
    try {
      var info =
          context
              .getPackageManager()
              .getPackageInfo(context.getPackageName(), PackageManager.GET_SIGNING_CERTIFICATES);
      var signing = info.signingInfo;
      var signers = signing == null ? null : signing.getApkContentsSigners();
      return signers == null
          ? Optional.empty()
          : List.of(signers).stream().findFirst().map(signer -> digest(signer.toByteArray()));
    } catch (PackageManager.NameNotFoundException e) {
      return Optional.empty();
    }
  }

  private static String digest(byte[] certificate) {
    try {
      var hex = new StringBuilder();
      for (byte part : MessageDigest.getInstance("SHA-256").digest(certificate)) {
        hex.append(Character.forDigit((part >> 4) & 15, 16))
            .append(Character.forDigit(part & 15, 16));
      }
      return hex.toString();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
