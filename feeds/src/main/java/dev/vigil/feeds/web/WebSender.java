// SPDX-License-Identifier: Apache-2.0
package dev.vigil.feeds.web;

import dev.vigil.admission.feed.PostureSource.Reason;
import dev.vigil.admission.feed.PostureSource.Unavailable;
import dev.vigil.feeds.said.Api;
import java.net.http.HttpRequest;
import java.util.Optional;

/// Sends what products are asked over the network.
public final class WebSender implements Api.Sender {

  private static final int REDIRECTED = 300;
  private static final int FAILED = 400;

  private final Web web;

  public WebSender(Web web) {
    this.web = web;
  }

  @Override
  public Api.Reply send(HttpRequest.Builder request) throws Unavailable {
    if (!Web.allowed(request.build().uri()))
      throw unavailable(Reason.GARBAGE, "its address is neither https nor this machine");
    var answer = web.send(request);
    if (answer.isEmpty())
      throw unavailable(Reason.DOWN, "it does not answer in time, or with more than we take");
    int status = answer.get().status();
    if (status >= REDIRECTED && status < FAILED)
      throw unavailable(Reason.GARBAGE, "it sends us elsewhere, where we do not go");
    return new Api.Reply(status, answer.get().body(), answer.get().retryAfter());
  }

  private static Unavailable unavailable(Reason reason, String says) {
    return new Unavailable(reason, says, Optional.empty());
  }
}
