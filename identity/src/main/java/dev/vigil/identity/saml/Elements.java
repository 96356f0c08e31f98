// SPDX-License-Identifier: Apache-2.0
package dev.vigil.identity.saml;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/// Reads elements by where they stand, never by searching the document, and texts only whole.
final class Elements {

  /// An `xs:ID` as it is taken here.
  private static final Pattern ID = Pattern.compile("[A-Za-z_][A-Za-z0-9._-]{0,127}");

  private Elements() {}

  static boolean is(Element element, String namespace, String name) {
    return namespace.equals(element.getNamespaceURI()) && name.equals(element.getLocalName());
  }

  /// The children of this name, in order.
  static List<Element> children(Element parent, String namespace, String name) {
    return children(parent).stream().filter(one -> is(one, namespace, name)).toList();
  }

  static List<Element> children(Element parent) {
    var all = new ArrayList<Element>();
    for (var child = parent.getFirstChild(); child != null; child = child.getNextSibling())
      if (child instanceof Element element) all.add(element);
    return all;
  }

  /// The only child of this name; empty if there is none, or more than one.
  static Optional<Element> only(Element parent, String namespace, String name) {
    var all = children(parent, namespace, name);
    return all.size() == 1 ? Optional.of(all.getFirst()) : Optional.empty();
  }

  /// Every element of the tree, the root first.
  static List<Element> all(Element root) {
    var all = new ArrayList<Element>();
    all.add(root);
    for (int i = 0; i < all.size(); i++) all.addAll(children(all.get(i)));
    return all;
  }

  /// The whole text of an element that holds text and nothing else, without white space around it;
  /// empty if it holds anything else or is longer.
  static Optional<String> text(Element element, int longest) {
    var only = element.getFirstChild();
    if (only == null || only.getNextSibling() != null || only.getNodeType() != Node.TEXT_NODE)
      return Optional.empty();
    return Optional.of(only.getNodeValue().strip())
        .filter(text -> !text.isEmpty() && text.length() <= longest);
  }

  /// The attribute without a namespace; empty if it is missing.
  static Optional<String> attribute(Element element, String name) {
    return element.hasAttributeNS(null, name)
        ? Optional.of(element.getAttributeNS(null, name))
        : Optional.empty();
  }

  /// Whether an optional `xs:boolean` is true.
  static boolean isTrue(Element element, String name) {
    return attribute(element, name)
        .filter(text -> "true".equals(text) || "1".equals(text))
        .isPresent();
  }

  static Optional<String> id(Element element) {
    return attribute(element, "ID").filter(text -> ID.matcher(text).matches());
  }

  /// A time with its zone, which SAML wants in UTC.
  static Optional<Instant> time(Element element, String name) {
    return attribute(element, name)
        .flatMap(text -> {
          try {
            return Optional.of(OffsetDateTime.parse(text).toInstant());
          } catch (DateTimeParseException e) {
            return Optional.empty();
          }
        });
  }
}
