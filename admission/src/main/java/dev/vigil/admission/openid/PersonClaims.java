// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission.openid;

import dev.vigil.identity.oauth.ProofOfKey;
import dev.vigil.kernel.Outcome;
import dev.vigil.kernel.Sha256;
import java.util.LinkedHashMap;
import java.util.Map;

/// What the UserInfo endpoint tells.
public final class PersonClaims {

  private PersonClaims() {}

  /// The claims of the scopes that were granted, and `sub`.
  public static Map<String, Object> userInfo(LiveTokens.Live live) {
    var claims = new LinkedHashMap<String, Object>();
    claims.put("sub", live.subject().id().value());
    claims.putAll(Grants.person(live.subject(), live.token().scopes()));
    return claims;
  }

  /// Whether a proof holds and is by this key.
  public static boolean by(Outcome<ProofOfKey> proof, Sha256 key) {
    return proof instanceof Outcome.Done<ProofOfKey>(ProofOfKey good) && good.key().equals(key);
  }
}
