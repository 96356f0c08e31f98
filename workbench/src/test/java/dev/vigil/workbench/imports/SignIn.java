// SPDX-License-Identifier: Apache-2.0
package dev.vigil.workbench.imports;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;

/// A sign-in as Entra sees it, whole, and as Vigil sees it, perhaps in part.
///
/// @param place an address in the office, in the Netherlands, or elsewhere
/// @param mfa whether the person has done multifactor authentication
/// @param joined whether the device is joined to a domain, of which Vigil knows nothing
record SignIn(
    String user,
    String population,
    Set<String> groups,
    Set<String> roles,
    String app,
    String platform,
    boolean browser,
    Place place,
    String sessionRisk,
    String userRisk,
    boolean mfa,
    boolean compliant,
    boolean company,
    boolean joined,
    boolean insider,
    String model,
    Duration age) {

  /// Where from.
  enum Place {
    OFFICE("192.0.2.7", "NL"),
    HOME("198.51.100.9", "NL"),
    ABROAD("203.0.113.5", "FR");

    final String address;
    final String country;

    Place(String address, String country) {
      this.address = address;
      this.country = country;
    }
  }

  static final List<String> USERS = List.of("anna", "bert");
  static final List<String> GROUPS = List.of("g1", "g2", "g3");
  static final List<String> ROLES = List.of("r1", "r2");
  static final List<String> APPS = List.of("app-1", "app-2", "app-3");
  static final List<String> RISKS = List.of("none", "low", "medium", "high");
  private static final List<String> PLATFORMS =
      List.of("android", "ios", "ipados", "windows", "macos", "linux");

  static SignIn random(Random random) {
    return new SignIn(
        one(USERS, random),
        one(List.of("employee", "employee", "partner", "workload"), random),
        some(GROUPS, random),
        some(ROLES, random),
        one(APPS, random),
        one(PLATFORMS, random),
        random.nextBoolean(),
        Place.values()[random.nextInt(3)],
        one(RISKS, random),
        one(RISKS, random),
        random.nextBoolean(),
        random.nextBoolean(),
        random.nextBoolean(),
        random.nextBoolean(),
        random.nextBoolean(),
        one(List.of("iPhone 17", "Pixel 10"), random),
        Duration.ofHours(random.nextInt(1, 30)));
  }

  static <T> T one(List<T> of, Random random) {
    return of.get(random.nextInt(of.size()));
  }

  static Set<String> some(List<String> of, Random random) {
    return Set.copyOf(of.stream().filter(one -> random.nextInt(3) == 0).toList());
  }

  Scene scene() {
    var everywhere = new java.util.ArrayList<>(groups);
    everywhere.add("everyone");
    return Scene.anna()
        .with("subject.id", user)
        .with("subject.population", population)
        .with("subject.groups", everywhere)
        .with("subject.roles", List.copyOf(roles))
        .with("app.tags", List.of(app))
        .with("device.platform", platform)
        .with("connection.binding", browser ? "cookie" : "certificate")
        .with("network.address", place.address)
        .with("network.country", place.country)
        .with("risk.session", sessionRisk)
        .with("risk.subject", userRisk)
        .with("authentication.user_verified", mfa)
        .with("device.compliant", compliant)
        .with("device.corporate", company)
        .with("device.model", model)
        .signedIn(age);
  }
}
