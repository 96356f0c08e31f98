// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission.signin;

import java.net.URI;
import java.util.Optional;

/// What keeps a person from an app, and where they can go from there.
///
/// @param app as the person knows it
/// @param path of ours at which this sign-in goes on
/// @param device whether a device of theirs counted in the decision
public record InTheWay(AppDecisions.Answer answer, String app, URI path, boolean device) {

  /// Back to the app, which learns that access was denied.
  public URI back() {
    return URI.create(path + "&declined=1");
  }

  /// To another sign-in, where a phone can be shown beside the browser; empty if one was.
  public Optional<URI> again() {
    return device ? Optional.empty() : Optional.of(URI.create(path + "&again=1"));
  }
}
