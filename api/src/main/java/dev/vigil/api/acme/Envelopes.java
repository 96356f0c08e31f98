// SPDX-License-Identifier: Apache-2.0
package dev.vigil.api.acme;

import dev.vigil.admission.StrictJson;
import dev.vigil.admission.acme.AcmeAccounts;
import dev.vigil.api.http.Request;
import dev.vigil.kernel.Bytes;
import dev.vigil.kernel.Entropy;
import dev.vigil.kernel.Outcome;
import dev.vigil.kernel.TimeSource;
import dev.vigil.pki.acme.Account;
import dev.vigil.pki.acme.AccountKey;
import dev.vigil.pki.acme.AcmeRefusal;
import dev.vigil.pki.acme.Nonces;
import dev.vigil.pki.acme.SignedRequest;
import dev.vigil.pki.acme.SignedRequest.Signer;
import tools.jackson.databind.node.ObjectNode;

/// Opens signed requests: by whom, for exactly this address, never twice (RFC 8555 sections 6.2 to
/// 6.5).
final class Envelopes {

  private final AcmeAccounts accounts;
  private final AcmeAddresses addresses;
  private final Nonces nonces = new Nonces();
  private final TimeSource time;
  private final Entropy entropy;

  Envelopes(AcmeAccounts accounts, AcmeAddresses addresses, TimeSource time, Entropy entropy) {
    this.accounts = accounts;
    this.addresses = addresses;
    this.time = time;
    this.entropy = entropy;
  }

  /// What was signed, and by whom.
  sealed interface Opened {
    Bytes payload();

    /// By a key of no account, or of none that was named.
    record ByKey(AccountKey key, Bytes payload) implements Opened {}

    /// By an account whose requests are answered.
    record ByAccount(Account account, Bytes payload) implements Opened {

      /// Whether it only wants to see (section 6.3).
      boolean asGet() {
        return payload.size() == 0;
      }
    }
  }

  String freshNonce() {
    return nonces.next(entropy, time.now());
  }

  /// By an account; every path but two asks for one.
  Outcome<Opened.ByAccount> byAccount(Request request) {
    return open(request)
        .then(opened ->
            opened instanceof Opened.ByAccount by
                ? Outcome.done(by)
                : Outcome.refused(AcmeRefusal.MALFORMED, "name the account in `kid`"));
  }

  /// By the key itself, of an account to be.
  Outcome<Opened.ByKey> byKey(Request request) {
    return open(request)
        .then(opened ->
            opened instanceof Opened.ByKey by
                ? Outcome.done(by)
                : Outcome.refused(AcmeRefusal.MALFORMED, "send the key in `jwk`"));
  }

  /// By either.
  Outcome<Opened> open(Request request) {
    return SignedRequest.read(request.body())
        .then(signed ->
            signed.url().equals(addresses.at(request.path()))
                ? verified(signed).then(opened -> once(signed, opened))
                : Outcome.refused(AcmeRefusal.URL));
  }

  private Outcome<Opened> verified(SignedRequest signed) {
    return switch (signed.signer()) {
      case Signer.Key(AccountKey key) ->
          signed.verify(key).map(payload -> new Opened.ByKey(key, payload));
      case Signer.Account(String address) ->
          addresses
              .accountAt(address)
              .map(accounts::find)
              .orElseGet(() -> Outcome.refused(AcmeRefusal.ACCOUNT_UNKNOWN))
              .then(account ->
                  signed
                      .verify(account.key())
                      .map(payload -> new Opened.ByAccount(account, payload)));
    };
  }

  private Outcome<Opened> once(SignedRequest signed, Opened opened) {
    return signed.nonce().filter(nonce -> nonces.spend(nonce, time.now())).isPresent()
        ? Outcome.done(opened)
        : Outcome.refused(AcmeRefusal.NONCE);
  }

  /// The payload as a JSON object.
  static Outcome<ObjectNode> json(Opened opened) {
    try {
      return Outcome.done(StrictJson.object(opened.payload().toArray()));
    } catch (StrictJson.Malformed e) {
      return Outcome.refused(AcmeRefusal.MALFORMED, e.says());
    }
  }
}
