// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission.administration;

import dev.vigil.admission.PlainText;
import dev.vigil.kernel.Outcome;
import dev.vigil.kernel.Sha256;
import dev.vigil.policy.language.PolicySource;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// What is published together: policies, the cases that say what they must decide (`*.test.yaml`),
/// and the properties that must be proven of them (`*.properties.yaml`). One version holds all.
public final class PolicyFiles {

  private static final int MOST_FILES = 64;
  private static final int MOST_BYTES = 256 * 1024;
  private static final Pattern FILE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}\\.ya?ml");
  private static final Pattern CASES = Pattern.compile(".*\\.test\\.ya?ml");
  private static final Pattern PROPERTIES = Pattern.compile(".*\\.properties\\.ya?ml");

  private final SortedMap<String, String> files;

  private PolicyFiles(Map<String, String> files) {
    this.files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
  }

  /// The files of these names and contents, if there are some, not too many and not too large.
  public static Outcome<PolicyFiles> of(Map<String, String> files) {
    return wrong(files)
        .map(why -> Outcome.<PolicyFiles>refused(AdministrationRefusal.POLICY_FILES, why))
        .orElseGet(() -> Outcome.done(new PolicyFiles(files)));
  }

  /// Files that were published or proposed before, and so were looked at then.
  public static PolicyFiles kept(Map<String, String> files) {
    return new PolicyFiles(files);
  }

  private static Optional<String> wrong(Map<String, String> files) {
    if (files.isEmpty()) return Optional.of("there are no files");
    if (files.size() > MOST_FILES) return Optional.of("there are " + files.size() + " files");
    var badName =
        files.keySet().stream().filter(name -> !FILE.matcher(name).matches()).sorted().findFirst();
    if (badName.isPresent())
      return Optional.of(PlainText.shown(badName.get()) + " is not the name of a policy file");
    long bytes =
        files.values().stream()
            .mapToLong(text -> text.getBytes(StandardCharsets.UTF_8).length)
            .sum();
    return bytes > MOST_BYTES
        ? Optional.of("the files have " + bytes + " bytes together")
        : Optional.empty();
  }

  /// Content by file name, in the order of the names.
  public SortedMap<String, String> all() {
    return files;
  }

  /// What decides.
  public List<PolicySource> policies() {
    return files.entrySet().stream()
        .filter(file -> !is(CASES, file) && !is(PROPERTIES, file))
        .map(PolicyFiles::source)
        .toList();
  }

  /// What the policies must decide.
  public List<PolicySource> cases() {
    return files.entrySet().stream()
        .filter(file -> is(CASES, file))
        .map(PolicyFiles::source)
        .toList();
  }

  /// What must hold for every request.
  public List<PolicySource> properties() {
    return files.entrySet().stream()
        .filter(file -> is(PROPERTIES, file))
        .map(PolicyFiles::source)
        .toList();
  }

  private static boolean is(Pattern kind, Map.Entry<String, String> file) {
    return kind.matcher(file.getKey()).matches();
  }

  private static PolicySource source(Map.Entry<String, String> file) {
    return new PolicySource(file.getKey(), file.getValue());
  }

  /// Names these very files: another name or another byte is another digest.
  public Sha256 digest() {
    var content = new ByteArrayOutputStream();
    files.forEach((name, text) -> {
      part(content, name);
      part(content, text);
    });
    return Sha256.of(content.toByteArray());
  }

  private static void part(ByteArrayOutputStream content, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    content.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
    content.writeBytes(bytes);
  }
}
