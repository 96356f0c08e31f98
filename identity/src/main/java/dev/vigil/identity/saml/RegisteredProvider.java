// SPDX-License-Identifier: Apache-2.0
package dev.vigil.identity.saml;

import dev.vigil.kernel.AppId;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/// A service provider that people may sign in to: what it said of itself, and what an administrator
/// decided about it.
///
/// @param id by which administrators call it
/// @param name as people know it
/// @param app whose policies decide who gets in
/// @param metadata the file, as it was read
/// @param format how people are named unless a request asks otherwise
/// @param attributes what is told of a person, by the attribute's name
public record RegisteredProvider(
    String id,
    String name,
    AppId app,
    String metadata,
    ServiceProvider described,
    NameIdFormat format,
    Map<String, Attribute> attributes,
    Set<Option> options) {

  private static final Pattern ID = Pattern.compile("[a-z][a-z0-9-]{2,62}");

  public RegisteredProvider {
    attributes = Map.copyOf(attributes);
    options = Set.copyOf(options);
  }

  /// Whether this may be the id of a provider.
  public static boolean isId(String text) {
    return ID.matcher(text).matches();
  }

  /// What can be told of a person.
  public enum Attribute {
    USER_NAME,
    DISPLAY_NAME,
    GROUPS
  }

  /// What is not so unless an administrator says so.
  public enum Option {
    /// Sign-in may begin here, without a request of the provider.
    UNSOLICITED,
    /// It is told of a password when it asks for one, because it knows no other word.
    PASSWORD_WORDING
  }

  /// What to tell it of authentications.
  public AuthnContext.Wording wording() {
    return options.contains(Option.PASSWORD_WORDING)
        ? AuthnContext.Wording.AS_ASKED
        : AuthnContext.Wording.TRUE;
  }

  /// Hides the metadata, which are long.
  @Override
  public String toString() {
    return "RegisteredProvider[" + id + ", " + described.entityId() + ", " + app + "]";
  }
}
