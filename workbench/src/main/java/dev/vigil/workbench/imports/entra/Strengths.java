// SPDX-License-Identifier: Apache-2.0
package dev.vigil.workbench.imports.entra;

import dev.vigil.workbench.imports.Part;
import dev.vigil.workbench.imports.Slugs;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Carries over authentication strengths. Vigil's people authenticate with passkeys, so a strength
/// becomes a demand on the passkey; methods that Vigil does not have cannot be used instead of it.
final class Strengths {

  static final String MFA = "entra-mfa";
  private static final String PHISHING_RESISTANT = "entra-phishing-resistant";
  private static final String PASSWORDLESS = "entra-passwordless";
  private static final String STRICTEST = "entra-strictest";
  private static final String BUILT_IN = "00000000-0000-0000-0000-00000000000";
  private static final List<String> MODES =
      List.of(
          "password",
          "voice",
          "hardwareOath",
          "softwareOath",
          "sms",
          "fido2",
          "windowsHelloForBusiness",
          "microsoftAuthenticatorPush",
          "deviceBasedPush",
          "temporaryAccessPassOneTime",
          "temporaryAccessPassMultiUse",
          "email",
          "x509CertificateSingleFactor",
          "x509CertificateMultiFactor",
          "federatedSingleFactor",
          "federatedMultiFactor",
          "qrCodePin");
  private static final List<String> PASSKEYS = List.of("fido2", "windowsHelloForBusiness");

  private final Making making;

  private Strengths(Making making) {
    this.making = making;
  }

  /// Multifactor authentication: any passkey with which the person was verified.
  static String mfa(Making making) {
    return new Strengths(making)
        .define(MFA, false, "Entra's multifactor authentication: a passkey and a verified person.");
  }

  /// The strength that a policy asks for; empty if there is none that would do.
  static Optional<String> of(Part strength, Making making) {
    return new Strengths(making).find(strength);
  }

  private Optional<String> find(Part strength) {
    var id = strength.at("id").text();
    if (id.equals(BUILT_IN + "2")) return Optional.of(mfa(making));
    if (id.equals(BUILT_IN + "3"))
      return Optional.of(define(PASSWORDLESS, false, "Entra's passwordless authentication."));
    if (id.equals(BUILT_IN + "4"))
      return Optional.of(define(PHISHING_RESISTANT, true, "Entra's phishing-resistant strength."));
    var known =
        strength.names("allowedCombinations")
            ? Optional.of(strength)
            : making.export().strength(id);
    if (known.isPresent()) return ofCombinations(known.get().to(making.draft()), strength.path());
    making
        .draft()
        .stricter(
            strength.path(),
            "what the strength `"
                + id
                + "` allows is not in the export; a hardware passkey is asked for",
            "export the authentication strengths too, or loosen the strength `" + STRICTEST + "`");
    return Optional.of(
        making.definitions().strength(STRICTEST, strictest(), "The strictest there is."));
  }

  private Optional<String> ofCombinations(Part strength, String path) {
    var combinations = strength.at("allowedCombinations").items();
    boolean passkeys = false;
    boolean others = false;
    boolean certificatesOnly = !combinations.isEmpty();
    for (var combination : combinations) {
      var modes = combination.words(MODES);
      if (modes.size() == 1 && PASSKEYS.contains(modes.getFirst())) passkeys = true;
      else others = true;
      certificatesOnly &= modes.stream().allMatch(mode -> mode.startsWith("x509"));
    }
    if (combinations.isEmpty() || certificatesOnly) {
      making
          .draft()
          .missing(
              path,
              "no authentication of a person here is of this strength",
              "write a strength by hand");
      return Optional.empty();
    }
    configurations(strength, path);
    if (!passkeys)
      making
          .draft()
          .stricter(
              path,
              "it counts methods that Vigil does not have; a passkey is asked for instead",
              "nothing, if people have passkeys");
    var title = strength.at("displayName").text();
    var name = "entra-" + Slugs.of(title.isEmpty() ? strength.at("id").text() : title);
    return Optional.of(define(name, !others, "Entra's strength \"" + title + "\"."));
  }

  private void configurations(Part strength, String path) {
    var configurations = strength.at("combinationConfigurations");
    if (configurations.isEmpty()) return;
    making
        .draft()
        .missing(
            path + ".combinationConfigurations",
            "it counts certain models of authenticators or issuers of certificates only",
            "limit the passkeys that may be enrolled");
  }

  private String define(String name, boolean phishingResistant, String remark) {
    var keys = new LinkedHashMap<String, String>();
    keys.put("any_of", "[passkey, passkey-hardware]");
    keys.put("user_verified", "true");
    if (phishingResistant) keys.put("phishing_resistant", "true");
    return making.definitions().strength(name, keys, remark);
  }

  private static Map<String, String> strictest() {
    var keys = new LinkedHashMap<String, String>();
    keys.put("any_of", "[passkey-hardware]");
    keys.put("user_verified", "true");
    keys.put("phishing_resistant", "true");
    return keys;
  }
}
