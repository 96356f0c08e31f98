// SPDX-License-Identifier: Apache-2.0
package dev.vigil.tidy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.xml.sax.SAXException;

/// Counts what the tests reported, names what failed and what was skipped without being listed in
/// `skips.txt`.
///
/// Runs from its source, with nothing but the JDK. The last line holds four numbers: passed,
/// failed, skipped, unlisted.
public final class TestReport {

  private final List<Pattern> listed;
  private final StringBuilder text = new StringBuilder();
  private int passed;
  private int failed;
  private int skipped;
  private int unlisted;

  private TestReport(List<Pattern> listed) {
    this.listed = listed;
  }

  /// Reads every report below the folder given.
  public static void main(String[] args)
      throws IOException, ParserConfigurationException, SAXException {
    var root = Path.of(args[0]);
    var report = new TestReport(listed(root.resolve("skips.txt")));
    for (var file : reports(root)) {
      report.read(file);
    }
    System.out.println(
        report.text
            + ""
            + report.passed
            + " "
            + report.failed
            + " "
            + report.skipped
            + " "
            + report.unlisted);
  }

  private static List<Pattern> listed(Path file) throws IOException {
    return Files.readAllLines(file).stream()
        .filter(line -> !line.isBlank() && !line.startsWith("#"))
        .map(line -> Pattern.compile(Pattern.quote(line.split("\\s+")[0]).replace("*", "\\E.*\\Q")))
        .toList();
  }

  private static List<Path> reports(Path root) throws IOException {
    var found = new ArrayList<Path>();
    try (var modules = Files.newDirectoryStream(root, Files::isDirectory)) {
      for (var module : modules) {
        var folder = module.resolve("target/surefire-reports");
        if (!Files.isDirectory(folder)) continue;
        try (var files = Files.newDirectoryStream(folder, "TEST-*.xml")) {
          files.forEach(found::add);
        }
      }
    }
    found.sort(null);
    return found;
  }

  private void read(Path file) throws IOException, ParserConfigurationException, SAXException {
    var factory = DocumentBuilderFactory.newDefaultInstance();
    factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
    var cases = factory.newDocumentBuilder().parse(file.toFile()).getElementsByTagName("testcase");
    for (var i = 0; i < cases.getLength(); i++) {
      if (cases.item(i) instanceof Element test) count(test);
    }
  }

  private void count(Element test) {
    var simple = test.getAttribute("classname").replaceFirst("^.*\\.", "");
    var name = simple + "." + test.getAttribute("name");
    if (test.getElementsByTagName("failure").getLength()
            + test.getElementsByTagName("error").getLength()
        > 0) {
      failed++;
      text.append("FAILED: ").append(name).append('\n');
    } else if (test.getElementsByTagName("skipped").getLength() > 0) {
      skipped++;
      skipped(name);
    } else {
      passed++;
    }
  }

  private void skipped(String name) {
    if (listed.stream().noneMatch(pattern -> pattern.matcher(name).matches())) {
      unlisted++;
      text.append("SKIPPED without a line in skips.txt: ").append(name).append('\n');
    }
  }
}
