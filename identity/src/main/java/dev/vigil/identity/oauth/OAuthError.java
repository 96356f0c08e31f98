// SPDX-License-Identifier: Apache-2.0
package dev.vigil.identity.oauth;

import dev.vigil.kernel.Refusal;

/// A refusal that OAuth has a word for.
public interface OAuthError extends Refusal {

  /// The `error` of RFC 6749 and its extensions.
  String error();
}
