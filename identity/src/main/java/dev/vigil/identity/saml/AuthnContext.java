// SPDX-License-Identifier: Apache-2.0
package dev.vigil.identity.saml;

import dev.vigil.identity.Authentication;
import dev.vigil.kernel.Outcome;
import java.util.List;
import java.util.Optional;
import org.w3c.dom.Element;

/// How an authentication is told to providers (SAML Core section 3.3.2.2.1). A passkey with the
/// person verified is more than one factor; the rest is left unspecified. Nothing here is a
/// password, so nothing is told to be one, unless an administrator says that the provider knows no
/// other word.
public final class AuthnContext {

  /// A passkey that verified the person: two factors that cannot be phished.
  public static final String MULTI_FACTOR = "https://refeds.org/profile/mfa";

  static final String MULTI_FACTOR_CLAIM = "http://schemas.microsoft.com/claims/multipleauthn";

  /// Nothing is told.
  public static final String UNSPECIFIED = "urn:oasis:names:tc:SAML:2.0:ac:classes:unspecified";

  static final String PASSWORD = "urn:oasis:names:tc:SAML:2.0:ac:classes:Password";
  static final String PASSWORD_OVER_TLS =
      "urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport";

  private static final int MOST = 16;

  private AuthnContext() {}

  /// What a request wants to hear.
  ///
  /// @param exact it must be one of the classes itself; otherwise anything at least as good will do
  public record Asked(List<String> classes, boolean exact) {
    public Asked {
      classes = List.copyOf(classes);
    }
  }

  /// What to do for a provider that wants to hear of passwords.
  public enum Wording {
    /// The truth only.
    TRUE,
    /// Its own word for what it takes as enough, such as `PasswordProtectedTransport`.
    AS_ASKED
  }

  static Outcome<Optional<Asked>> asked(Element request) {
    var all = Elements.children(request, Uris.PROTOCOL, "RequestedAuthnContext");
    if (all.isEmpty()) return Outcome.done(Optional.empty());
    var one = all.getFirst();
    var classes =
        Elements.children(one, Uris.ASSERTION, "AuthnContextClassRef").stream()
            .flatMap(child -> Elements.text(child, 256).stream())
            .toList();
    String comparison = Elements.attribute(one, "Comparison").orElse("exact");
    boolean known = List.of("exact", "minimum", "better", "maximum").contains(comparison);
    if (all.size() > 1 || classes.isEmpty() || classes.size() > MOST || !known)
      return Outcome.refused(SamlRefusal.MESSAGE, "`RequestedAuthnContext` asks for no class");
    boolean exact = comparison.equals("exact") || comparison.equals("maximum");
    return Outcome.done(Optional.of(new Asked(classes, exact)));
  }

  /// What to tell of an authentication; empty if it is not what was asked for.
  public static Optional<String> told(Authentication made, Optional<Asked> asked, Wording wording) {
    boolean strong = isMultiFactor(made);
    String truth = strong ? MULTI_FACTOR : UNSPECIFIED;
    if (asked.isEmpty()) return Optional.of(truth);
    return asked.get().classes().stream()
        .flatMap(wanted -> told(wanted, strong, asked.get().exact(), wording).stream())
        .findFirst();
  }

  private static Optional<String> told(
      String wanted, boolean strong, boolean exact, Wording wording) {
    return switch (wanted) {
      case UNSPECIFIED -> Optional.of(UNSPECIFIED);
      case MULTI_FACTOR, MULTI_FACTOR_CLAIM -> strong ? Optional.of(wanted) : Optional.empty();
      case PASSWORD, PASSWORD_OVER_TLS -> {
        if (wording == Wording.AS_ASKED) yield Optional.of(wanted);
        yield strong && !exact ? Optional.of(MULTI_FACTOR) : Optional.empty();
      }
      default -> Optional.empty();
    };
  }

  private static boolean isMultiFactor(Authentication made) {
    return switch (made.strength()) {
      case PASSKEY, PASSKEY_HARDWARE -> made.userVerified();
      case CERTIFICATE, FEDERATED -> false;
    };
  }
}
