// SPDX-License-Identifier: Apache-2.0
package dev.vigil.feeds.google;

import dev.vigil.admission.feed.PostureSource;
import dev.vigil.feeds.said.Api;
import dev.vigil.feeds.said.Listed;
import dev.vigil.kernel.TimeSource;
import java.net.URI;
import java.util.Optional;

/// Devices of an organisation in the Cloud Identity Devices API, where endpoint verification keeps
/// its states, page by page. Every round tells everything.
public final class EndpointVerification implements PostureSource {

  /// Where it is unless a test says otherwise.
  public static final URI USUAL = URI.create("https://cloudidentity.googleapis.com");

  private static final String SCOPE =
      "https://www.googleapis.com/auth/cloud-identity.devices.readonly";
  private static final int PAGE = 100;
  private static final String FIELDS =
      "nextPageToken,devices(name,lastSyncTime,ownerType,model,osVersion,deviceType,serialNumber,"
          + "enabledDeveloperOptions,enabledUsbDebugging,securityPatchTime,encryptionState,"
          + "managementState,compromisedState,"
          + "androidSpecificAttributes(verifiedBoot,hasPotentiallyHarmfulApps))";

  private final String id;
  private final URI base;
  private final Api api;

  /// @param base where the API is, without a path
  public EndpointVerification(String id, URI base, Api api) {
    this.id = id;
    this.base = base;
    this.api = api;
  }

  /// How the API is asked: its scopes need domain-wide delegation.
  ///
  /// @param administrator on whose behalf the service account asks
  public static Api api(
      ServiceAccount account, String administrator, Api.Sender sender, TimeSource time) {
    return new Api(sender, new GoogleLogin(account, SCOPE, Optional.of(administrator)), time);
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public Page read(Optional<String> cursor) throws Unavailable {
    var address = base + "/v1/devices?customer=customers%2Fmy_customer&pageSize=" + PAGE;
    return GooglePages.read(
        api, address + "&fields=" + Listed.encoded(FIELDS), cursor, EndpointDevice::read);
  }
}
