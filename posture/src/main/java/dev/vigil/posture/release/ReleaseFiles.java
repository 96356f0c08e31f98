// SPDX-License-Identifier: Apache-2.0
package dev.vigil.posture.release;

import dev.vigil.posture.SignalForm;
import dev.vigil.posture.SignalValue.Numbers;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Reads the files of endoflife.date: one per product (`product`, `releases`), and one with the
/// versions of iOS (`versions`).
public final class ReleaseFiles {

  /// The names of the files that are read, without `.json`.
  public static final List<String> NAMES =
      List.of(
          "android",
          "ios",
          "ios-versions",
          "ipados",
          "macos",
          "iphone",
          "pixel",
          "samsung-mobile",
          "samsung-galaxy-tab",
          "motorola-mobility",
          "oneplus",
          "fairphone",
          "nokia");

  private static final List<String> SYSTEMS = List.of("android", "ios", "ipados", "macos");
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final SignalForm VERSION = new SignalForm.Numbered();

  private final Map<String, List<VendorReleases.Cycle>> systems = new HashMap<>();
  private final Map<String, List<VendorReleases.Release>> versions = new HashMap<>();
  private final List<VendorReleases.Model> models = new ArrayList<>();

  private ReleaseFiles() {}

  /// Not a file of endoflife.date; the message says which and what is wrong.
  public static final class Unreadable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Unreadable(String says) {
      super(says);
    }
  }

  /// What is known without anybody's help: the data that came with this version.
  public static VendorReleases bundled() {
    return over(Map.of());
  }

  /// The same, with files of an organisation's own in the place of those of the same name.
  ///
  /// @throws Unreadable if one of them is in another form
  public static VendorReleases over(Map<String, byte[]> own) {
    var texts = new HashMap<>(bundledTexts());
    texts.putAll(own);
    return read(texts);
  }

  private static Map<String, byte[]> bundledTexts() {
    var texts = new HashMap<String, byte[]>();
    for (String name : NAMES) {
      try (InputStream in = ReleaseFiles.class.getResourceAsStream(name + ".json")) {
        if (in == null) throw new IllegalStateException("a file of ours is missing: " + name);
        texts.put(name, in.readAllBytes());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return texts;
  }

  /// Reads files by name; those that are missing say nothing.
  ///
  /// @param texts by a name of [#NAMES]
  /// @throws Unreadable if one of them is in another form
  public static VendorReleases read(Map<String, byte[]> texts) {
    var files = new ReleaseFiles();
    texts.forEach((name, text) -> {
      try {
        files.take(name, JSON.readTree(text));
      } catch (JacksonException | DateTimeException | IllegalArgumentException e) {
        throw new Unreadable("`" + name + "` is not in the form of endoflife.date");
      }
    });
    return new VendorReleases(files.systems, files.versions, files.models);
  }

  private void take(String name, JsonNode file) {
    if (name.equals("ios-versions")) {
      versions.put(
          "ios",
          file.required("versions")
              .valueStream()
              .flatMap(one ->
                  version(one.required("name").asString())
                      .map(version ->
                          new VendorReleases.Release(version, date(one.required("date"))))
                      .stream())
              .toList());
    } else if (SYSTEMS.contains(name)) {
      systems.put(
          name,
          file.required("releases").valueStream().flatMap(one -> cycle(one).stream()).toList());
    } else {
      file.required("releases").forEach(this::model);
    }
  }

  private static Optional<VendorReleases.Cycle> cycle(JsonNode one) {
    return version(one.required("releaseCycle").asString())
        .map(name -> new VendorReleases.Cycle(name, end(one.required("eol")), latest(one)));
  }

  private static Optional<VendorReleases.Release> latest(JsonNode one) {
    if (!one.has("latest") || !one.has("latestReleaseDate")) return Optional.empty();
    return version(one.required("latest").asString())
        .map(version ->
            new VendorReleases.Release(version, date(one.required("latestReleaseDate"))));
  }

  private void model(JsonNode one) {
    var name = one.path("releaseLabel").asString(one.required("releaseCycle").asString());
    models.add(new VendorReleases.Model(name, end(one.required("eol"))));
  }

  /// `false`: no end is announced; `true`: it has ended; otherwise the day.
  private static LocalDate end(JsonNode eol) {
    if (eol.isBoolean()) return eol.asBoolean() ? VendorReleases.LONG_AGO : VendorReleases.NEVER;
    return date(eol);
  }

  private static LocalDate date(JsonNode node) {
    return LocalDate.parse(node.asString());
  }

  private static Optional<Numbers> version(String text) {
    return VERSION.read(text).filter(Numbers.class::isInstance).map(Numbers.class::cast);
  }
}
