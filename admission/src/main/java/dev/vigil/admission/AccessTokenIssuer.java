// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission;

/// Signs access tokens. A port: the keys are held elsewhere.
@FunctionalInterface
public interface AccessTokenIssuer {

  /// A compact JWT of these claims, issued now.
  String issue(TokenClaims claims);
}
