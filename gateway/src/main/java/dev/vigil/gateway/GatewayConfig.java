// SPDX-License-Identifier: Apache-2.0
package dev.vigil.gateway;

import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.util.List;

/// How a gateway is set up. What protects is on by default.
///
/// @param listen where phones connect; port 0 takes any free one
/// @param clientAnchors the authorities that device, partner and workload certificates are issued
///   by
/// @param upstreamAnchors whom upstreams' certificates are checked against; empty for the system's
///   own list
/// @param proxyProtocolPeers load balancers that must announce the client's address by PROXY
///   protocol version 2
/// @param forwardedPeers proxies whose `Forwarded` header (RFC 7239) is believed
/// @param loops how many event loops
public record GatewayConfig(
    InetSocketAddress listen,
    ServerIdentity identity,
    List<X509Certificate> clientAnchors,
    List<X509Certificate> upstreamAnchors,
    List<Cidr> proxyProtocolPeers,
    List<Cidr> forwardedPeers,
    Limits limits,
    int loops) {

  /// @throws IllegalArgumentException if no client certificate could be trusted or there is no loop
  public GatewayConfig {
    if (clientAnchors.isEmpty())
      throw new IllegalArgumentException("without a client authority no phone could connect");
    if (loops < 1) throw new IllegalArgumentException("at least one event loop is needed");
    clientAnchors = List.copyOf(clientAnchors);
    upstreamAnchors = List.copyOf(upstreamAnchors);
    proxyProtocolPeers = List.copyOf(proxyProtocolPeers);
    forwardedPeers = List.copyOf(forwardedPeers);
  }

  /// Phones connect straight, upstreams are trusted as the system trusts, one loop for each core.
  public GatewayConfig(
      InetSocketAddress listen, ServerIdentity identity, List<X509Certificate> clientAnchors) {
    this(
        listen,
        identity,
        clientAnchors,
        List.of(),
        List.of(),
        List.of(),
        Limits.STANDARD,
        Runtime.getRuntime().availableProcessors());
  }

  public GatewayConfig with(Limits other) {
    return new GatewayConfig(
        listen,
        identity,
        clientAnchors,
        upstreamAnchors,
        proxyProtocolPeers,
        forwardedPeers,
        other,
        loops);
  }

  public GatewayConfig withUpstreamAnchors(List<X509Certificate> anchors) {
    return new GatewayConfig(
        listen,
        identity,
        clientAnchors,
        anchors,
        proxyProtocolPeers,
        forwardedPeers,
        limits,
        loops);
  }

  /// Believes these load balancers and these proxies about a client's address.
  public GatewayConfig withProxies(List<Cidr> proxyProtocol, List<Cidr> forwarded) {
    return new GatewayConfig(
        listen, identity, clientAnchors, upstreamAnchors, proxyProtocol, forwarded, limits, loops);
  }

  public GatewayConfig withLoops(int count) {
    return new GatewayConfig(
        listen,
        identity,
        clientAnchors,
        upstreamAnchors,
        proxyProtocolPeers,
        forwardedPeers,
        limits,
        count);
  }
}
