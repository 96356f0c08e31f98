// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission.saml;

import dev.vigil.admission.Changes;
import dev.vigil.admission.PlainText;
import dev.vigil.admission.Work;
import dev.vigil.admission.administration.Mandate;
import dev.vigil.identity.saml.NameIdFormat;
import dev.vigil.identity.saml.RegisteredProvider;
import dev.vigil.identity.saml.RegisteredProvider.Attribute;
import dev.vigil.identity.saml.RegisteredProvider.Option;
import dev.vigil.identity.saml.SamlRefusal;
import dev.vigil.identity.saml.ServiceProvider;
import dev.vigil.identity.saml.SpMetadata;
import dev.vigil.kernel.AppId;
import dev.vigil.kernel.Bytes;
import dev.vigil.kernel.Outcome;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Registers SAML service providers from their metadata, and removes them with every sign-in there.
public final class SamlProviders {

  private static final int LONGEST = 65_536;
  private static final int MOST_ATTRIBUTES = 16;

  private final Changes changes;

  public SamlProviders(Changes changes) {
    this.changes = changes;
  }

  /// A provider as an administrator describes it.
  ///
  /// @param metadata the provider's own file
  /// @param format how people are named; empty for what the metadata ask for first
  public record Draft(
      String id,
      String name,
      AppId app,
      String metadata,
      Optional<NameIdFormat> format,
      Map<String, Attribute> attributes,
      Set<Option> options) {
    public Draft {
      attributes = Map.copyOf(attributes);
      options = Set.copyOf(options);
    }
  }

  /// Every provider, in the order of registration.
  public List<RegisteredProvider> list() {
    return changes.read(view -> view.saml().providers());
  }

  /// One provider.
  public Outcome<RegisteredProvider> show(String id) {
    return known(changes.read(view -> view.saml().provider(id)));
  }

  private static Outcome<RegisteredProvider> known(Optional<RegisteredProvider> found) {
    return found.map(Outcome::done).orElseGet(() -> Outcome.refused(SamlProvidersRefusal.UNKNOWN));
  }

  /// Registers a provider, or replaces the one of this id.
  public Outcome<RegisteredProvider> put(Mandate mandate, Draft draft) {
    return sound(draft)
        .then(one ->
            changes.commit(
                mandate.by(),
                work -> {
                  var saml = work.tx().saml();
                  boolean taken =
                      saml.entity(one.described().entityId())
                          .filter(other -> !other.id().equals(one.id()))
                          .isPresent();
                  if (taken) return Outcome.refused(SamlProvidersRefusal.TAKEN);
                  boolean known = saml.provider(one.id()).isPresent();
                  saml.put(one);
                  note(work, known ? "saml-provider-changed" : "saml-provider-added", mandate, one);
                  return Outcome.done(one);
                }));
  }

  private static Outcome<RegisteredProvider> sound(Draft draft) {
    if (!RegisteredProvider.isId(draft.id())) return Outcome.refused(SamlProvidersRefusal.ID);
    if (!PlainText.fits(draft.name(), 128)) return Outcome.refused(SamlProvidersRefusal.NAME);
    boolean named = draft.attributes().keySet().stream().allMatch(SamlProviders::visible);
    if (!named || draft.attributes().size() > MOST_ATTRIBUTES)
      return Outcome.refused(SamlProvidersRefusal.ATTRIBUTE);
    if (draft.metadata().length() > LONGEST)
      return Outcome.refused(SamlRefusal.TOO_LARGE, "at most " + LONGEST + " characters");
    return SpMetadata.read(Bytes.of(draft.metadata().getBytes(StandardCharsets.UTF_8)))
        .map(described -> registered(draft, described));
  }

  private static boolean visible(String name) {
    return !name.isEmpty()
        && name.length() <= 256
        && name.chars().allMatch(one -> one > 0x20 && one < 0x7f);
  }

  private static RegisteredProvider registered(Draft draft, ServiceProvider described) {
    var wanted = described.formats().stream().findFirst().orElse(NameIdFormat.PERSISTENT);
    return new RegisteredProvider(
        draft.id(),
        draft.name(),
        draft.app(),
        draft.metadata(),
        described,
        draft.format().orElse(wanted),
        draft.attributes(),
        draft.options());
  }

  /// Removes a provider; nobody signs in there from then on. What it holds open itself stays.
  public Outcome<RegisteredProvider> remove(Mandate mandate, String id) {
    return changes.commit(
        mandate.by(),
        work ->
            known(work.tx().saml().provider(id))
                .map(one -> {
                  work.tx().saml().removeProvider(id);
                  note(work, "saml-provider-removed", mandate, one);
                  return one;
                }));
  }

  private static void note(Work work, String type, Mandate mandate, RegisteredProvider one) {
    work.note(
        type,
        mandate.reason().text(),
        Map.of("provider", one.id(), "entity", one.described().entityId()),
        one.app());
  }
}
