// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission.signin;

import dev.vigil.admission.App;
import dev.vigil.admission.StrictJson;
import dev.vigil.admission.View;
import dev.vigil.identity.oauth.OAuthRefusal;
import dev.vigil.kernel.Action;
import dev.vigil.kernel.AppId;
import dev.vigil.kernel.Bytes;
import dev.vigil.kernel.Outcome;
import dev.vigil.kernel.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// A transaction as the person sees it before approval, read from the very bytes whose digest is
/// approved.
///
/// @param action what the approval binds to
/// @param members what the app's administrator chose to be shown, in order
public record ShownTransaction(Action action, List<Member> members) {

  private static final int LONGEST_VALUE = 200;
  private static final Set<String> KNOWN = Set.of("type", "app", "method", "path", "body");

  public ShownTransaction {
    members = List.copyOf(members);
  }

  /// One member of the body.
  public record Member(String name, String value) {}

  /// Reads `authorization_details` (RFC 9396): exactly one `vigil_action` of a registered
  /// transaction, all of whose shown members are in the body as text, number or boolean.
  public static Outcome<ShownTransaction> read(String details, View view) {
    try {
      var wrapped =
          StrictJson.object(("{\"details\":" + details + "}").getBytes(StandardCharsets.UTF_8))
              .get("details");
      if (!wrapped.isArray()
          || wrapped.size() != 1
          || !(wrapped.get(0) instanceof ObjectNode detail))
        return refused("it must be an array of one object");
      if (!KNOWN.containsAll(detail.propertyNames())) return refused("it has an unknown member");
      if (!text(detail, "type").equals(Optional.of("vigil_action")))
        return refused("the type must be `vigil_action`");
      return transaction(detail, view).then(found -> shown(detail, found));
    } catch (StrictJson.Malformed e) {
      return refused(e.says());
    } catch (IllegalArgumentException e) {
      return refused("a member is malformed");
    }
  }

  private record Found(AppId app, App.Transaction transaction) {}

  private static Outcome<Found> transaction(ObjectNode detail, View view) {
    var id = text(detail, "app").map(AppId::new);
    var method = text(detail, "method");
    var path = text(detail, "path");
    if (id.isEmpty() || method.isEmpty() || path.isEmpty())
      return refused("`app`, `method` and `path` are required");
    return view.app(id.get()).stream()
        .flatMap(app -> app.transactions().stream())
        .filter(transaction ->
            transaction.method().equals(method.get()) && transaction.path().equals(path.get()))
        .findFirst()
        .map(transaction -> Outcome.done(new Found(id.get(), transaction)))
        .orElseGet(() -> refused("the app has no such transaction"));
  }

  private static Outcome<ShownTransaction> shown(ObjectNode detail, Found found) {
    var encoded = text(detail, "body");
    if (encoded.isEmpty()) return refused("`body` is required");
    byte[] body = Bytes.parse(encoded.get()).toArray();
    var content = StrictJson.object(body);
    var members = new ArrayList<Member>();
    for (String name : found.transaction().shown()) {
      var value = content.get(name);
      if (value == null || !value.isValueNode() || value.isNull())
        return refused("the body has no `" + name + "` that can be shown");
      String plain = plain(value);
      if (plain.length() > LONGEST_VALUE || !visible(plain))
        return refused("`" + name + "` is too long or holds characters that cannot be shown");
      members.add(new Member(name, plain));
    }
    var action =
        new Action(
            found.app(), found.transaction().method(), found.transaction().path(), Sha256.of(body));
    return Outcome.done(new ShownTransaction(action, members));
  }

  private static String plain(JsonNode value) {
    return value.isBigDecimal() ? value.decimalValue().toPlainString() : value.asString();
  }

  /// Nothing that hides, breaks or turns around what the person reads.
  private static boolean visible(String text) {
    return text.codePoints()
        .allMatch(c ->
            switch (Character.getType(c)) {
              case Character.CONTROL,
                  Character.FORMAT,
                  Character.SURROGATE,
                  Character.PRIVATE_USE,
                  Character.UNASSIGNED,
                  Character.LINE_SEPARATOR,
                  Character.PARAGRAPH_SEPARATOR ->
                  false;
              default -> true;
            });
  }

  private static Optional<String> text(ObjectNode detail, String name) {
    return Optional.ofNullable(detail.get(name))
        .filter(JsonNode::isString)
        .map(JsonNode::stringValue);
  }

  private static <T> Outcome<T> refused(String detail) {
    return Outcome.refused(OAuthRefusal.DETAILS, detail);
  }
}
