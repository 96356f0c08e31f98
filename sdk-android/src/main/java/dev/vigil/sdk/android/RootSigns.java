// SPDX-License-Identifier: Apache-2.0
package dev.vigil.sdk.android;

import android.content.pm.PackageManager;
import android.os.Build;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/// Looks for signs of a rooted system, with no more rights than any app has.
///
/// From Android 11 on an app sees other apps only if its manifest names them under `queries`; the
/// sample's manifest does.
public final class RootSigns {

  /// The apps that manage root which are looked for.
  static final List<String> APPS =
      List.of(
          "com.topjohnwu.magisk",
          "me.weishu.kernelsu",
          "me.bmax.apatch",
          "eu.chainfire.supersu",
          "com.koushikdutta.superuser",
          "com.noshufou.android.su",
          "com.kingroot.kinguser");

  private static final List<String> PROGRAMS =
      List.of(
          "system/bin/su",
          "system/xbin/su",
          "system/sbin/su",
          "system/bin/.ext/su",
          "system/bin/failsafe/su",
          "system/xbin/daemonsu",
          "sbin/su",
          "sbin/magisk",
          "su/bin/su",
          "vendor/bin/su",
          "debug_ramdisk/su",
          "debug_ramdisk/magisk",
          "data/local/su",
          "data/local/bin/su",
          "data/local/xbin/su",
          "data/adb/magisk",
          "data/adb/ksu");

  private static final Set<String> READ_ONLY =
      Set.of("/", "/system", "/system/bin", "/vendor", "/product", "/sbin");

  private static final Map<String, String> DANGEROUS =
      Map.of("ro.debuggable", "1", "ro.secure", "0", "service.adb.root", "1");

  private final Path root;
  private final PackageManager packages;
  private final UnaryOperator<String> properties;

  /// @param root where the file system begins
  /// @param properties the value of a property of the system, empty if there is none
  RootSigns(Path root, PackageManager packages, UnaryOperator<String> properties) {
    this.root = root;
    this.packages = packages;
    this.properties = properties;
  }

  /// Looks at the phone this runs on.
  public RootSigns(PackageManager packages) {
    this(Paths.get("/"), packages, RootSigns::property);
  }

  /// The signs found now.
  public Set<RootSign> look() {
    var found = EnumSet.noneOf(RootSign.class);
    if (PROGRAMS.stream().anyMatch(program -> Files.exists(root.resolve(program)))) {
      found.add(RootSign.SU_BINARY);
    }
    if (String.valueOf(Build.TAGS).contains("test-keys")) {
      found.add(RootSign.TEST_KEYS);
    }
    if (APPS.stream().anyMatch(this::installed)) {
      found.add(RootSign.ROOT_APP);
    }
    if (DANGEROUS.entrySet().stream()
        .anyMatch(entry -> properties.apply(entry.getKey()).equals(entry.getValue()))) {
      found.add(RootSign.DANGEROUS_PROPERTY);
    }
    mounts(found);
    return found;
  }

  private boolean installed(String name) {
    try {
      packages.getPackageInfo(name, 0);
      return true;
    } catch (PackageManager.NameNotFoundException e) {
      return false;
    }
  }

  private void mounts(Set<RootSign> found) {
    for (var line : mounts()) {
      var fields = line.split(" ");
      if (fields.length < 4) {
        continue;
      }
      if (READ_ONLY.contains(fields[1]) && List.of(fields[3].split(",")).contains("rw")) {
        found.add(RootSign.WRITABLE_SYSTEM);
      }
      if (fields[0].equals("magisk") || fields[0].equals("KSU") || fields[1].contains("/.magisk")) {
        found.add(RootSign.ROOT_MOUNT);
      }
    }
  }

  /// What is mounted: source, place, kind and options on a line each. Unreadable is no sign.
  private List<String> mounts() {
    try {
      return Files.readAllLines(root.resolve("proc/self/mounts"), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      return List.of();
    }
  }

  private static String property(String name) {
    try {
      var process = new ProcessBuilder("getprop", name).redirectErrorStream(true).start();
      try (var lines =
          new BufferedReader(
              new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
        var line = lines.readLine();
        return line == null ? "" : line.trim();
      } finally {
        process.destroy();
      }
    } catch (IOException e) {
      return "";
    }
  }
}
