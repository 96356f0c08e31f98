// SPDX-License-Identifier: Apache-2.0
package dev.vigil.identity.federation;

import java.util.Optional;

/// The immutable name of a person at a provider: of Entra `tid` and `oid`, which are the same in
/// every application of the tenant; of others `iss` and `sub` (OpenID Connect Core section 5.7).
/// Never a name or a mail address, which can be given to somebody else.
///
/// @param value visible ASCII in two parts separated by one space; compared byte by byte
public record SubjectKey(String value) {

  private static final int LONGEST = 1024;
  private static final int LONGEST_OBJECT = 64;

  /// @throws IllegalArgumentException if the text is too long or has other characters
  public SubjectKey {
    if (value.length() > LONGEST || !value.chars().allMatch(c -> c >= 0x20 && c < 0x7f))
      throw new IllegalArgumentException("this is not the key of a subject");
  }

  /// Of a person at Entra.
  public static SubjectKey ofEntra(String tenant, String object) {
    return new SubjectKey(tenant + " " + object);
  }

  /// Of a person anywhere else.
  public static SubjectKey of(String issuer, String subject) {
    return new SubjectKey(issuer + " " + subject);
  }

  static Optional<SubjectKey> of(Provider provider, SignedToken signed, String subject) {
    return switch (provider.kind()) {
      case ENTRA ->
          signed
              .text("tid", LONGEST_OBJECT)
              .filter(IdTokens::plain)
              .flatMap(tenant ->
                  signed
                      .text("oid", LONGEST_OBJECT)
                      .filter(IdTokens::plain)
                      .map(object -> ofEntra(tenant, object)));
      case OKTA, OPENID ->
          subject.length() > LONGEST - provider.issuer().length() - 1
              ? Optional.empty()
              : Optional.of(of(provider.issuer(), subject));
    };
  }

  @Override
  public String toString() {
    return value;
  }
}
