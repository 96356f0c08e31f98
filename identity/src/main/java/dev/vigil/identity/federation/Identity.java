// SPDX-License-Identifier: Apache-2.0
package dev.vigil.identity.federation;

import dev.vigil.identity.Authentication;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Who signed in at a provider, and what the provider says of how.
///
/// @param key by which the person is linked
/// @param subject the token's `sub`, by which a logout token may name the person
/// @param sid the provider's session, by which a logout token may name it
/// @param labels what people read; never what anybody is found by
public record Identity(
    ProviderId provider,
    SubjectKey key,
    String subject,
    Optional<String> sid,
    Met met,
    Labels labels,
    Groups groups) {

  /// `amr` values that only our own ceremonies may record (RFC 8176): about keys that we verified
  /// ourselves, and about verifications of the person that an authenticator of ours reported.
  private static final Set<String> OURS =
      Set.of(
          "hwk",
          "swk",
          "sc",
          "pop",
          "user",
          "pin",
          "face",
          "fpt",
          "iris",
          "retina",
          "vbm",
          "federated");

  private static final Pattern METHOD = Pattern.compile("[a-z0-9][a-z0-9._:-]{0,47}");
  private static final int MOST_METHODS = 16;

  /// How and when the person signed in there.
  ///
  /// @param at never later than now
  public record Met(Instant at, Optional<String> acr, Set<String> amr) {
    public Met {
      amr = Set.copyOf(amr);
    }
  }

  /// What the provider calls the person.
  public record Labels(Optional<String> userName, Optional<String> displayName) {}

  /// The groups that the provider says the person is in.
  public sealed interface Groups {

    /// They stood in the token.
    record Listed(Set<String> values) implements Groups {
      public Listed {
        values = Set.copyOf(values);
      }
    }

    /// They are too many for the token and must be asked for.
    record Elsewhere() implements Groups {}
  }

  /// The same person with the groups that were asked for.
  public Identity in(Set<String> values) {
    return new Identity(provider, key, subject, sid, met, labels, new Groups.Listed(values));
  }

  /// Our groups that the provider's stand for; what is not in the mapping is ignored.
  public Set<String> mappedGroups(Provider provider) {
    return switch (groups) {
      case Groups.Listed(Set<String> values) ->
          provider.meanings().groups().entrySet().stream()
              .filter(entry -> values.contains(entry.getKey()))
              .map(entry -> entry.getValue())
              .collect(Collectors.toUnmodifiableSet());
      case Groups.Elsewhere _ -> Set.of();
    };
  }

  /// What it is worth here: the provider's word. Never phishing resistant, never user verified,
  /// whatever the provider says; a passkey and a device count separately.
  ///
  /// @param reference names this sign-in, so that a logout at the provider finds it
  public Authentication authentication(Provider provider, String reference) {
    var acr = met.acr().flatMap(value -> Optional.ofNullable(provider.meanings().acr().get(value)));
    return new Authentication(
        met.at(),
        Authentication.Strength.FEDERATED,
        methods(provider),
        false,
        false,
        reference,
        acr);
  }

  /// The `amr` values: lower case, renamed as configured; those that would pass for a ceremony of
  /// ours are marked as the provider's.
  private Set<String> methods(Provider provider) {
    var methods = new TreeSet<String>();
    for (var value : new TreeSet<>(met.amr())) {
      String named = provider.meanings().amr().getOrDefault(value, value).toLowerCase(Locale.ROOT);
      String marked = OURS.contains(named) ? "federated-" + named : named;
      if (methods.size() < MOST_METHODS && METHOD.matcher(marked).matches()) methods.add(marked);
    }
    methods.add("federated");
    return methods;
  }
}
