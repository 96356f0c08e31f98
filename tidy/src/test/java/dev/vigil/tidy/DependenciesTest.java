// SPDX-License-Identifier: Apache-2.0
package dev.vigil.tidy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;

/// Every direct dependency stands in `deps.txt`, with its version and why it is there.
class DependenciesTest {

  private static final Pattern PROPERTY = Pattern.compile("\\$\\{([^}]+)}");

  @Test
  void every_dependency_is_listed_with_its_version_and_a_why() throws Exception {
    var listed = new TreeMap<String, String>();
    for (var line : Sources.golden("deps.txt")) {
      var parts = line.split(" ", 3);
      assertThat(parts).as("deps.txt: %s", line).hasSize(3);
      assertThat(parts[2]).as("deps.txt: %s says why", parts[0]).hasSizeGreaterThan(10);
      listed.put(parts[0], parts[1]);
    }
    assertThat(listed).isEqualTo(direct());
  }

  /// What the poms name, with the version that the root manages.
  private static Map<String, String> direct() throws Exception {
    var root = pom(Sources.root());
    var managed = managed(root);
    var names = new TreeSet<String>();
    for (var module : Sources.modules()) {
      coordinates(pom(Sources.root().resolve(module)), "dependencies")
          .forEach(row -> names.add(row.get(0)));
    }
    coordinates(root, "dependencies").forEach(row -> names.add(row.get(0)));
    var direct = new TreeMap<String, String>();
    names.stream()
        .filter(name -> !name.startsWith("dev.vigil:"))
        .forEach(name -> direct.put(name, version(name, managed)));
    for (var path : elements(root, "path")) {
      direct.put(name(path), resolved(root, text(path, "version")));
    }
    return direct;
  }

  private static Map<String, String> managed(Element root) {
    var managed = new TreeMap<String, String>();
    for (var row : coordinates(root, "dependencyManagement")) {
      managed.put(row.get(0), resolved(root, row.get(1)));
    }
    return managed;
  }

  /// The managed version, or that of the bill of materials whose group is the nearest.
  private static String version(String name, Map<String, String> managed) {
    var own = managed.get(name);
    if (own != null) return own;
    return managed.entrySet().stream()
        .filter(entry ->
            entry.getKey().matches(".*(-bom|-dependencies)")
                && name.startsWith(entry.getKey().split(":")[0]))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse("unmanaged");
  }

  /// Properties may name other properties.
  private static String resolved(Element root, String text) {
    String once =
        PROPERTY
            .matcher(text)
            .replaceAll(match ->
                Matcher.quoteReplacement(
                    elements(root, match.group(1)).stream()
                        .findFirst()
                        .map(Element::getTextContent)
                        .orElse(match.group())));
    return once.equals(text) ? text : resolved(root, once);
  }

  private static List<List<String>> coordinates(Element pom, String parent) {
    var found = new ArrayList<List<String>>();
    for (var dependency : elements(pom, "dependency")) {
      var managed = inside(dependency, "dependencyManagement");
      if (managed == parent.equals("dependencyManagement"))
        found.add(List.of(name(dependency), text(dependency, "version")));
    }
    return found;
  }

  private static boolean inside(Element element, String name) {
    for (var node = element.getParentNode(); node != null; node = node.getParentNode()) {
      if (node.getNodeName().equals(name)) return true;
    }
    return false;
  }

  private static String name(Element dependency) {
    return text(dependency, "groupId") + ":" + text(dependency, "artifactId");
  }

  private static String text(Element element, String name) {
    return elements(element, name).stream()
        .filter(child -> child.getParentNode().isSameNode(element))
        .findFirst()
        .map(Element::getTextContent)
        .orElse("");
  }

  private static List<Element> elements(Element element, String name) {
    var nodes = element.getElementsByTagName(name);
    var found = new ArrayList<Element>();
    for (var i = 0; i < nodes.getLength(); i++) {
      if (nodes.item(i) instanceof Element child) found.add(child);
    }
    return found;
  }

  private static Element pom(Path folder) throws Exception {
    return DocumentBuilderFactory.newDefaultInstance()
        .newDocumentBuilder()
        .parse(folder.resolve("pom.xml").toFile())
        .getDocumentElement();
  }
}
