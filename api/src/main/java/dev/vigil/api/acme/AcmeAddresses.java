// SPDX-License-Identifier: Apache-2.0
package dev.vigil.api.acme;

import dev.vigil.pki.acme.Account;
import dev.vigil.pki.acme.OrderName;
import java.net.URI;
import java.util.Optional;
import java.util.regex.Pattern;

/// The addresses of the ACME server, as they stand in messages.
///
/// @param origin without a path
public record AcmeAddresses(URI origin) {

  private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,63}");

  static final String DIRECTORY = "/acme/directory";
  static final String NEW_NONCE = "/acme/new-nonce";
  static final String NEW_ACCOUNT = "/acme/new-account";
  static final String NEW_ORDER = "/acme/new-order";
  static final String REVOKE = "/acme/revoke-certificate";
  static final String KEY_CHANGE = "/acme/key-change";
  static final String ACCOUNT = "/acme/account/";
  static final String ORDER = "/acme/order/";
  static final String AUTHORIZATION = "/acme/authorization/";
  static final String CHALLENGE = "/acme/challenge/";
  static final String FINALIZE = "/acme/finalize/";
  static final String CERTIFICATE = "/acme/certificate/";

  /// Where clients begin.
  public URI directory() {
    return URI.create(at(DIRECTORY));
  }

  String at(String path) {
    return origin + path;
  }

  String of(Account account) {
    return at(ACCOUNT) + account.id();
  }

  String of(String kind, OrderName order) {
    return at(kind) + order.reveal();
  }

  /// The id in an account's address; empty if it is none of ours.
  Optional<String> accountAt(String address) {
    String prefix = at(ACCOUNT);
    return Optional.of(address)
        .filter(text -> text.startsWith(prefix))
        .map(text -> text.substring(prefix.length()))
        .filter(id -> ID.matcher(id).matches());
  }
}
