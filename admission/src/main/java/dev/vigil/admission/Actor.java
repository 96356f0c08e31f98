// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission;

import dev.vigil.kernel.DeviceId;
import dev.vigil.kernel.SessionId;
import dev.vigil.kernel.SubjectId;

/// Who causes a change.
public sealed interface Actor {

  /// Vigil itself: expiry, start-up, the command line on the machine.
  Actor SYSTEM = new Itself();

  /// The id that events name.
  String id();

  /// A person, in one of the person's sessions.
  record Person(SubjectId subject, SessionId session) implements Actor {
    @Override
    public String id() {
      return subject.value();
    }
  }

  /// A device speaking for itself, by proof of its key.
  record Machine(DeviceId device) implements Actor {
    @Override
    public String id() {
      return device.value();
    }
  }

  /// An identity platform that keeps people and groups here.
  record Provisioner(String provider) implements Actor {
    @Override
    public String id() {
      return provider;
    }
  }

  /// Nobody outside.
  record Itself() implements Actor {
    @Override
    public String id() {
      return "system";
    }
  }
}
