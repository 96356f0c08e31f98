// SPDX-License-Identifier: Apache-2.0
package dev.vigil.policy;

import java.time.Instant;

/// What a decision is made of: one snapshot per entity and the time. Nothing else influences a
/// decision.
public record AccessRequest(
    Facts subject,
    Facts authentication,
    Facts device,
    Facts connection,
    Facts network,
    Facts risk,
    Facts app,
    Facts request,
    Instant at) {

  /// The snapshot about an entity.
  public Facts about(Entity entity) {
    return switch (entity) {
      case SUBJECT -> subject;
      case AUTHENTICATION -> authentication;
      case DEVICE -> device;
      case CONNECTION -> connection;
      case NETWORK -> network;
      case RISK -> risk;
      case APP -> app;
      case REQUEST -> request;
    };
  }

  /// The same request with one snapshot replaced by another of the same entity.
  public AccessRequest with(Facts other) {
    return new AccessRequest(
        pick(subject, other),
        pick(authentication, other),
        pick(device, other),
        pick(connection, other),
        pick(network, other),
        pick(risk, other),
        pick(app, other),
        pick(request, other),
        at);
  }

  /// The same request at another time.
  public AccessRequest at(Instant time) {
    return new AccessRequest(
        subject, authentication, device, connection, network, risk, app, request, time);
  }

  private static Facts pick(Facts mine, Facts other) {
    return mine.entity() == other.entity() ? other : mine;
  }
}
