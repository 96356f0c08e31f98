// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission.provisioning;

import dev.vigil.kernel.Refusal;

/// Why an administrator's wish about provisioning providers was refused.
public enum ProvidersRefusal implements Refusal {
  NAME_FORM(
      "provisioning.name-form",
      "a provider's name is 1 to 63 of `a-z`, `0-9` and `-`, starting with a letter",
      "write it like `entra`",
      400),
  NAME_TAKEN(
      "provisioning.name-taken",
      "another provider already has this name",
      "choose another name, or rotate the token of the one that has it",
      409),
  NO_SUCH_PROVIDER(
      "provisioning.unknown",
      "there is no such provider",
      "list the providers and use a name from there",
      404),
  NOT_PEOPLE(
      "provisioning.not-people",
      "workloads and agents are not provisioned",
      "choose `employee`, `partner` or `customer`",
      400),
  NOT_A_MACHINE(
      "provisioning.not-a-machine",
      "this is not the name of a registered machine that proves no other provider",
      "register the provider's machine with its certificate first (`vigil partner add`)",
      409),
  TOKEN_LIFE(
      "provisioning.token-life",
      "a token lives from 1 to 366 days",
      "choose a number of days from 1 to 366",
      400),
  TOO_MANY_TOKENS(
      "provisioning.too-many-tokens",
      "a provider has at most 3 valid tokens at a time",
      "end the others with the new one (`--only`)",
      409);

  private final Wording wording;

  ProvidersRefusal(String code, String says, String next, int status) {
    this.wording = new Wording(code, status, says, next);
  }

  @Override
  public Wording wording() {
    return wording;
  }
}
