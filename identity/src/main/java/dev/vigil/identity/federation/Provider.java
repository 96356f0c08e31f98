// SPDX-License-Identifier: Apache-2.0
package dev.vigil.identity.federation;

import dev.vigil.identity.Population;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// An upstream OpenID provider as the organisation configured it.
///
/// @param name what people read on the button
/// @param issuer exactly as its discovery document writes it; for many tenants of Entra the
///   template with `{tenantid}`
/// @param tenants the tenants of Entra that may sign in; must not be empty for a template
/// @param scopes asked for beside `openid`
/// @param wanted what is asked for beside the person
/// @param meanings what of its answer means something here
/// @param arrivals who comes through it
public record Provider(
    ProviderId id,
    String name,
    Kind kind,
    String issuer,
    String clientId,
    Set<String> tenants,
    List<String> scopes,
    Wanted wanted,
    Meanings meanings,
    Arrivals arrivals) {

  /// Where a template stands for the tenant.
  public static final String TENANT = "{tenantid}";

  /// @throws IllegalArgumentException if the issuer is a template without tenants, or of a provider
  ///   that has none
  public Provider {
    tenants = Set.copyOf(tenants);
    scopes = List.copyOf(scopes);
    if (issuer.contains(TENANT) && (kind != Kind.ENTRA || tenants.isEmpty()))
      throw new IllegalArgumentException("a template of issuers needs Entra and its tenants");
  }

  /// Whose product it is, where that makes a difference.
  public enum Kind {
    /// Microsoft Entra ID: the person is `tid` and `oid`, groups may be left to Microsoft Graph.
    ENTRA,
    /// Okta.
    OKTA,
    /// Any provider that follows OpenID Connect Core.
    OPENID;

    /// The name in the configuration.
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// What is asked for.
  ///
  /// @param acr the `acr_values`, best first; empty for whatever the provider does
  /// @param maxAge how long ago the person may have signed in there; empty for any time
  public record Wanted(List<String> acr, Optional<Duration> maxAge) {
    /// Nothing in particular.
    public static final Wanted NOTHING = new Wanted(List.of(), Optional.empty());

    public Wanted {
      acr = List.copyOf(acr);
    }
  }

  /// What values of the provider mean here; what is not named means nothing.
  ///
  /// @param acr its `acr` to the fact `authentication.acr`
  /// @param amr its `amr` values to other names; those that are not named keep theirs
  /// @param groupsClaim the claim that lists groups
  /// @param groups its groups to groups here
  public record Meanings(
      Map<String, String> acr,
      Map<String, String> amr,
      String groupsClaim,
      Map<String, String> groups) {
    /// Nothing of it means anything.
    public static final Meanings NONE = new Meanings(Map.of(), Map.of(), "groups", Map.of());

    public Meanings {
      acr = Map.copyOf(acr);
      amr = Map.copyOf(amr);
      groups = Map.copyOf(groups);
    }
  }

  /// Who comes through the provider.
  public record Arrivals(Population population, Provision provision, FirstPasskey firstPasskey) {}

  /// How somebody without any passkey gets the first one. Further ones always need one.
  public enum FirstPasskey {
    /// From an administrator's invitation.
    BY_INVITATION,
    /// In a session that rests on this provider's word.
    AFTER_SIGN_IN
  }

  /// What happens when somebody signs in whom nobody here knows.
  public enum Provision {
    /// They are refused.
    NEVER,
    /// They become a person of the provider's population.
    ON_FIRST_SIGN_IN
  }

  /// Whether tokens of many tenants come from it.
  public boolean template() {
    return issuer.contains(TENANT);
  }

  /// Whether people of this tenant may come; without a list of tenants it does not matter.
  boolean takes(Optional<String> tenant) {
    return tenants.isEmpty() || tenant.filter(tenants::contains).isPresent();
  }

  /// Whether a token of this tenant may carry this issuer (OpenID Connect Core section 3.1.3.7 step
  /// 2; Entra's multi-tenant rule).
  boolean issued(String by, Optional<String> tenant) {
    return takes(tenant)
        && by.equals(template() ? issuer.replace(TENANT, tenant.orElseThrow()) : issuer);
  }

  /// Whether an authorization response may name this issuer (RFC 9207 section 2.4).
  boolean mayAnswerAs(String by) {
    return template()
        ? tenants.stream().anyMatch(tenant -> by.equals(issuer.replace(TENANT, tenant)))
        : by.equals(issuer);
  }
}
