// SPDX-License-Identifier: Apache-2.0
package dev.vigil.server;

import dev.vigil.admission.administration.SigningKeys;
import dev.vigil.kernel.Outcome;
import dev.vigil.keys.KeyPurpose;
import dev.vigil.keys.KeyRefusal;
import dev.vigil.keys.KeyRing;
import dev.vigil.keys.ShownKey;
import dev.vigil.pki.Branch;
import dev.vigil.posture.Device;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// The key store as administration sees it.
///
/// @param keys the key store
record HeldKeys(KeyRing keys) implements SigningKeys {

  @Override
  public List<Key> list() {
    return keys.shown().stream().map(HeldKeys::shown).toList();
  }

  @Override
  public Outcome<Key> rotate(String purpose, Former former) {
    var old =
        switch (former) {
          case STILL_BELIEVED -> KeyRing.Old.STILL_VERIFIES;
          case DISTRUSTED -> KeyRing.Old.DISTRUSTED;
        };
    return Arrays.stream(KeyPurpose.values())
        .filter(one -> one.label().equals(purpose))
        .findFirst()
        .map(found -> keys.rotate(found, old).map(this::shown))
        .orElseGet(() -> Outcome.refused(KeyRefusal.PURPOSE_UNKNOWN));
  }

  private Key shown(KeyPurpose purpose) {
    return keys.shown().stream()
        .filter(one -> one.purpose() == purpose)
        .map(HeldKeys::shown)
        .findFirst()
        .orElseThrow();
  }

  private static Key shown(ShownKey one) {
    var certificate = one.certificate();
    return new Key(
        one.purpose().label(),
        one.purpose().branch().map(HeldKeys::kind),
        place(one.place()),
        certificate.getNotBefore().toInstant(),
        certificate.getNotAfter().toInstant(),
        one.retired().stream().map(old -> new Retired(old.at(), former(old.old()))).toList());
  }

  private static Place place(ShownKey.Place place) {
    return switch (place) {
      case FILE -> Place.FILE;
      case TOKEN -> Place.TOKEN;
      case TOKEN_AWAY -> Place.TOKEN_AWAY;
    };
  }

  private static Former former(KeyRing.Old old) {
    return switch (old) {
      case STILL_VERIFIES -> Former.STILL_BELIEVED;
      case DISTRUSTED -> Former.DISTRUSTED;
    };
  }

  @Override
  public Optional<Instant> distrustedAt(Device.Kind kind) {
    return Arrays.stream(Branch.values())
        .filter(branch -> kind(branch) == kind)
        .findFirst()
        .flatMap(keys::distrustedAt);
  }

  private static Device.Kind kind(Branch branch) {
    return switch (branch) {
      case DEVICE -> Device.Kind.PHONE;
      case PARTNER -> Device.Kind.PARTNER;
      case WORKLOAD -> Device.Kind.WORKLOAD;
    };
  }
}
