// SPDX-License-Identifier: Apache-2.0
package dev.vigil.feeds.google;

import dev.vigil.admission.feed.PostureSource;
import dev.vigil.feeds.said.Api;
import dev.vigil.feeds.said.Listed;
import dev.vigil.kernel.TimeSource;
import java.net.URI;
import java.util.Optional;
import java.util.regex.Pattern;

/// Devices of an enterprise in the Android Management API, page by page. It has no list of changes:
/// every round tells everything.
public final class AndroidManagement implements PostureSource {

  /// Where it is unless a test says otherwise.
  public static final URI USUAL = URI.create("https://androidmanagement.googleapis.com");

  private static final Pattern ENTERPRISE = Pattern.compile("enterprises/[A-Za-z0-9_-]{1,64}");
  private static final String SCOPE = "https://www.googleapis.com/auth/androidmanagement";
  private static final int PAGE = 100;
  private static final String FIELDS =
      "nextPageToken,devices(name,ownership,appliedState,policyCompliant,"
          + "lastStatusReportTime,lastPolicyComplianceReportTime,"
          + "softwareInfo(androidVersion,securityPatchLevel),hardwareInfo(model,serialNumber),"
          + "deviceSettings(isDeviceSecure,encryptionStatus,developmentSettingsEnabled,adbEnabled),"
          + "securityPosture(devicePosture,postureDetails/securityRisk))";

  private final String id;
  private final URI base;
  private final String enterprise;
  private final Api api;

  /// @param base where the API is, without a path
  /// @param enterprise such as `enterprises/LC02abcdef`, see [#isEnterprise]
  public AndroidManagement(String id, URI base, String enterprise, Api api) {
    this.id = id;
    this.base = base;
    this.enterprise = enterprise;
    this.api = api;
  }

  /// How the API is asked with a service account.
  public static Api api(ServiceAccount account, Api.Sender sender, TimeSource time) {
    return new Api(sender, new GoogleLogin(account, SCOPE, Optional.empty()), time);
  }

  /// Whether an enterprise is called so.
  public static boolean isEnterprise(String name) {
    return ENTERPRISE.matcher(name).matches();
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public Page read(Optional<String> cursor) throws Unavailable {
    var address = base + "/v1/" + enterprise + "/devices?pageSize=" + PAGE;
    return GooglePages.read(
        api,
        address + "&fields=" + Listed.encoded(FIELDS),
        cursor,
        device -> AndroidDevice.read(enterprise, device));
  }
}
