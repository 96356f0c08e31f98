// SPDX-License-Identifier: Apache-2.0
package dev.vigil.sdk;

import java.net.URI;
import java.util.regex.Pattern;

/// The address with which a sign-in page opens the phone's app: the scheme of the profile's
/// redirect address, then `:/device?ticket=...`. Anybody can make one, so nothing of it but the
/// ticket is used.
///
/// @param ticket the page's secret, base64url
record DeviceLink(String ticket) {

  private static final Pattern LINK =
      Pattern.compile("([a-z][a-z0-9+.-]*):/device\\?ticket=([A-Za-z0-9_-]{22,128})");

  /// What stands in the link, if it is one for this app.
  static DeviceLink of(URI link, Profile profile) throws Halt {
    var parts = LINK.matcher(link.toString());
    if (!parts.matches() || !parts.group(1).equals(profile.redirect().getScheme())) {
      throw Halt.untrusted("the link does not come from a sign-in page");
    }
    return new DeviceLink(parts.group(2));
  }

  @Override
  public String toString() {
    return "DeviceLink(hidden)";
  }
}
