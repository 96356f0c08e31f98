// SPDX-License-Identifier: Apache-2.0
package dev.vigil.sdk;

import dev.vigil.sdk.port.StateStore;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Optional;

/// What is known between calls: the durable part, written through the store before it is used. Not
/// shown.
final class Memory {

  private final StateStore store;
  private Optional<Membership> membership = Optional.empty();
  private Optional<String> refreshToken = Optional.empty();

  /// Starts from what the store holds; what cannot be read counts as nothing, and the phone enrols
  /// anew.
  Memory(StateStore store) {
    this.store = store;
    try {
      var json = store.load().flatMap(Json::parse).orElse(Json.EMPTY);
      refreshToken = json.text("refresh_token");
      membership =
          json.text("device_id").isPresent() ? Optional.of(Membership.of(json)) : Optional.empty();
    } catch (IOException | Halt e) {
      membership = Optional.empty();
      refreshToken = Optional.empty();
    }
  }

  synchronized Optional<Membership> membership() {
    return membership;
  }

  synchronized Optional<String> refreshToken() {
    return refreshToken;
  }

  synchronized void keep(Membership received) throws Halt {
    save(Optional.of(received), refreshToken);
  }

  synchronized void keep(String token) throws Halt {
    save(membership, Optional.of(token));
  }

  synchronized void forgetSession() throws Halt {
    save(membership, Optional.empty());
  }

  /// Forgets the enrolment and the session: both were a key's that is no more.
  synchronized void forgetKey() throws IOException {
    if (membership.isEmpty() && refreshToken.isEmpty()) {
      return;
    }
    store.clear();
    membership = Optional.empty();
    refreshToken = Optional.empty();
  }

  private void save(Optional<Membership> newMembership, Optional<String> newToken) throws Halt {
    var members = new LinkedHashMap<String, Object>();
    newMembership.ifPresent(value -> members.putAll(value.write()));
    newToken.ifPresent(value -> members.put("refresh_token", value));
    try {
      store.save(Json.write(members));
    } catch (IOException e) {
      throw Halt.unreadable("the phone's storage does not take the session");
    }
    membership = newMembership;
    refreshToken = newToken;
  }
}
