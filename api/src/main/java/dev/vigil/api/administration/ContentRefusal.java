// SPDX-License-Identifier: Apache-2.0
package dev.vigil.api.administration;

import dev.vigil.kernel.Refusal;

/// Why the content of an administrative request was not understood.
public enum ContentRefusal implements Refusal {
  UNKNOWN_MEMBER(
      "content.unknown-member",
      "the content has a member that is not known here",
      "leave it out, or correct its name",
      400),
  MISSING_MEMBER(
      "content.missing-member",
      "the content lacks a member",
      "add the member named in the detail",
      400),
  MEMBER_TYPE(
      "content.member-type",
      "a member of the content has another type than it must have",
      "correct the member named in the detail",
      400),
  MEMBER_VALUE(
      "content.member-value",
      "a member of the content has a value that is not known",
      "use one of the values in the detail",
      400),
  PARAMETER(
      "content.parameter",
      "a parameter of the query cannot be understood",
      "correct the parameter named in the detail",
      400);

  private final Wording wording;

  ContentRefusal(String code, String says, String next, int status) {
    this.wording = new Wording(code, status, says, next);
  }

  @Override
  public Wording wording() {
    return wording;
  }
}
