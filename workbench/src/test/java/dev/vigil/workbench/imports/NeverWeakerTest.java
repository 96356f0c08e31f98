// SPDX-License-Identifier: Apache-2.0
package dev.vigil.workbench.imports;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/// The law of importing: where Entra would stop someone, what was imported never lets them pass.
/// Small exports are made at random, and read by a plain reading of Entra's semantics.
class NeverWeakerTest {

  private static final int EXPORTS = Integer.getInteger("vigil.imports", 150);
  private static final int SIGN_INS = 40;
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final List<Object> LOCATIONS =
      List.of(
          Map.of(
              "id",
              "loc-office",
              "displayName",
              "Office",
              "isTrusted",
              true,
              "ipRanges",
              List.of(Map.of("cidrAddress", "192.0.2.0/24"))),
          Map.of("id", "loc-home", "displayName", "Home", "countriesAndRegions", List.of("NL")));
  private static final List<String> FORGOTTEN =
      List.of(
          "device.compliant",
          "device.platform",
          "risk.session",
          "risk.subject",
          "network.address",
          "network.country",
          "device.model",
          "connection.binding",
          "app.tags",
          "subject.roles",
          "device.corporate");

  private int exactly;
  private int compared;
  private int stopped;

  @Test
  void whom_entra_stops_the_import_stops() {
    for (int seed = 0; seed < EXPORTS; seed++) compare(seed);
    assertThat(compared).isEqualTo(EXPORTS * SIGN_INS);
    assertThat(stopped).as("sign-ins that Entra stops").isGreaterThan(compared / 20);
    assertThat(exactly).as("exports that were carried over exactly").isGreaterThan(EXPORTS / 10);
    System.getLogger("imports")
        .log(
            System.Logger.Level.INFO,
            compared
                + " sign-ins at "
                + EXPORTS
                + " exports, "
                + stopped
                + " stopped by Entra; "
                + exactly
                + " exports exact");
  }

  private void compare(int seed) {
    var random = new Random(seed);
    var policies = new ArrayList<GeneratedPolicy>();
    for (int i = random.nextInt(1, 4); i > 0; i--) policies.add(GeneratedPolicy.of(random, i));
    var export = new ArrayList<>(LOCATIONS);
    policies.forEach(policy -> export.add(policy.json()));
    var text = JSON.writeValueAsString(export);
    var imported = Scene.entra(text);
    var set = Scene.set(imported);
    var carried = new ArrayList<GeneratedPolicy>();
    for (int i = 0; i < policies.size(); i++) {
      var fate = imported.items().get(i).fate();
      if (fate != Fate.NOT && fate != Fate.PARTLY) carried.add(policies.get(i));
    }
    boolean exact = imported.whole();
    if (exact) exactly++;
    for (int i = 0; i < SIGN_INS; i++) {
      var signIn = SignIn.random(random);
      boolean passesThere = carried.stream().allMatch(policy -> policy.passes(signIn));
      boolean passesHere = set.decide(signIn.scene().request()).allows();
      var forgetful = signIn.scene();
      for (var fact : FORGOTTEN) if (random.nextInt(4) == 0) forgetful.without(fact);
      boolean passesUnknown = set.decide(forgetful.request()).allows();
      compared++;
      if (!passesThere) stopped++;
      if (!passesThere)
        assertThat(passesHere || passesUnknown)
            .as("seed %s, %s, %s\n%s", seed, signIn, text, imported.files())
            .isFalse();
      if (exact)
        assertThat(passesHere)
            .as("exact: seed %s, %s, %s\n%s", seed, signIn, text, imported.files())
            .isEqualTo(passesThere);
    }
  }
}
