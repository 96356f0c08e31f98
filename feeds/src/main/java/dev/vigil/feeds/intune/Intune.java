// SPDX-License-Identifier: Apache-2.0
package dev.vigil.feeds.intune;

import dev.vigil.admission.feed.PostureSource;
import dev.vigil.feeds.said.Api;
import dev.vigil.feeds.said.Listed;
import java.net.URI;
import java.util.Optional;

/// Managed devices of a tenant in Microsoft Graph v1.0 ("List managedDevices"), page by page along
/// `@odata.nextLink`. Graph documents no delta for them, so every round tells everything.
public final class Intune implements PostureSource {

  /// Where Graph is, national clouds apart.
  public static final URI USUAL = URI.create("https://graph.microsoft.com");

  private static final String SELECT =
      String.join(
          ",",
          "id",
          "azureADDeviceId",
          "serialNumber",
          "userPrincipalName",
          "operatingSystem",
          "osVersion",
          "androidSecurityPatchLevel",
          "model",
          "complianceState",
          "isEncrypted",
          "jailBroken",
          "managedDeviceOwnerType",
          "partnerReportedThreatState",
          "managementAgent",
          "lastSyncDateTime");

  private static final int PAGE = 500;

  private final String id;
  private final URI graph;
  private final Api api;

  /// @param graph where Graph is, without a path
  public Intune(String id, URI graph, Api api) {
    this.id = id;
    this.graph = graph;
    this.api = api;
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public Page read(Optional<String> cursor) throws Unavailable {
    var answer =
        api.get(
            cursor.isPresent() ? here(cursor.get()) : first(),
            cursor.isPresent() ? Api.Page.LATER : Api.Page.FIRST);
    var listed = Listed.read(answer.path("value"), ManagedDevice::read);
    var next = Listed.text(answer.path("@odata.nextLink"));
    if (next.isPresent()) here(next.get());
    return listed.page(cursor, next);
  }

  private URI first() {
    return URI.create(
        graph + "/v1.0/deviceManagement/managedDevices?$select=" + SELECT + "&$top=" + PAGE);
  }

  /// The next page, if it is the same list at the same Graph: the access token goes nowhere else.
  private URI here(String link) throws Unavailable {
    try {
      var address = URI.create(link);
      if (link.startsWith(graph + "/v1.0/deviceManagement/managedDevices?")
          && address.getRawFragment() == null) return address;
    } catch (IllegalArgumentException e) {
      throw elsewhere();
    }
    throw elsewhere();
  }

  private static Unavailable elsewhere() {
    return new Unavailable(
        Reason.GARBAGE, "the next page is not of this list at this Graph", Optional.empty());
  }
}
