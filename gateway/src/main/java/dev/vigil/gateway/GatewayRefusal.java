// SPDX-License-Identifier: Apache-2.0
package dev.vigil.gateway;

import dev.vigil.kernel.Refusal;

/// Why the enforcement point itself refuses a request, or how it words a decision.
public enum GatewayRefusal implements Refusal {
  MALFORMED(400, "gateway.malformed", "the request does not follow HTTP", "correct the request"),
  PATH(
      400,
      "gateway.path",
      "the path can be read in more than one way",
      "write the path without encoded separators, parameters or steps above the root"),
  HOST(400, "gateway.host", "the request must name exactly one host", "send one host name"),
  HEADER(
      400,
      "gateway.header",
      "a header may stand only once or names what it must not",
      "send each such header once"),
  METHOD(405, "gateway.method", "this method is not served", "use another method"),
  TIMEOUT(
      408,
      "gateway.timeout",
      "the request took too long to arrive",
      "send it again on a better connection"),
  BODY_TOO_LARGE(
      413,
      "gateway.body-too-large",
      "the request's body is larger than is allowed here",
      "send less"),
  URI_TOO_LONG(414, "gateway.uri-too-long", "the address is too long", "shorten the address"),
  EXPECTATION(
      417,
      "gateway.expectation",
      "the expectation cannot be met",
      "send the request without `Expect`"),
  MISDIRECTED(
      421,
      "gateway.misdirected",
      "this connection was opened for another host",
      "open a new connection for this host"),
  HEADERS_TOO_LARGE(
      431,
      "gateway.headers-too-large",
      "the headers are too large or too many",
      "send fewer headers"),
  TUNNEL(501, "gateway.tunnel", "tunnels are not served", "send requests to the app's own address"),
  VERSION(505, "gateway.version", "only HTTP/1.1 and HTTP/2 are served", "use HTTP/1.1 or HTTP/2"),

  STEP_UP(
      401,
      "access.step-up",
      "a further authentication is needed",
      "authenticate as the steps say, then send the request again"),
  REMEDIATE(
      403,
      "access.remediate",
      "the device must be put in order first",
      "follow the steps, then send the request again"),
  DENIED(
      403,
      "access.denied",
      "access is refused",
      "quote the reference to the administrator if you should have access"),
  READ_ONLY(
      403,
      "access.read-only",
      "only reading is allowed now",
      "change nothing, or ask the administrator"),
  OTHER_METHOD(
      403,
      "access.method",
      "this method is not allowed now",
      "use a method that is, or ask the administrator"),
  DOWNLOAD(403, "access.download", "files cannot be downloaded now", "view it in the app instead"),
  APPROVAL_SPENT(
      401,
      "access.approval-spent",
      "the approval of this action is already spent or has expired",
      "approve the action again"),
  APPROVAL_UNKNOWN(
      503, "access.approval-unknown", "the approval could not be spent", "try again in a moment"),
  ENDED(
      403,
      "access.ended",
      "access ended while the request was under way",
      "send the request again"),

  UPSTREAM_UNREACHABLE(
      502,
      "gateway.upstream-unreachable",
      "the app could not be reached",
      "try again; tell the administrator if it lasts"),
  UPSTREAM_BROKEN(
      502,
      "gateway.upstream-broken",
      "the app's answer could not be understood",
      "try again; tell the administrator if it lasts"),
  UPSTREAM_SLOW(504, "gateway.upstream-slow", "the app did not answer in time", "try again later"),
  INTERNAL(
      500,
      "gateway.internal",
      "the request could not be handled",
      "try again; tell the administrator if it lasts");

  private final Wording wording;

  GatewayRefusal(int status, String code, String says, String next) {
    this.wording = new Wording(code, status, says, next);
  }

  @Override
  public Wording wording() {
    return wording;
  }
}
