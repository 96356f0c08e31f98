// SPDX-License-Identifier: Apache-2.0
package dev.vigil.gateway;

import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseEncoder;

/// Netty's encoder, told whether the request was a HEAD, whose response has no body (RFC 9110
/// section 9.3.2).
final class Http1Encoder extends HttpResponseEncoder {

  private boolean head;

  void answering(boolean isHead) {
    head = isHead;
  }

  @Override
  protected boolean isContentAlwaysEmpty(HttpResponse response) {
    return head || super.isContentAlwaysEmpty(response);
  }
}
