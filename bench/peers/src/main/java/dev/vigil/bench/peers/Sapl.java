// SPDX-License-Identifier: Apache-2.0
package dev.vigil.bench.peers;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.vigil.bench.policy.Peer;
import io.sapl.api.pdp.AuthorizationSubscription;
import io.sapl.api.pdp.Decision;
import io.sapl.api.pdp.PolicyDecisionPoint;
import io.sapl.interpreter.combinators.PolicyDocumentCombiningAlgorithm;
import io.sapl.pdp.PolicyDecisionPointFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// SAPL's embedded engine, deny overrides. Guards are denials of the opposite of what they require.
public final class Sapl implements Peer {

  private static final String PERMIT =
      "permit action == \"use\" where subject.population == \"employee\" && \"%s\" in"
          + " subject.groups && subject.device.managed; subject.authentication.strength in"
          + " [\"passkey\", \"passkey-hardware\"]; subject.authentication.user_verified &&"
          + " subject.authentication.phishing_resistant && subject.authentication.age < %d;"
          + " subject.device.compliant && subject.device.encrypted;";
  private static final String GUARD =
      "deny action == \"use\" where subject.population in [\"employee\", \"customer\"]; !(%s);";
  private static final String FORBID = "deny action == \"use\" where %s;";

  private static final List<String> RULES =
      List.of(
          PERMIT.formatted("treasury", 8 * 3600),
          PERMIT.formatted("staff", 9 * 3600),
          GUARD.formatted(
              "subject.device.patch_date >= 20454 && subject.device.os_version >= 1700"),
          GUARD.formatted(
              "!subject.device.rooted && subject.device.secure_boot && subject.device.screen_lock"),
          GUARD.formatted(
              "environment.connection.mutual_tls && environment.connection.tls_version =="
                  + " \"TLSv1.3\" && environment.connection.binding == \"certificate\""),
          GUARD.formatted(
              "subject.device.threat_level in [\"none\", \"low\"] && subject.device.hardware_key &&"
                  + " environment.risk.session_score < 0.5"),
          GUARD.formatted(
              "(environment.network.offices || environment.network.country in [\"DE\", \"AT\"]) &&"
                  + " !environment.network.anonymiser"),
          GUARD.formatted(
              "subject.device.compliant_age < 86400 && subject.device.active && subject.active"),
          FORBID.formatted(
              "environment.network.embargoed || subject.device.threat_level == \"high\" ||"
                  + " environment.risk.device == \"high\""),
          FORBID.formatted(
              "environment.request.path =~ \"/internal/0.*\" || environment.request.method =="
                  + " \"TRACE\" || environment.network.anonymiser"));

  private @Nullable PolicyDecisionPoint engine;
  private List<AuthorizationSubscription> requests = List.of();

  @Override
  public String name() {
    return "sapl";
  }

  @Override
  public List<String> standIns() {
    return List.of(
        "dates and versions are whole numbers",
        "ages are numbers of seconds, worked out before",
        "locations are flags, worked out before",
        "no time until which the answer stands");
  }

  @Override
  public void prepare(List<Map<String, Object>> asked) throws Exception {
    var documents = new ArrayList<String>();
    for (int i = 0; i < RULES.size(); i++)
      documents.add("policy \"own-" + i + "\" " + RULES.get(i));
    engine =
        PolicyDecisionPointFactory.fixedInRamPolicyDecisionPoint(
            documents, PolicyDocumentCombiningAlgorithm.DENY_OVERRIDES, Map.of());
    requests = asked.stream().map(Sapl::request).toList();
  }

  private static AuthorizationSubscription request(Map<String, Object> facts) {
    var json = new ObjectMapper();
    var subject = about("subject", facts);
    subject.put("device", about("device", facts));
    subject.put("authentication", about("authentication", facts));
    var environment = new TreeMap<String, Object>();
    for (var entity : List.of("connection", "network", "risk", "request"))
      environment.put(entity, about(entity, facts));
    return new AuthorizationSubscription(
        json.valueToTree(subject),
        json.valueToTree("use"),
        json.valueToTree(about("app", facts)),
        json.valueToTree(environment));
  }

  private static Map<String, Object> about(String entity, Map<String, Object> facts) {
    var about = new TreeMap<String, Object>();
    facts.forEach((name, value) -> {
      if (name.startsWith(entity + ".")) about.put(name.substring(entity.length() + 1), value);
    });
    return about;
  }

  @Override
  public boolean allows(int request) {
    var decision = Objects.requireNonNull(engine).decideOnce(requests.get(request)).block();
    return decision != null && decision.getDecision() == Decision.PERMIT;
  }
}
