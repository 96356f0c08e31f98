// SPDX-License-Identifier: Apache-2.0
package dev.vigil.feeds.workspaceone;

import dev.vigil.admission.StrictJson;
import dev.vigil.admission.feed.DeviceSaid;
import dev.vigil.admission.feed.FeedRules;
import dev.vigil.admission.feed.NoticeSource;
import dev.vigil.feeds.said.Saying;
import dev.vigil.feeds.web.ClientCredentials;
import dev.vigil.kernel.Bytes;
import dev.vigil.kernel.Secret;
import dev.vigil.posture.SignalName;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// Event notifications of Workspace ONE UEM: the server posts one event as JSON, with a user name
/// and a password of our choice.
public final class EventNotifications implements NoticeSource {

  private static final Map<String, String> COMPLIANT = Map.of("NonCompliant", "false");
  private static final Set<String> COMPROMISED = Set.of("true", "compromised");

  private final FeedRules rules;
  private final Secret header;

  /// @param user and `password` are what the product was given
  public EventNotifications(FeedRules rules, String user, Secret password) {
    this.rules = rules;
    String text = new String(password.reveal(), StandardCharsets.UTF_8);
    this.header = secret(ClientCredentials.basic(user, text));
  }

  private static Secret secret(String text) {
    return Secret.of(text.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public FeedRules rules() {
    return rules;
  }

  @Override
  public boolean proven(Optional<String> authorization) {
    return header.equals(secret(authorization.orElse("")));
  }

  @Override
  public Optional<DeviceSaid> read(Bytes content) {
    try {
      JsonNode event = StrictJson.object(content.toArray());
      return Saying.id(event.path("DeviceUUID")).map(id -> said(id, event));
    } catch (StrictJson.Malformed e) {
      return Optional.empty();
    }
  }

  private static DeviceSaid said(String id, JsonNode event) {
    var saying = new Saying().word(SignalName.COMPLIANT, event.path("ComplianceStatus"), COMPLIANT);
    String compromised = event.path("CompromisedStatus").asString("").toLowerCase(Locale.ROOT);
    if (COMPROMISED.contains(compromised)) saying.flag(SignalName.ROOTED, true);
    if (event.path("EnrollmentStatus").asString("").equals("Unenrolled"))
      saying.flag(SignalName.MANAGED, false);
    return saying.of(
        Saying.ids(id, event.path("SerialNumber"), event.path("EnrollmentEmailAddress")),
        Saying.time(event.path("EventTime")));
  }
}
