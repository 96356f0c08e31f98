// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission.feed;

import dev.vigil.kernel.Refusal;

/// Why a wish about feeds was refused.
public enum FeedRefusal implements Refusal {
  NO_SUCH_FEED(
      "feed.unknown",
      "there is no such feed",
      "list the feeds (`vigil feed list`), or configure it under `devices.feeds`",
      404),
  NAME_FORM(
      "feed.name-form",
      "a feed's name is 1 to 32 of `a-z`, `0-9` and `-`, starting with a letter, and not `sdk`",
      "write it like `inventory`",
      400),
  CONFIGURED(
      "feed.configured",
      "a list cannot be imported under the name of a product that is configured",
      "import it under a name of its own",
      409),
  ID_FORM(
      "feed.id-form",
      "a product's id of a device is 1 to 256 visible characters",
      "copy it from the product",
      400),
  NO_SUCH_DEVICE(
      "feed.no-such-device",
      "there is no such device, or it is revoked",
      "list the devices and use an id from there",
      404),
  NOT_LINKED(
      "feed.not-linked",
      "this id is not linked",
      "list the links of the feed (`vigil feed links`)",
      404),
  LIFETIME(
      "feed.lifetime",
      "what a list says counts from 1 to 720 hours",
      "choose a number of hours from 1 to 720",
      400),
  NOTICE_UNPROVEN(
      "feed.notice-unproven",
      "this is not the name and password that the product was given here",
      "enter the configured ones at the product",
      401),
  NOTICE_FORM(
      "feed.notice-form",
      "this is no message of the product's about one device",
      "have the product send JSON, one event in each message",
      400),
  LIST_FORM(
      "feed.list-form",
      "the list is not in the form that is expected, and nothing of it was taken",
      "correct every line that is named, then import it again",
      400);

  private final Wording wording;

  FeedRefusal(String code, String says, String next, int status) {
    this.wording = new Wording(code, status, says, next);
  }

  @Override
  public Wording wording() {
    return wording;
  }
}
