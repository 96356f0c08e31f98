// SPDX-License-Identifier: Apache-2.0
package dev.vigil.server.config;

import dev.vigil.posture.SignalName;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/// What a feed of Google, of threat defence or a webhook needs to know beside its name and rules.
public sealed interface ThreatFeed extends FeedSettings.Product {

  /// The file that holds its secret.
  Path secretFile();

  @Override
  default List<Path> secrets() {
    return List.of(secretFile());
  }

  /// One that is asked.
  sealed interface Asked extends ThreatFeed {}

  /// The Android Management API.
  ///
  /// @param url where it is
  /// @param enterprise such as `enterprises/LC02abcdef`
  /// @param secretFile a service account's key
  record AndroidManagement(URI url, String enterprise, Path secretFile) implements Asked {}

  /// The Cloud Identity Devices API.
  ///
  /// @param administrator on whose behalf it is asked
  /// @param secretFile a service account's key
  record EndpointVerification(URI url, String administrator, Path secretFile) implements Asked {}

  /// Microsoft Defender for Endpoint.
  ///
  /// @param token Entra's token endpoint of the tenant
  record Defender(URI url, URI token, String clientId, Path secretFile) implements Asked {}

  /// Lookout.
  ///
  /// @param secretFile the application key
  record Lookout(URI url, Path secretFile) implements Asked {}

  /// A Zimperium console.
  record Zimperium(URI url, String clientId, Path secretFile) implements Asked {}

  /// A product that sends signed messages.
  ///
  /// @param signals what it may speak of
  /// @param secretFile its secrets, one a line
  record Webhook(Set<SignalName> signals, Path secretFile) implements ThreatFeed {
    public Webhook {
      signals = Set.copyOf(signals);
    }
  }
}
