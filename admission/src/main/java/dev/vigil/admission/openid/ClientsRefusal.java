// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission.openid;

import dev.vigil.kernel.Refusal;

/// Why a client was not registered.
public enum ClientsRefusal implements Refusal {
  UNKNOWN(
      "clients.unknown",
      "there is no such client",
      "list the clients and use an id from there",
      404),
  ID(
      "clients.id",
      "this may not be the id of a client",
      "use 3 to 63 of `a-z`, `0-9` and `-`, starting with a letter, and not with `vigil`",
      400),
  NAME("clients.name", "a client's name is one line of at most 128 characters", "shorten it", 400),
  REDIRECT(
      "clients.redirect",
      "this address may not be registered",
      "use `https://` with a lower-case host and a plain path; native apps may also use"
          + " `http://127.0.0.1/...` or a private scheme such as `com.example.app:/callback`",
      400),
  KEYS(
      "clients.keys",
      "these are not the public keys of a client",
      "give a JWK set of one to eight public P-256 keys, each with a `kid` of its own",
      400),
  METHOD(
      "clients.method",
      "a client of this kind does not authenticate like that",
      "web clients and services use keys or certificates, never a secret; native apps have neither",
      400),
  SCOPE(
      "clients.scope",
      "this may not be a scope",
      "use `openid`, `profile`, `email`, `groups`, `offline_access`, or names like `orders.read`",
      400),
  PROFILE(
      "clients.profile",
      "the plain profile is for web clients only",
      "leave it out: services and native apps bind their tokens",
      400),
  MACHINE(
      "clients.machine",
      "a service is one of the machines that are registered, and nothing else is",
      "register the machine first with `vigil partner add`, and give its `subject` as `--machine`",
      400),
  EMPTY(
      "clients.empty",
      "a client that people sign in to needs an address to return to",
      "add one",
      400);

  private final Wording wording;

  ClientsRefusal(String code, String says, String next, int status) {
    this.wording = new Wording(code, status, says, next);
  }

  @Override
  public Wording wording() {
    return wording;
  }
}
