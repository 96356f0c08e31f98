// SPDX-License-Identifier: Apache-2.0
package dev.vigil.workbench.imports.google;

import dev.vigil.workbench.imports.Assembly;
import dev.vigil.workbench.imports.Bool;
import dev.vigil.workbench.imports.Cel;
import dev.vigil.workbench.imports.Definitions;
import dev.vigil.workbench.imports.Draft;
import dev.vigil.workbench.imports.ExportedDocument;
import dev.vigil.workbench.imports.Fate;
import dev.vigil.workbench.imports.Finding;
import dev.vigil.workbench.imports.Item;
import dev.vigil.workbench.imports.KnownNames;
import dev.vigil.workbench.imports.Part;
import dev.vigil.workbench.imports.Plain;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Carries over access levels. Each becomes a level that holds nowhere where it did not.
public final class GoogleImport {

  private static final int DEEPEST = 50;

  private final KnownNames names;
  private final Assembly assembly;
  private final Map<String, AccessLevels.Level> byName = new HashMap<>();
  private final Map<String, Bool> done = new HashMap<>();
  private final Set<String> underWay = new HashSet<>();

  private GoogleImport(KnownNames names, Assembly assembly) {
    this.names = names;
    this.assembly = assembly;
  }

  /// Carries over everything in these documents.
  public static void run(List<ExportedDocument> documents, KnownNames names, Assembly into) {
    var found = AccessLevels.of(documents);
    var importer = new GoogleImport(names, into);
    var twice = new HashSet<String>();
    for (var level : found.levels())
      if (importer.byName.putIfAbsent(level.name(), level) != null) twice.add(level.name());
    // Of two levels that have one name nobody can tell which another level means.
    importer.byName.keySet().removeAll(twice);
    for (var level : found.levels()) {
      if (twice.contains(level.name())) importer.carry(level);
      else importer.reference(level.name());
    }
    found.others().forEach(document -> into.add(other(document)));
  }

  private static Item other(ExportedDocument document) {
    var finding =
        new Finding(
            Finding.Kind.NOTE, document.root().path(), "there is no access level in it", "nothing");
    return new Item("", "", document.file(), Fate.OTHER, List.of(), List.of(finding));
  }

  /// What a level comes to where another names it.
  private Bool reference(String name) {
    var plain = name.substring(name.lastIndexOf('/') + 1).replaceFirst("^\\$access_levels:", "");
    var known = done.get(plain);
    if (known != null) return known;
    var level = byName.get(plain);
    if (level == null || underWay.size() > DEEPEST || !underWay.add(plain))
      return new Bool.Unsayable();
    var bool = carry(level);
    underWay.remove(plain);
    done.put(plain, bool);
    return bool;
  }

  private Bool carry(AccessLevels.Level level) {
    // Once to take in the levels that it names, which must be defined before it, and once for good.
    read(level, "before", new Definitions());
    var slug = assembly.name(level.name().isEmpty() ? "level" : level.name());
    return takeIn(level, slug, read(level, slug, assembly.scratch()));
  }

  private Found read(AccessLevels.Level level, String slug, Definitions definitions) {
    var draft = new Draft(Draft.Effect.ASKS);
    var losses = new ArrayList<Reading.Loss>();
    var reading = new Reading(slug, draft, names, definitions, name -> named(name, losses), losses);
    return new Found(condition(level, reading), draft, losses, definitions);
  }

  private record Found(
      Bool condition, Draft draft, List<Reading.Loss> losses, Definitions definitions) {}

  private Bool named(String name, List<Reading.Loss> losses) {
    var bool = reference(name);
    if (!bool.sayable())
      losses.add(
          new Reading.Loss(
              "$",
              "the level `" + Plain.line(name, 80) + "` was not carried over, or not as it stood",
              "see there"));
    return bool;
  }

  private static Bool condition(AccessLevels.Level level, Reading reading) {
    var body = level.body().to(reading.draft());
    if (body.has("custom")) return CustomLevel.of(body.at("custom"), reading);
    var basic = body.has("basic") ? body.at("basic") : body;
    var condition = BasicLevel.of(basic, reading);
    for (var key :
        List.of(
            "name",
            "title",
            "description",
            "basic",
            "accessPolicyRef",
            "resourceID",
            "etag",
            "parent")) body.at(key);
    (body.has("basic") ? body : nothing(basic)).nothingElse();
    return condition;
  }

  private static Part nothing(Part basic) {
    for (var key : List.of("name", "title", "description")) basic.at(key);
    return basic;
  }

  private Bool takeIn(AccessLevels.Level level, String slug, Found found) {
    var draft = found.draft();
    var certain = found.condition().atMost();
    boolean lost = !found.condition().sayable();
    boolean never = certain.equals(Bool.Constant.NEVER);
    for (var loss : found.losses()) {
      if (lost && never)
        draft.refuse(loss.path(), loss.why() + "; nothing would be left of the level", loss.next());
      else
        draft.stricter(
            loss.path(), loss.why() + "; the level does not hold because of it", loss.next());
    }
    if (never && !lost)
      draft.needless("$", "no device, person or place here is ever of this level");
    var fate = draft.fate();
    var item =
        new Item(
            title(level),
            level.name(),
            level.file(),
            fate,
            fate.written() ? List.of(slug) : List.of(),
            draft.findings());
    if (!fate.written()) {
      assembly.add(item);
      return fate == Fate.NEEDLESS ? Bool.Constant.NEVER : new Bool.Unsayable();
    }
    found
        .definitions()
        .level(
            slug,
            certain,
            "Google's access level \"" + title(level) + "\" (" + level.file() + ").");
    var is = new Bool.Is("level(" + Cel.quoted(slug) + ")");
    assembly.add(item, is, found.definitions());
    if (!assembly.tookLast()) return new Bool.Unsayable();
    return lost ? Bool.any(List.of(is, new Bool.Unsayable())) : is;
  }

  private static String title(AccessLevels.Level level) {
    return Plain.line(level.title().isEmpty() ? level.name() : level.title(), 150);
  }
}
