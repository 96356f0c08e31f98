// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission.webhook;

import dev.vigil.kernel.Refusal;

/// Why what a product sent was not taken.
public enum WebhookRefusal implements Refusal {
  SOURCE(
      "webhook.source",
      "no product with this name may send signals here",
      "check the address; names are those of `devices.feeds` in the configuration",
      404),
  HEADERS(
      "webhook.headers",
      "the message lacks `webhook-id`, `webhook-timestamp` or `webhook-signature`, or they are not"
          + " of their form",
      "sign the message as the Standard Webhooks specification says",
      400),
  SIGNATURE(
      "webhook.signature",
      "no signature of the message is by a secret of this source",
      "sign `id.timestamp.content` with the secret that is configured, by HMAC-SHA256",
      401),
  STALE(
      "webhook.stale",
      "the message was signed more than five minutes ago, or in the future",
      "sign it anew with the present time; check the clock",
      401),
  REPLAYED(
      "webhook.replayed",
      "a message with this id was taken already",
      "do not send it again; a new message needs a new id",
      409),
  CONTENT(
      "webhook.content",
      "the message is not of the form that is documented",
      "correct what the detail says, then send it again",
      400),
  SIGNAL(
      "webhook.signal",
      "this source may not say such signals",
      "leave the signal out, or allow it in the configuration of the source",
      403);

  private final Wording wording;

  WebhookRefusal(String code, String says, String next, int status) {
    this.wording = new Wording(code, status, says, next);
  }

  @Override
  public Wording wording() {
    return wording;
  }
}
