// SPDX-License-Identifier: Apache-2.0
package dev.vigil.identity.scim;

import dev.vigil.kernel.Refusal;

/// Why a provisioning request was refused, with the `scimType` of RFC 7644 section 3.12, table 9.
public enum ScimRefusal implements Refusal {
  FILTER(
      "scim.filter",
      "invalidFilter",
      "the filter cannot be read",
      "write it like `userName eq \"alice@bank.example\"`",
      400),
  FILTER_LONG(
      "scim.filter-too-long",
      "invalidFilter",
      "the filter or path is longer than 2000 characters",
      "ask in several requests",
      413),
  FILTER_COMPLEX(
      "scim.filter-too-complex",
      "tooMany",
      "the filter has more than 32 comparisons or is nested more than 8 deep",
      "ask in several requests",
      400),
  PATH(
      "scim.path",
      "invalidPath",
      "the path names no attribute that is known here",
      "take the attribute out of the provider's mapping, or name one of `/Schemas`",
      400),
  NO_TARGET(
      "scim.no-target",
      "noTarget",
      "the path finds no value to change",
      "read the resource again, then name a value that it has",
      400),
  SYNTAX(
      "scim.syntax",
      "invalidSyntax",
      "the content is no SCIM message of this kind",
      "send one JSON object as RFC 7644 describes it, at most 32 levels deep",
      400),
  VALUE(
      "scim.value",
      "invalidValue",
      "a value does not fit its attribute",
      "correct the value or the provider's mapping of this attribute",
      400),
  TOO_MANY_VALUES(
      "scim.too-many-values",
      "tooMany",
      "there are more values or operations in one request than are taken",
      "send at most 100 operations, 2000 members and 50 values of any other attribute at once",
      400),
  TOO_LARGE(
      "scim.too-large",
      "tooMany",
      "the attributes of one person are more than 32 KiB",
      "map fewer or shorter attributes",
      413),
  MUTABILITY(
      "scim.mutability",
      "mutability",
      "this attribute cannot be changed by provisioning",
      "take the attribute out of the provider's mapping",
      400),
  TAKEN(
      "scim.taken",
      "uniqueness",
      "another resource already has this name",
      "choose another name, or let an administrator of Vigil rename, link or remove the one that"
          + " has it",
      409),
  VERSION(
      "scim.version",
      "invalidVers",
      "the resource has changed since the version in `If-Match`",
      "read it again and decide on its current version",
      412),
  UNKNOWN(
      "scim.unknown",
      "",
      "there is no such resource of this provider",
      "search for it by name; what was deleted stays deleted",
      404),
  LAST_ADMINISTRATOR(
      "scim.last-administrator",
      "mutability",
      "this would leave nobody who can administer Vigil",
      "make somebody else an administrator in Vigil first, and have them sign in with their"
          + " passkey",
      409),
  UNSUPPORTED(
      "scim.unsupported",
      "",
      "this part of SCIM is not offered here",
      "read `/ServiceProviderConfig` for what is",
      501),
  TOKEN(
      "scim.token",
      "",
      "this is no valid token or certificate of a provisioning provider",
      "ask an administrator of Vigil for a new token (`vigil provisioning rotate`)",
      401),
  TOO_OFTEN(
      "scim.too-often",
      "tooMany",
      "this provider asks more often than it may",
      "wait as long as the `Retry-After` header says",
      429);

  private final Wording wording;
  private final String type;

  ScimRefusal(String code, String type, String says, String next, int status) {
    this.wording = new Wording(code, status, says, next);
    this.type = type;
  }

  @Override
  public Wording wording() {
    return wording;
  }

  /// The `scimType`; empty where the standard has none.
  public String type() {
    return type;
  }
}
