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

  private final String code;
  private final String says;
  private final String next;
  private final int status;

  ContentRefusal(String code, String says, String next, int status) {
    this.code = code;
    this.says = says;
    this.next = next;
    this.status = status;
  }

  @Override
  public String code() {
    return code;
  }

  @Override
  public String says() {
    return says;
  }

  @Override
  public String next() {
    return next;
  }

  @Override
  public int status() {
    return status;
  }
}
