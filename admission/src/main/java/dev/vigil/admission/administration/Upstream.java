// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission.administration;

import dev.vigil.admission.PlainText;
import dev.vigil.kernel.Outcome;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Where an app really is: `http` or `https`, a host, a port; no path, user name, query or
/// fragment.
public record Upstream(URI uri) {

  private static final int MOST = 300;
  private static final Pattern NAME =
      Pattern.compile("[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?|\\[[0-9a-f:.]{2,45}]");
  private static final Pattern NUMERIC = Pattern.compile("(?:^|\\.)(?:[0-9]+|0x[0-9a-f]*)$");
  private static final Pattern QUAD =
      Pattern.compile("(?:(?:0|[1-9][0-9]{0,2})\\.){3}(?:0|[1-9][0-9]{0,2})");

  /// @throws IllegalArgumentException if the address is not such an upstream
  public Upstream {
    if (!normal(uri).equals(uri)) throw new IllegalArgumentException("this is not an upstream");
  }

  /// The upstream that was typed, with scheme and host in lower case.
  public static Outcome<Upstream> of(String typed) {
    try {
      if (typed.length() > MOST) return refused(typed);
      return Outcome.done(new Upstream(normal(new URI(typed))));
    } catch (URISyntaxException | IllegalArgumentException e) {
      return refused(typed);
    }
  }

  private static Outcome<Upstream> refused(String typed) {
    return Outcome.refused(
        AdministrationRefusal.UPSTREAM_FORM, PlainText.shown(typed) + " is not such an address");
  }

  private static URI normal(URI uri) {
    String scheme = lower(uri.getScheme());
    String host = lower(uri.getHost());
    boolean bare =
        uri.getRawUserInfo() == null && uri.getRawQuery() == null && uri.getRawFragment() == null;
    boolean root =
        uri.getRawPath() == null || uri.getRawPath().isEmpty() || uri.getRawPath().equals("/");
    boolean web = scheme.equals("http") || scheme.equals("https");
    if (!bare || !root || !web || !reachable(host) || uri.getPort() > 65_535 || uri.getPort() == 0)
      throw new IllegalArgumentException("this is not an upstream");
    return URI.create(scheme + "://" + host + (uri.getPort() < 0 ? "" : ":" + uri.getPort()));
  }

  /// Link-local addresses are where clouds keep the machine's own credentials; the others are
  /// nowhere. Of the many ways to write an IPv4 address one is understood: four decimal numbers.
  private static boolean reachable(String host) {
    if (!NAME.matcher(host).matches()) return false;
    boolean bracketed = host.startsWith("[");
    if (!bracketed && !NUMERIC.matcher(host).find()) return true;
    if (!bracketed && !QUAD.matcher(host).matches()) return false;
    var address = InetAddress.ofLiteral(bracketed ? host.substring(1, host.length() - 1) : host);
    return !address.isLinkLocalAddress()
        && !address.isAnyLocalAddress()
        && !address.isMulticastAddress();
  }

  private static String lower(@Nullable String part) {
    return part == null ? "" : part.toLowerCase(Locale.ROOT);
  }

  @Override
  public String toString() {
    return uri.toString();
  }
}
