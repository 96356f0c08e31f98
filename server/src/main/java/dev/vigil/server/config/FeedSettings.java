// SPDX-License-Identifier: Apache-2.0
package dev.vigil.server.config;

import dev.vigil.admission.feed.FeedRules;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// A product that is asked what it knows of devices, or sends it by itself.
public record FeedSettings(FeedRules rules, Product product) {

  /// Which product, and how it is reached. Secrets are in files.
  public sealed interface Product permits Intune, WorkspaceOne, ThreatFeed {

    /// The files with secrets.
    List<Path> secrets();
  }

  /// Microsoft Intune over Graph.
  ///
  /// @param login where tokens come from
  public record Intune(String tenant, String clientId, Path secret, URI graph, URI login)
      implements Product {
    @Override
    public List<Path> secrets() {
      return List.of(secret);
    }
  }

  /// Workspace ONE UEM.
  ///
  /// @param url where its API is
  /// @param tenantCode the API key
  /// @param notices what its event notifications prove themselves with
  public record WorkspaceOne(
      URI url, UemAccount account, Optional<Path> tenantCode, Optional<Password> notices)
      implements Product {
    @Override
    public List<Path> secrets() {
      return Stream.of(
              Stream.of(account.secret()),
              tenantCode.stream(),
              notices.map(Password::file).stream())
          .flatMap(one -> one)
          .toList();
    }
  }

  /// A name and the file with its password.
  public record Password(String user, Path file) {}

  /// Who asks Workspace ONE UEM.
  public sealed interface UemAccount {

    Path secret();

    /// An OAuth client.
    ///
    /// @param token where tokens come from
    record Client(URI token, String clientId, Path secret) implements UemAccount {}

    /// An administrator with a password.
    record Administrator(String name, Path secret) implements UemAccount {}
  }
}
