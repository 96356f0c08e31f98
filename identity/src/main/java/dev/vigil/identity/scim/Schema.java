// SPDX-License-Identifier: Apache-2.0
package dev.vigil.identity.scim;

import static dev.vigil.identity.scim.Attribute.Form.COMPLEX;
import static dev.vigil.identity.scim.Attribute.Form.COMPLEXES;
import static dev.vigil.identity.scim.Attribute.Form.FLAG;
import static dev.vigil.identity.scim.Attribute.Form.REFERENCE;
import static dev.vigil.identity.scim.Attribute.Form.TEXT;
import static dev.vigil.identity.scim.Attribute.Form.TEXTS;
import static dev.vigil.identity.scim.Attribute.Form.TIME;
import static dev.vigil.identity.scim.Attribute.Trait.ALWAYS;
import static dev.vigil.identity.scim.Attribute.Trait.CASE_EXACT;
import static dev.vigil.identity.scim.Attribute.Trait.IMMUTABLE;
import static dev.vigil.identity.scim.Attribute.Trait.READ_ONLY;
import static dev.vigil.identity.scim.Attribute.Trait.REQUIRED;
import static dev.vigil.identity.scim.Attribute.Trait.UNIQUE;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// A named set of attributes (RFC 7643 section 7), as far as it is kept here. Passwords are not.
public record Schema(String urn, String name, String description, List<Attribute> attributes) {

  public Schema {
    attributes = List.copyOf(attributes);
  }

  /// RFC 7643 section 3.1: what every resource has.
  public static final Schema COMMON =
      new Schema(
          "",
          "Common",
          "what every resource has",
          List.of(
              Attribute.of(
                  "schemas", TEXTS, "which schemas are used", READ_ONLY, ALWAYS, CASE_EXACT),
              Attribute.of("id", TEXT, "Vigil's own id", READ_ONLY, ALWAYS, CASE_EXACT, UNIQUE),
              Attribute.of("externalId", TEXT, "the provider's own id", CASE_EXACT),
              Attribute.of("meta", COMPLEX, "about the resource", READ_ONLY)
                  .with(
                      Attribute.of("resourceType", TEXT, "User or Group", READ_ONLY, CASE_EXACT),
                      Attribute.of("created", TIME, "when it was made", READ_ONLY),
                      Attribute.of("lastModified", TIME, "when it last changed", READ_ONLY),
                      Attribute.of("location", REFERENCE, "its address", READ_ONLY, CASE_EXACT),
                      Attribute.of("version", TEXT, "its ETag", READ_ONLY, CASE_EXACT))));

  /// RFC 7643 section 4.1.
  public static final Schema USER =
      new Schema(
          "urn:ietf:params:scim:schemas:core:2.0:User",
          "User",
          "a person",
          List.of(
              Attribute.of("userName", TEXT, "what the person signs in with", REQUIRED, UNIQUE),
              Attribute.of("name", COMPLEX, "the parts of the person's name")
                  .with(
                      text("formatted"),
                      text("familyName"),
                      text("givenName"),
                      text("middleName"),
                      text("honorificPrefix"),
                      text("honorificSuffix")),
              Attribute.of("displayName", TEXT, "what other people read"),
              text("nickName"),
              Attribute.of("profileUrl", REFERENCE, "a page about the person", CASE_EXACT),
              text("title"),
              text("userType"),
              text("preferredLanguage"),
              text("locale"),
              text("timezone"),
              Attribute.of("active", FLAG, "whether the person may sign in", REQUIRED),
              values("emails", "mail addresses"),
              values("phoneNumbers", "telephone numbers"),
              values("ims", "addresses for messages"),
              values("photos", "addresses of pictures"),
              Attribute.of("addresses", COMPLEXES, "postal addresses")
                  .with(
                      text("formatted"),
                      text("streetAddress"),
                      text("locality"),
                      text("region"),
                      text("postalCode"),
                      text("country"),
                      text("type"),
                      Attribute.of("primary", FLAG, "the one that is preferred")),
              Attribute.of("groups", COMPLEXES, "the groups the person is in", READ_ONLY)
                  .with(
                      Attribute.of("value", TEXT, "the group's id", READ_ONLY, CASE_EXACT),
                      Attribute.of("$ref", REFERENCE, "its address", READ_ONLY, CASE_EXACT),
                      Attribute.of("display", TEXT, "its name", READ_ONLY),
                      Attribute.of("type", TEXT, "direct", READ_ONLY)),
              values("entitlements", "kept, without any effect in Vigil"),
              values("roles", "kept, without any effect in Vigil"),
              values("x509Certificates", "kept, without any effect in Vigil")));

