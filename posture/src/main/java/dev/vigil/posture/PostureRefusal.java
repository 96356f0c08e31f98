// SPDX-License-Identifier: Apache-2.0
package dev.vigil.posture;

import dev.vigil.kernel.Refusal;

/// Why a report is not taken.
public enum PostureRefusal implements Refusal {
  TOO_MANY(
      413, "posture.too-many", "the report holds more than 32 signals", "send each signal once"),
  TWICE(400, "posture.twice", "the report holds a signal twice", "send each signal once"),
  UNKNOWN_SIGNAL(
      400,
      "posture.unknown-signal",
      "there is no signal of this name",
      "send only signals that the facts schema lists"),
  NOT_A_VALUE(
      400,
      "posture.not-a-value",
      "a signal has a value that it cannot have",
      "send the value in the form that the facts schema gives"),
  NOT_REPORTABLE(
      400,
      "posture.not-reportable",
      "a signal is of the kind that only a verified attestation says",
      "leave the signal out, and send the platform's attestation"),
  FROM_THE_FUTURE(
      400,
      "posture.from-the-future",
      "the report holds evidence from the future",
      "set the device's clock, then report again"),
  TOO_OLD(
      400,
      "posture.too-old",
      "the report holds evidence more than ten years old",
      "set the device's clock, then report again");

  private final Wording wording;

  PostureRefusal(int status, String code, String says, String next) {
    this.wording = new Wording(code, status, says, next);
  }

  @Override
  public Wording wording() {
    return wording;
  }
}
