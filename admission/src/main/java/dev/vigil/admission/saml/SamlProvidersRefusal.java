// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission.saml;

import dev.vigil.kernel.Refusal;

/// Why a service provider was not registered.
public enum SamlProvidersRefusal implements Refusal {
  UNKNOWN(
      "saml-providers.unknown",
      "there is no such service provider",
      "list them and use an id from there",
      404),
  ID(
      "saml-providers.id",
      "this may not be the id of a service provider",
      "use 3 to 63 of `a-z`, `0-9` and `-`, starting with a letter",
      400),
  NAME("saml-providers.name", "a name is one line of at most 128 characters", "shorten it", 400),
  TAKEN(
      "saml-providers.taken",
      "another service provider has this entity ID",
      "remove the other one first, or change the one that is there",
      409),
  ATTRIBUTE(
      "saml-providers.attribute",
      "these may not be the attributes of a service provider",
      "map at most 16 names of at most 256 visible characters to `user-name`, `display-name` or"
          + " `groups`",
      400);

  private final Wording wording;

  SamlProvidersRefusal(String code, String says, String next, int status) {
    this.wording = new Wording(code, status, says, next);
  }

  @Override
  public Wording wording() {
    return wording;
  }
}
