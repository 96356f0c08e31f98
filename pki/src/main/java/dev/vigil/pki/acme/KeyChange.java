// SPDX-License-Identifier: Apache-2.0
package dev.vigil.pki.acme;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.util.JSONObjectUtils;
import dev.vigil.kernel.Bytes;
import dev.vigil.kernel.Outcome;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;

/// That the holder of a new key takes over an account (RFC 8555 section 7.3.5).
///
/// @param url that both requests were signed for
/// @param account the account's address
/// @param known its key until now
public record KeyChange(String url, String account, AccountKey known) {

  /// The new key, if its holder signed that it shall replace the known one here.
  ///
  /// @param inner the payload of the account's request
  public Outcome<AccountKey> accept(Bytes inner) {
    return SignedRequest.read(inner)
        .then(request -> {
          boolean fits = request.url().equals(url) && request.nonce().isEmpty();
          if (!fits || !(request.signer() instanceof SignedRequest.Signer.Key(AccountKey fresh)))
            return Outcome.refused(AcmeRefusal.MALFORMED);
          return request.verify(fresh).then(this::names).map(_ -> fresh);
        });
  }

  private Outcome<AccountKey> names(Bytes payload) {
    try {
      var said = SignedRequest.object(new String(payload.toArray(), StandardCharsets.UTF_8));
      var old = JSONObjectUtils.getJSONObject(said, "oldKey");
      if (!account.equals(said.get("account")) || old == null)
        return Outcome.refused(AcmeRefusal.MALFORMED);
      return AccountKey.of(JWK.parse(old))
          .then(key ->
              key.equals(known) ? Outcome.done(key) : Outcome.refused(AcmeRefusal.MALFORMED));
    } catch (ParseException | IllegalArgumentException e) {
      return Outcome.refused(AcmeRefusal.MALFORMED);
    }
  }
}
