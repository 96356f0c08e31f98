// SPDX-License-Identifier: Apache-2.0
package dev.vigil.identity.passkey;

import java.util.List;

/// What both ceremonies insist upon. There is one value outside tests, [#OURS]; samples that others
/// published did not all verify the person.
///
/// @param algorithms COSE numbers of the signature algorithms offered
record Wanted(Person person, List<Long> algorithms) {

  /// The person is verified, the algorithms are those offered.
  static final Wanted OURS = new Wanted(Person.VERIFIED, Ceremonies.ALGORITHMS);

  Wanted {
    algorithms = List.copyOf(algorithms);
  }

  /// What the authenticator must have done with the person in front of it.
  enum Person {
    VERIFIED,
    PRESENT
  }

  boolean verified() {
    return person == Person.VERIFIED;
  }
}
