// SPDX-License-Identifier: Apache-2.0
package dev.vigil.api.authzen;

import dev.vigil.kernel.Refusal;

/// Why a request of the Authorization API was not answered with a decision.
public enum AuthzenRefusal implements Refusal {
  MEMBER(
      "authzen.member",
      "a member of the request is missing or is not what it must be",
      "correct the member named in the detail",
      400),
  TOO_MUCH(
      "authzen.too-much",
      "the request says or asks more than is taken at once",
      "ask in several requests, and leave out what no policy reads",
      400),
  PATH(
      "authzen.path",
      "a path must be absolute and normal: no empty, `.` or `..` segments, no query, no escapes",
      "send the path as the upstream will understand it, without the query",
      400),
  PAGE(
      "authzen.page",
      "this page is not one of this search",
      "search again without a token; everything but the token must stay as it was",
      400),
  REQUEST_ID(
      "authzen.request-id",
      "a request identifier is 1 to 128 visible ASCII characters",
      "send a shorter or plainer `X-Request-ID`, or none",
      400),
  NOT_ITS_APP(
      "authzen.not-its-app",
      "this enforcement point may not ask about this resource",
      "have an administrator add the app or the resource's type to the enforcement point",
      403);

  private final Wording wording;

  AuthzenRefusal(String code, String says, String next, int status) {
    this.wording = new Wording(code, status, says, next);
  }

  @Override
  public Wording wording() {
    return wording;
  }
}
