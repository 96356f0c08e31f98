// SPDX-License-Identifier: Apache-2.0
package dev.vigil.testkit;

import dev.vigil.admission.AcceptedMetadata;
import dev.vigil.admission.App;
import dev.vigil.admission.ClientsView;
import dev.vigil.admission.EnforcementPoint;
import dev.vigil.admission.OneTime;
import dev.vigil.admission.PendingPolicy;
import dev.vigil.admission.PolicyText;
import dev.vigil.admission.RefreshToken;
import dev.vigil.admission.SamlView;
import dev.vigil.admission.device.PendingEnrolment;
import dev.vigil.admission.federation.FederatedIdentity;
import dev.vigil.admission.federation.SignOn;
import dev.vigil.audit.SecurityEvent;
import dev.vigil.identity.Passkey;
import dev.vigil.identity.Session;
import dev.vigil.identity.Subject;
import dev.vigil.identity.oauth.RegisteredClient;
import dev.vigil.identity.saml.RegisteredProvider;
import dev.vigil.kernel.AppId;
import dev.vigil.kernel.ChangeId;
import dev.vigil.kernel.DeviceId;
import dev.vigil.kernel.SessionId;
import dev.vigil.kernel.Sha256;
import dev.vigil.kernel.SubjectId;
import dev.vigil.pki.IssuedCertificate;
import dev.vigil.posture.Device;
import dev.vigil.posture.Signal;
import dev.vigil.posture.SignalName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Everything a [MemoryStore] holds, in the order of creation.
final class MemoryState {

  final Map<SubjectId, Subject> subjects = new LinkedHashMap<>();
  final Map<String, Passkey> passkeys = new LinkedHashMap<>();
  final Map<DeviceId, Device> devices = new LinkedHashMap<>();
  final Map<Sha256, IssuedCertificate> certificates = new LinkedHashMap<>();
  final Map<SignalKey, Signal> signals = new LinkedHashMap<>();
  final List<Said> signalHistory = new ArrayList<>();
  final Map<SessionId, Session> sessions = new LinkedHashMap<>();
  final Map<Sha256, RefreshToken> refreshTokens = new LinkedHashMap<>();
  final Map<AppId, App> apps = new LinkedHashMap<>();
  final List<PolicyText> policies = new ArrayList<>();
  final Map<ChangeId, PendingPolicy> pending = new LinkedHashMap<>();
  final Map<SubjectId, EnforcementPoint> enforcementPoints = new LinkedHashMap<>();
  final Map<String, RegisteredClient> clients = new LinkedHashMap<>();
  final Map<SessionId, ClientsView.Browser> browsers = new LinkedHashMap<>();
  final Map<SignOnKey, ClientsView.SignOn> signOns = new LinkedHashMap<>();
  final Map<String, ClientsView.LogoutNotice> notices = new LinkedHashMap<>();
  final Map<String, RegisteredProvider> providers = new LinkedHashMap<>();
  final Map<SignOnKey, SamlView.SamlSignOn> samlSignOns = new LinkedHashMap<>();
  final Map<OneTimeKey, Kept> oneTimes = new LinkedHashMap<>();
  final Map<ChangeId, PendingEnrolment> enrolments = new LinkedHashMap<>();
  final MemoryAcme.State acme = new MemoryAcme.State();
  final MemoryProvisioning.State provisioning = new MemoryProvisioning.State();
  final List<SecurityEvent> events = new ArrayList<>();
  Optional<AcceptedMetadata> metadata = Optional.empty();
  final Map<FactsKey, TreeMap<Long, String>> facts = new LinkedHashMap<>();

  final Map<List<String>, FederatedIdentity> links = new LinkedHashMap<>();
  final Map<String, SignOn> federatedSignOns = new LinkedHashMap<>();
  final MemoryFeeds.State feeds = new MemoryFeeds.State();

  record SignalKey(DeviceId device, String source, SignalName name) {}

  record Said(DeviceId device, Signal signal) {}

  record SignOnKey(SessionId session, String client) {}

  record OneTimeKey(OneTime.Kind kind, Sha256 key) {}

  /// A one-time value, kept after it was spent so that its key is not used again.
  record Kept(OneTime value, boolean spent) {}

  record FactsKey(String entity, String id) {}

  MemoryState copy() {
    var copy = new MemoryState();
    copy.subjects.putAll(subjects);
    copy.passkeys.putAll(passkeys);
    copy.devices.putAll(devices);
    copy.certificates.putAll(certificates);
    copy.signals.putAll(signals);
    copy.signalHistory.addAll(signalHistory);
    copy.sessions.putAll(sessions);
    copy.refreshTokens.putAll(refreshTokens);
    copy.apps.putAll(apps);
    copy.policies.addAll(policies);
    copy.pending.putAll(pending);
    copy.enforcementPoints.putAll(enforcementPoints);
    copy.clients.putAll(clients);
    copy.browsers.putAll(browsers);
    copy.signOns.putAll(signOns);
    copy.notices.putAll(notices);
    copy.providers.putAll(providers);
    copy.samlSignOns.putAll(samlSignOns);
    copy.oneTimes.putAll(oneTimes);
    copy.enrolments.putAll(enrolments);
    copy.acme.addAll(acme);
    copy.provisioning.addAll(provisioning);
    copy.events.addAll(events);
    copy.metadata = metadata;
    copy.links.putAll(links);
    copy.federatedSignOns.putAll(federatedSignOns);
    copy.feeds.addAll(feeds);
    facts.forEach((key, versions) -> copy.facts.put(key, new TreeMap<>(versions)));
    return copy;
  }
}
