// SPDX-License-Identifier: Apache-2.0
package dev.vigil.server.config;

import dev.vigil.gateway.Cidr;
import java.util.List;
import java.util.regex.Pattern;

/// Reads who is believed about a client's address.
final class ProxiesReader {

  private static final Pattern WHOLE_IPV4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}(/\\d{1,2})?");

  private final ConfigurationReader section;

  ProxiesReader(ConfigurationReader section) {
    this.section = section;
  }

  Configuration.Proxies read() {
    return new Configuration.Proxies(
        blocks("gateway.proxy-protocol-from"), blocks("gateway.trusted-proxies"));
  }

  private List<String> blocks(String key) {
    var blocks = section.list(key);
    for (String block : blocks) {
      if (!isBlock(block))
        section.problem(
            key,
            "`" + key + "` takes addresses and blocks such as `10.0.0.0/8`, not `" + block + "`");
    }
    return blocks;
  }

  /// The address must be a literal, and an IPv4 address whole: `10.1/16` would mean another block
  /// than it seems to.
  private static boolean isBlock(String text) {
    if (text.indexOf(':') < 0 && !WHOLE_IPV4.matcher(text).matches()) return false;
    try {
      Cidr.parse(text);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
