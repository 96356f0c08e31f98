// SPDX-License-Identifier: Apache-2.0
package dev.vigil.server.config;

import dev.vigil.admission.administration.Publishing.Approval;
import dev.vigil.identity.federation.Provider;
import dev.vigil.identity.passkey.AuthenticatorRule;
import dev.vigil.identity.passkey.Models;
import dev.vigil.kernel.Secret;
import dev.vigil.keys.TokenPlace;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// What one server needs to know before it starts.
///
/// @param dataFolder where state lives
/// @param database where PostgreSQL is; empty for SQLite in the data folder
/// @param keyPasswordFile where the key store's password is, outside the data folder
/// @param keyToken the PKCS#11 token for the authorities' keys; empty for the key store's own file
/// @param face the addresses for phones and people
/// @param gateway the address for apps
/// @param proxies who is believed about a client's address
/// @param approval whether a second person must approve policies
/// @param passkeys which authenticators people may use
/// @param upstreams other OpenID providers through which people sign in
/// @param devices whose word about devices counts
/// @param feeds products that are asked what they know of devices
public record Configuration(
    Path dataFolder,
    Optional<Postgres> database,
    Path keyPasswordFile,
    Optional<TokenPlace> keyToken,
    Face face,
    Gateway gateway,
    Proxies proxies,
    Approval approval,
    Passkeys passkeys,
    List<Upstream> upstreams,
    Devices devices,
    List<FeedSettings> feeds) {

  public Configuration {
    upstreams = List.copyOf(upstreams);
    feeds = List.copyOf(feeds);
  }

  /// The same configuration with another data folder, and the key store's password beside it.
  public Configuration in(Path folder) {
    return new Configuration(
        folder,
        database,
        passwordBeside(folder),
        keyToken,
        face,
        gateway,
        proxies,
        approval,
        passkeys,
        upstreams,
        devices,
        feeds);
  }

  /// Where the key store's password lies unless something else is configured: beside the data
  /// folder, never in it.
  static Path passwordBeside(Path folder) {
    return folder.resolveSibling(folder.getFileName() + ".key-password");
  }

  /// Another OpenID provider.
  ///
  /// @param secretFile where our secret there is; empty to prove who asks with our own key
  /// @param graph where Microsoft Graph is
  public record Upstream(Provider provider, Optional<Path> secretFile, URI graph) {

    /// Whether the secret lies in this folder, where no secret may lie.
    public boolean secretIn(Path folder) {
      return secretFile.filter(file -> file.normalize().startsWith(folder.normalize())).isPresent();
    }
  }

  /// Address blocks (CIDR) of what stands between phones and the gateway.
  ///
  /// @param proxyProtocol load balancers that begin each connection with the PROXY protocol
  /// @param forwarded proxies whose `Forwarded` header (RFC 7239) is believed
  public record Proxies(List<String> proxyProtocol, List<String> forwarded) {
    public Proxies {
      proxyProtocol = List.copyOf(proxyProtocol);
      forwarded = List.copyOf(forwarded);
    }
  }

  /// Which authenticators people may use, and what is known of their models.
  public record Passkeys(Optional<Metadata> metadata, List<AuthenticatorRule> rules) {
    public Passkeys {
      rules = List.copyOf(rules);
    }
  }

  /// FIDO metadata of authenticator models.
  ///
  /// @param source where the blob is
  /// @param signer who must have signed them
  public record Metadata(Document source, Models.Signer signer) {}

  /// A PostgreSQL database.
  ///
  /// @param url a JDBC URL without user and password
  public record Postgres(String url, String user, Secret password) {}

  /// The addresses for phones and people.
  ///
  /// @param listen where the HTTPS port listens
  /// @param issuer the URL by which phones know this server (RFC 8414 issuer); chosen once
  /// @param browser the origin of the pages; plain `http://localhost` or the issuer itself
  /// @param mutualTls where the RFC 8705 section 5 endpoints listen
  /// @param certificate the server's certificate and key; empty for one of Vigil's own
  public record Face(
      InetSocketAddress listen,
      URI issuer,
      URI browser,
      InetSocketAddress mutualTls,
      Optional<ServerCertificate> certificate) {

    /// The WebAuthn relying party id: the host of the pages. Chosen once.
    public String relyingPartyId() {
      return browser.getHost();
    }

    /// Whether the pages are on a plain loopback port of their own.
    public boolean plainLoopbackPages() {
      return "http".equals(browser.getScheme());
    }
  }

  /// A certificate chain and its key, both PEM.
  public record ServerCertificate(Path chain, Path key) {}

  /// The address for apps.
  ///
  /// @param url how phones reach it; its host stands in the server certificate
  /// @param appDomains apps live one name below one of these, such as `banking.apps.bank.example`;
  ///   the server certificate is good for them
  public record Gateway(InetSocketAddress listen, URI url, List<String> appDomains) {
    public Gateway {
      appDomains = List.copyOf(appDomains);
    }
  }
}