  /// RFC 7643 section 4.3.
  public static final Schema ENTERPRISE =
      new Schema(
          "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User",
          "EnterpriseUser",
          "a person as an organisation knows it",
          List.of(
              text("employeeNumber"),
              text("costCenter"),
              text("organization"),
              text("division"),
              text("department"),
              Attribute.of("manager", COMPLEX, "the person's manager")
                  .with(
                      Attribute.of("value", TEXT, "the manager's id", CASE_EXACT),
                      Attribute.of("$ref", REFERENCE, "the manager's address", CASE_EXACT),
                      Attribute.of("displayName", TEXT, "the manager's name", READ_ONLY))));

  /// RFC 7643 section 4.2.
  public static final Schema GROUP =
      new Schema(
          "urn:ietf:params:scim:schemas:core:2.0:Group",
          "Group",
          "a group of people, known to policies by its name",
          List.of(
              Attribute.of("displayName", TEXT, "the group's name", REQUIRED, UNIQUE),
              Attribute.of("members", COMPLEXES, "people of this provider")
                  .with(
                      Attribute.of("value", TEXT, "the person's id", IMMUTABLE, CASE_EXACT),
                      Attribute.of("$ref", REFERENCE, "its address", IMMUTABLE, CASE_EXACT))));

  private static Attribute text(String name) {
    return Attribute.of(name, TEXT, "kept as it was sent");
  }

  private static Attribute values(String name, String description) {
    return Attribute.of(name, COMPLEXES, description)
        .with(
            text("value"),
            text("display"),
            text("type"),
            Attribute.of("primary", FLAG, "the one that is preferred"));
  }

  /// Which schemas a kind of resource has: its own first.
  public enum Kind {
    USER,
    GROUP;

    /// The schema that it is made of.
    public Schema core() {
      return switch (this) {
        case USER -> Schema.USER;
        case GROUP -> Schema.GROUP;
      };
    }

    /// What it may have beside that.
    public List<Schema> extensions() {
      return switch (this) {
        case USER -> List.of(ENTERPRISE);
        case GROUP -> List.of();
      };
    }

    /// Where they are, below the base address.
    public String endpoint() {
      return switch (this) {
        case USER -> "/Users";
        case GROUP -> "/Groups";
      };
    }

    /// The attribute that a path names, ignoring its sub-attribute; empty if it is not known here.
    public Optional<Found> find(AttributePath path) {
      if (path.schema().isPresent())
        return Stream.concat(Stream.of(core()), extensions().stream())
            .filter(schema -> schema.urn().equalsIgnoreCase(path.schema().get()))
            .findFirst()
            .flatMap(schema -> find(schema, path.name()));
      return find(COMMON, path.name())
          .or(() -> find(core(), path.name()))
          .or(() ->
              extensions().stream().flatMap(one -> find(one, path.name()).stream()).findFirst());
    }

    private Optional<Found> find(Schema schema, String name) {
      return schema.attributes().stream()
          .filter(attribute -> attribute.name().equalsIgnoreCase(name))
          .findFirst()
          .map(attribute ->
              new Found(
                  extensions().contains(schema) ? Optional.of(schema.urn()) : Optional.empty(),
                  attribute));
    }
  }

  /// An attribute, and the extension whose object holds it.
  public record Found(Optional<String> extension, Attribute attribute) {}
}
