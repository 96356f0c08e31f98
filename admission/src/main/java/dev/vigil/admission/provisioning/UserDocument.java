// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission.provisioning;

import static dev.vigil.identity.scim.ScimRefusal.TOO_LARGE;
import static dev.vigil.identity.scim.ScimRefusal.VALUE;

import dev.vigil.admission.PlainText;
import dev.vigil.admission.StrictJson;
import dev.vigil.admission.administration.DisplayName;
import dev.vigil.admission.administration.UserName;
import dev.vigil.identity.Subject;
import dev.vigil.identity.scim.Schema;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// A person as JSON: what the provider sent, except where Vigil knows better.
final class UserDocument {

  private static final int LARGEST = 32 * 1024;
  private static final int DISPLAY = 120;

  private UserDocument() {}

  /// What a PATCH applies to, and a provider reads: all that can be written.
  static ObjectNode writable(Subject subject, ProvisionedUser user) {
    var json = StrictJson.object(user.attributes().getBytes(StandardCharsets.UTF_8));
    user.externalId().ifPresent(id -> json.put("externalId", id));
    if (!PlainText.folded(json.path("userName").asString("")).equals(subject.userName()))
      json.put("userName", subject.userName());
    if (json.has("displayName")
        && !json.path("displayName").asString("").strip().equals(subject.displayName()))
      json.put("displayName", subject.displayName());
    return json.put("active", subject.active());
  }

  /// @param groups of the provider, by the name that policies use
  static Resource shown(
      Subject subject, ProvisionedUser user, Map<String, ProvisionedGroup> groups, Call call) {
    var json = JsonNodeFactory.instance.objectNode();
    var schemas = json.putArray("schemas").add(Schema.USER.urn());
    json.put("id", subject.id().value());
    var written = writable(subject, user);
    written.properties().forEach(one -> json.set(one.getKey(), one.getValue()));
    if (written.has(Schema.ENTERPRISE.urn())) schemas.add(Schema.ENTERPRISE.urn());
    var in =
        subject.groups().stream()
            .sorted()
            .flatMap(name -> Optional.ofNullable(groups.get(name)).stream())
            .toList();
    if (!in.isEmpty()) {
      var list = json.putArray("groups");
      in.forEach(group ->
          list.addObject()
              .put("value", group.id().value())
              .put("$ref", call.base() + "/Groups/" + group.id())
              .put("display", group.displayName())
              .put("type", "direct"));
    }
    json.putObject("meta")
        .put("resourceType", "User")
        .put("created", user.createdAt().toString())
        .put("lastModified", user.modifiedAt().toString());
    return Resource.of(json, call.base() + "/Users/" + subject.id());
  }

  /// The name for other people to read: what was sent as such, or made of the parts of the name.
  static String displayName(ObjectNode json, String userName) {
    var name = json.path("name");
    return Stream.of(
            json.path("displayName").asString(""),
            name.path("formatted").asString(""),
            (name.path("givenName").asString("") + " " + name.path("familyName").asString("")))
        .map(String::strip)
        .filter(text -> !text.isEmpty())
        .findFirst()
        .orElse(userName.length() > DISPLAY ? userName.substring(0, DISPLAY) : userName);
  }

  static UserName userName(ObjectNode wanted) {
    var sent = wanted.path("userName");
    if (sent.isMissingNode()) throw new Unfit(VALUE, "`userName` is missing");
    return Unfit.unlessValue(UserName.of(sent.asString()));
  }

  static String displayName(ObjectNode wanted, UserName name) {
    return Unfit.unlessValue(DisplayName.of(displayName(wanted, name.value()))).value();
  }

  static Optional<String> externalId(ObjectNode wanted) {
    var id = Optional.of(wanted.path("externalId").asString("")).filter(text -> !text.isEmpty());
    if (id.filter(text -> text.length() > 256).isPresent())
      throw new Unfit(VALUE, "`externalId` must be a text of at most 256 characters");
    return id;
  }

  static String kept(ObjectNode wanted) {
    var kept = wanted.deepCopy();
    kept.remove(List.of("active", "externalId"));
    String text = StrictJson.write(kept);
    if (text.length() > LARGEST) throw new Unfit(TOO_LARGE, "");
    return text;
  }
}
