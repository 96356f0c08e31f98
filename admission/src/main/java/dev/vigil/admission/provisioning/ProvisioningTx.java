// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission.provisioning;

import dev.vigil.admission.Tx;
import dev.vigil.kernel.Sha256;

/// Changes of what the store knows of provisioning, within a [Tx]. `put` inserts or replaces by id
/// and throws [Tx.Conflict] if it names a provider or subject that is not stored.
public interface ProvisioningTx extends ProvisioningView {

  /// @throws Tx.Conflict if another provider has the name or the machine
  void put(Provider provider);

  /// Removes a provider with its tokens, groups and what it said of people; the people stay.
  void remove(ProviderId provider);

  void put(ProviderToken token);

  void removeToken(Sha256 digest);

  void put(ProvisionedUser user);

  /// @throws Tx.Conflict if another group has the name
  void put(ProvisionedGroup group);

  void removeGroup(GroupId id);
}
