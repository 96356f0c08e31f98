// SPDX-License-Identifier: Apache-2.0
package dev.vigil.bench.peers;

import com.cedarpolicy.BasicAuthorizationEngine;
import com.cedarpolicy.model.AuthorizationRequest;
import com.cedarpolicy.model.exception.AuthException;
import com.cedarpolicy.model.slice.BasicSlice;
import com.cedarpolicy.model.slice.Policy;
import com.cedarpolicy.model.slice.Slice;
import com.cedarpolicy.value.CedarList;
import com.cedarpolicy.value.EntityTypeName;
import com.cedarpolicy.value.EntityUID;
import com.cedarpolicy.value.PrimBool;
import com.cedarpolicy.value.PrimLong;
import com.cedarpolicy.value.PrimString;
import com.cedarpolicy.value.Value;
import dev.vigil.bench.policy.Peer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// cedar-java: the engine is native and takes each request and all policies as JSON. Guards are
/// `forbid` with the opposite of what they require.
public final class CedarJava implements Peer {

  private static final String PERMIT =
      """
      permit(principal, action, resource) when {
        context.subject_population == "employee" && context.subject_groups.contains("%s") && context.device_managed
        && ["passkey", "passkey-hardware"].contains(context.authentication_strength)
        && context.authentication_user_verified && context.authentication_phishing_resistant
        && context.authentication_age < %d && context.device_compliant && context.device_encrypted };
      """;

  private static final String GUARD =
      """
      forbid(principal, action, resource) when {
        ["employee", "customer"].contains(context.subject_population) }
      unless { %s };
      """;

  private static final String FORBID =
      """
      forbid(principal, action, resource) when { %s };
      """;

  private static final List<String> RULES =
      List.of(
          PERMIT.formatted("treasury", 8 * 3600),
          PERMIT.formatted("staff", 9 * 3600),
          GUARD.formatted(
              "context.device_patch_date >= 20454 && context.device_os_version >= 1700"),
          GUARD.formatted(
              "!context.device_rooted && context.device_secure_boot && context.device_screen_lock"),
          GUARD.formatted(
              "context.connection_mutual_tls && context.connection_tls_version == \"TLSv1.3\" &&"
                  + " context.connection_binding == \"certificate\""),
          GUARD.formatted(
              "[\"none\", \"low\"].contains(context.device_threat_level) &&"
                  + " context.device_hardware_key && context.risk_session_score < 50"),
          GUARD.formatted(
              "(context.network_offices || [\"DE\", \"AT\"].contains(context.network_country)) &&"
                  + " !context.network_anonymiser"),
          GUARD.formatted(
              "context.device_compliant_age < 86400 && context.device_active &&"
                  + " context.subject_active"),
          FORBID.formatted(
              "context.network_embargoed || context.device_threat_level == \"high\" ||"
                  + " context.risk_device == \"high\""),
          FORBID.formatted(
              "context.request_path like \"/internal/0*\" || context.request_method == \"TRACE\" ||"
                  + " context.network_anonymiser"));

  private final BasicAuthorizationEngine engine = new BasicAuthorizationEngine();
  private Slice policies = new BasicSlice(Set.of(), Set.of());
  private List<AuthorizationRequest> requests = List.of();

  @Override
  public String name() {
    return "cedar_java";
  }

  @Override
  public List<String> standIns() {
    return List.of(
        "dates, versions and scores are whole numbers",
        "ages are numbers of seconds, worked out before",
        "locations are flags, worked out before",
        "no unknown values, no time until which the answer stands");
  }

  @Override
  public void prepare(List<Map<String, Object>> asked) {
    var rules = new LinkedHashSet<Policy>();
    for (int i = 0; i < RULES.size(); i++) rules.add(new Policy(RULES.get(i), "own-" + i));
    policies = new BasicSlice(rules, Set.of());
    requests = asked.stream().map(CedarJava::request).toList();
  }

  private static AuthorizationRequest request(Map<String, Object> facts) {
    var context = new HashMap<String, Value>();
    facts.forEach((name, value) -> context.put(name.replace('.', '_'), value(value)));
    return new AuthorizationRequest(
        entity("Person", String.valueOf(facts.get("subject.id"))),
        entity("Action", "use"),
        entity("App", String.valueOf(facts.get("app.id"))),
        context);
  }

  private static EntityUID entity(String type, String id) {
    return EntityTypeName.parse(type).orElseThrow().of(id);
  }

  private static Value value(Object value) {
    return switch (value) {
      case Boolean flag -> new PrimBool(flag);
      case Long number -> new PrimLong(number);
      case Double number -> new PrimLong(Math.round(number * 100));
      case List<?> texts -> {
        var list = new ArrayList<Value>();
        for (var text : texts) list.add(new PrimString(String.valueOf(text)));
        yield new CedarList(list);
      }
      default -> new PrimString(String.valueOf(value));
    };
  }

  @Override
  public boolean allows(int request) throws AuthException {
    return engine.isAuthorized(requests.get(request), policies).isAllowed();
  }
}
