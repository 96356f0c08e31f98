// SPDX-License-Identifier: Apache-2.0
package dev.vigil.gateway;

import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.OpenSslSessionContext;
import io.netty.handler.ssl.OpenSslSessionTicketKey;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLException;

/// TLS on both sides: BoringSSL where it is available, the platform's own otherwise.
final class Tls {

  private Tls() {}

  private static SslProvider provider() {
    return OpenSsl.isAvailable() ? SslProvider.OPENSSL : SslProvider.JDK;
  }

  /// For clients: TLS 1.3 only (RFC 8446), a certificate required, HTTP/2 preferred. Sessions may
  /// be resumed by ticket.
  static SslContext server(ServerIdentity identity, DeviceTrust trust) throws SSLException {
    var context =
        SslContextBuilder.forServer(identity.key(), identity.chain())
            .sslProvider(provider())
            .protocols("TLSv1.3")
            .clientAuth(ClientAuth.REQUIRE)
            .trustManager(trust)
            .applicationProtocolConfig(
                new ApplicationProtocolConfig(
                    ApplicationProtocolConfig.Protocol.ALPN,
                    ApplicationProtocolConfig.SelectorFailureBehavior.NO_ADVERTISE,
                    ApplicationProtocolConfig.SelectedListenerFailureBehavior.ACCEPT,
                    ApplicationProtocolNames.HTTP_2,
                    ApplicationProtocolNames.HTTP_1_1))
            .build();
    if (context.sessionContext() instanceof OpenSslSessionContext sessions)
      sessions.setTicketKeys(new OpenSslSessionTicketKey[0]);
    return context;
  }

  /// For upstreams: certificate and host name are checked.
  static SslContext client(List<X509Certificate> anchors) throws SSLException {
    var builder =
        SslContextBuilder.forClient()
            .sslProvider(provider())
            .endpointIdentificationAlgorithm("HTTPS");
    return (anchors.isEmpty() ? builder : builder.trustManager(anchors)).build();
  }
}
