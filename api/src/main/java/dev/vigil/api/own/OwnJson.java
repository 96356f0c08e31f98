// SPDX-License-Identifier: Apache-2.0
package dev.vigil.api.own;

import dev.vigil.admission.signin.AppDecisions;
import dev.vigil.admission.signin.AppOutlook;
import dev.vigil.admission.signin.BrowserSessions;
import dev.vigil.admission.signin.OwnAccount;
import dev.vigil.api.signin.PasskeyJson;
import dev.vigil.identity.Session;
import dev.vigil.posture.Device;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/// What the page receives, in JSON.
final class OwnJson {

  private OwnJson() {}

  static Map<String, Object> account(
      BrowserSessions.Live live, OwnAccount.Account account, String csrf) {
    var devices =
        account.devices().stream().collect(Collectors.toMap(Device::id, Function.identity()));
    var shown = new LinkedHashMap<String, Object>();
    shown.put("csrf", csrf);
    shown.put("user_name", live.subject().userName());
    shown.put("display_name", live.subject().displayName());
    shown.put("passkeys", account.passkeys().stream().map(PasskeyJson::of).toList());
    shown.put(
        "devices",
        account.devices().stream()
            .map(device -> device(device, account.testRoots().contains(device.id())))
            .toList());
    shown.put(
        "sessions",
        account.sessions().stream()
            .map(session -> session(session, live, devices.values().stream().toList()))
            .toList());
    return shown;
  }

  private static Map<String, Object> device(Device device, boolean testRoot) {
    return Map.of(
        "id", device.id().value(),
        "name", device.name(),
        "active", device.active(),
        "test_root", testRoot,
        "enrolled_at", device.enrolledAt().toString());
  }

  private static Map<String, Object> session(
      Session session, BrowserSessions.Live live, List<Device> devices) {
    var shown = new LinkedHashMap<String, Object>();
    shown.put("id", session.id().value());
    shown.put("kind", kind(session));
    shown.put("here", session.id().equals(live.session().id()));
    session
        .device()
        .flatMap(id -> devices.stream().filter(device -> device.id().equals(id)).findFirst())
        .ifPresent(device -> shown.put("device", device.name()));
    shown.put("started_at", session.startedAt().toString());
    shown.put("expires_at", session.expiresAt().toString());
    return shown;
  }

  private static String kind(Session session) {
    return switch (session.binding()) {
      case Session.Binding.Cookie _ -> "browser";
      case Session.Binding.Device _ -> "app";
      case Session.Binding.Key _ -> "key";
      case Session.Binding.Certificate _ -> "machine";
    };
  }

  static Map<String, Object> outlook(AppOutlook.Outlook one) {
    var shown = new LinkedHashMap<String, Object>();
    shown.put("app", one.app().value());
    switch (one.answer()) {
      case AppDecisions.Allowed _ -> shown.put("outcome", "open");
      case AppDecisions.StepUp(var _, var _, var _, var says) -> {
        shown.put("outcome", "step-up");
        shown.put("says", says);
      }
      case AppDecisions.Remediate(var _, var steps) -> {
        shown.put("outcome", "remediate");
        shown.put("says", steps.stream().map(AppDecisions.Fix::says).toList());
      }
      case AppDecisions.Denied _ -> shown.put("outcome", "closed");
    }
    return shown;
  }
}
