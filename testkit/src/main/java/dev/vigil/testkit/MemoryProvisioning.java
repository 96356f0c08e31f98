// SPDX-License-Identifier: Apache-2.0
package dev.vigil.testkit;

import dev.vigil.admission.Tx.Conflict;
import dev.vigil.admission.provisioning.GroupId;
import dev.vigil.admission.provisioning.Provider;
import dev.vigil.admission.provisioning.ProviderId;
import dev.vigil.admission.provisioning.ProviderToken;
import dev.vigil.admission.provisioning.ProvisionedGroup;
import dev.vigil.admission.provisioning.ProvisionedUser;
import dev.vigil.admission.provisioning.ProvisioningTx;
import dev.vigil.kernel.Sha256;
import dev.vigil.kernel.SubjectId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// Provisioning in memory. Views hand it out as a view only.
final class MemoryProvisioning implements ProvisioningTx {

  /// What there is, in the order of creation.
  static final class State {
    final Map<ProviderId, Provider> providers = new LinkedHashMap<>();
    final Map<Sha256, ProviderToken> tokens = new LinkedHashMap<>();
    final Map<SubjectId, ProvisionedUser> users = new LinkedHashMap<>();
    final Map<GroupId, ProvisionedGroup> groups = new LinkedHashMap<>();

    void addAll(State other) {
      providers.putAll(other.providers);
      tokens.putAll(other.tokens);
      users.putAll(other.users);
      groups.putAll(other.groups);
    }
  }

  private final Supplier<MemoryState> state;

  /// @param state throws if the change or query is over
  MemoryProvisioning(Supplier<MemoryState> state) {
    this.state = state;
  }

  private State all() {
    return state.get().provisioning;
  }

  @Override
  public List<Provider> providers() {
    return List.copyOf(all().providers.values());
  }

  @Override
  public Optional<Provider> provider(ProviderId id) {
    return Optional.ofNullable(all().providers.get(id));
  }

  @Override
  public Optional<ProviderToken> token(Sha256 digest) {
    return Optional.ofNullable(all().tokens.get(digest));
  }

  @Override
  public List<ProviderToken> tokensOf(ProviderId provider) {
    return all().tokens.values().stream().filter(t -> t.provider().equals(provider)).toList();
  }

  @Override
  public Optional<ProvisionedUser> user(SubjectId subject) {
    return Optional.ofNullable(all().users.get(subject));
  }

  @Override
  public List<ProvisionedUser> users(ProviderId provider) {
    return all().users.values().stream()
        .filter(user -> user.provider().equals(provider) && user.exists())
        .toList();
  }

  @Override
  public List<ProvisionedUser> users(ProviderId provider, String externalId) {
    return users(provider).stream()
        .filter(user -> user.externalId().filter(externalId::equals).isPresent())
        .toList();
  }

  @Override
  public Optional<ProvisionedGroup> group(GroupId id) {
    return Optional.ofNullable(all().groups.get(id));
  }

  @Override
  public Optional<ProvisionedGroup> groupNamed(String name) {
    return all().groups.values().stream().filter(g -> g.name().equals(name)).findFirst();
  }

  @Override
  public List<ProvisionedGroup> groups(ProviderId provider) {
    return all().groups.values().stream().filter(g -> g.provider().equals(provider)).toList();
  }

  @Override
  public void put(Provider provider) {
    provider.machine().ifPresent(this::requireSubject);
    var others = providers().stream().filter(one -> !one.id().equals(provider.id())).toList();
    refuse(
        others.stream().anyMatch(one -> one.name().equals(provider.name())),
        "another provider has this name");
    refuse(
        provider.machine().isPresent()
            && others.stream().anyMatch(one -> one.machine().equals(provider.machine())),
        "another provider has this machine");
    all().providers.put(provider.id(), provider);
  }

  @Override
  public void remove(ProviderId provider) {
    all().tokens.values().removeIf(one -> one.provider().equals(provider));
    all().users.values().removeIf(one -> one.provider().equals(provider));
    all().groups.values().removeIf(one -> one.provider().equals(provider));
    all().providers.remove(provider);
  }

  @Override
  public void put(ProviderToken token) {
    requireProvider(token.provider());
    all().tokens.put(token.digest(), token);
  }

  @Override
  public void removeToken(Sha256 digest) {
    all().tokens.remove(digest);
  }

  @Override
  public void put(ProvisionedUser user) {
    requireSubject(user.subject());
    requireProvider(user.provider());
    TextLimits.check(user);
    all().users.put(user.subject(), user);
  }

  @Override
  public void put(ProvisionedGroup group) {
    requireProvider(group.provider());
    refuse(
        groupNamed(group.name()).filter(other -> !other.id().equals(group.id())).isPresent(),
        "another group has this name");
    TextLimits.check(group);
    all().groups.put(group.id(), group);
  }

  @Override
  public void removeGroup(GroupId id) {
    all().groups.remove(id);
  }

  private void requireProvider(ProviderId id) {
    refuse(!all().providers.containsKey(id), "there is no provider `" + id + "`");
  }

  private void requireSubject(SubjectId id) {
    refuse(!state.get().subjects.containsKey(id), "there is no subject `" + id + "`");
  }

  private static void refuse(boolean contradiction, String why) {
    if (contradiction) throw new Conflict(why);
  }
}
