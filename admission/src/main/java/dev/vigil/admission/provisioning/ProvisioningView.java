// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission.provisioning;

import dev.vigil.kernel.Sha256;
import dev.vigil.kernel.SubjectId;
import java.util.List;
import java.util.Optional;

/// What the store knows of provisioning. A port, part of [dev.vigil.admission.View]. Lists are in
/// the order of creation.
public interface ProvisioningView {

  List<Provider> providers();

  Optional<Provider> provider(ProviderId id);

  /// A token by its digest, expired ones included.
  Optional<ProviderToken> token(Sha256 digest);

  List<ProviderToken> tokensOf(ProviderId provider);

  /// What is known of a person, deleted or not.
  Optional<ProvisionedUser> user(SubjectId subject);

  /// The people of a provider, without the deleted ones.
  List<ProvisionedUser> users(ProviderId provider);

  /// Those of them with this external id.
  List<ProvisionedUser> users(ProviderId provider, String externalId);

  Optional<ProvisionedGroup> group(GroupId id);

  /// By the name that policies use.
  Optional<ProvisionedGroup> groupNamed(String name);

  List<ProvisionedGroup> groups(ProviderId provider);
}
