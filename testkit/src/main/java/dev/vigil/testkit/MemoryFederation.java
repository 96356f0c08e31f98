// SPDX-License-Identifier: Apache-2.0
package dev.vigil.testkit;

import dev.vigil.admission.Tx.Conflict;
import dev.vigil.admission.federation.FederatedIdentities;
import dev.vigil.admission.federation.FederatedIdentity;
import dev.vigil.admission.federation.SignOn;
import dev.vigil.identity.federation.ProviderId;
import dev.vigil.identity.federation.SubjectKey;
import dev.vigil.kernel.SubjectId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Accounts at other providers, in memory.
final class MemoryFederation implements FederatedIdentities.Changing {

  private static final int LONGEST = 255;

  private final MemoryState state;

  MemoryFederation(MemoryState state) {
    this.state = state;
  }

  @Override
  public Optional<FederatedIdentity> linked(ProviderId provider, SubjectKey key) {
    return Optional.ofNullable(state.links.get(List.of(provider.value(), key.value())));
  }

  @Override
  public List<FederatedIdentity> linksOf(SubjectId subject) {
    return state.links.values().stream().filter(one -> one.subject().equals(subject)).toList();
  }

  @Override
  public Optional<SignOn> signOn(String reference) {
    return Optional.ofNullable(state.federatedSignOns.get(reference));
  }

  @Override
  public List<SignOn> signOns(
      ProviderId provider, Optional<String> upstreamSubject, Optional<String> sid) {
    if (upstreamSubject.isEmpty() && sid.isEmpty()) return List.of();
    return state.federatedSignOns.values().stream()
        .filter(one -> one.provider().equals(provider))
        .filter(one -> upstreamSubject.map(one.upstreamSubject()::equals).orElse(true))
        .filter(one -> sid.isEmpty() || one.sid().equals(sid))
        .toList();
  }

  @Override
  public void put(FederatedIdentity identity) {
    requireSubject(identity.subject());
    if (linked(identity.provider(), identity.key())
        .filter(other -> !other.subject().equals(identity.subject()))
        .isPresent()) throw new Conflict("the account is linked to another subject");
    state.links.put(List.of(identity.provider().value(), identity.key().value()), identity);
  }

  @Override
  public void unlink(ProviderId provider, SubjectKey key) {
    state.links.remove(List.of(provider.value(), key.value()));
  }

  @Override
  public void put(SignOn signOn) {
    requireSubject(signOn.subject());
    if (signOn.upstreamSubject().length() > LONGEST || signOn.sid().orElse("").length() > LONGEST)
      throw new IllegalArgumentException("a text of a sign-in is longer than the store takes");
    state.federatedSignOns.put(signOn.reference(), signOn);
  }

  @Override
  public void end(String reference) {
    state.federatedSignOns.remove(reference);
  }

  @Override
  public int forget(SubjectId subject, Instant before) {
    int all = state.federatedSignOns.size();
    state
        .federatedSignOns
        .values()
        .removeIf(one -> one.subject().equals(subject) && one.at().isBefore(before));
    return all - state.federatedSignOns.size();
  }

  private void requireSubject(SubjectId id) {
    if (!state.subjects.containsKey(id)) throw new Conflict("there is no subject `" + id + "`");
  }
}
