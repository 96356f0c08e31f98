// SPDX-License-Identifier: Apache-2.0
package dev.vigil.workbench.imports.entra;

import dev.vigil.workbench.imports.Assembly;
import dev.vigil.workbench.imports.Draft;
import dev.vigil.workbench.imports.ExportedDocument;
import dev.vigil.workbench.imports.Fate;
import dev.vigil.workbench.imports.Finding;
import dev.vigil.workbench.imports.Item;
import dev.vigil.workbench.imports.KnownNames;
import dev.vigil.workbench.imports.Part;
import dev.vigil.workbench.imports.Plain;
import dev.vigil.workbench.imports.RuleText;
import dev.vigil.workbench.imports.RuleText.Enforcement;
import dev.vigil.workbench.imports.RuleText.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/// Carries over Conditional Access. A policy that grants with controls becomes a guard, one that
/// blocks a forbid; report-only ones report; those switched off are left out.
public final class EntraImport {

  private static final List<String> STATES =
      List.of("enabled", "disabled", "enabledForReportingButNotEnforced");
  private static final String REPORT_ONLY = "enabledForReportingButNotEnforced";

  private final EntraExport export;
  private final KnownNames names;
  private final Assembly assembly;

  private EntraImport(EntraExport export, KnownNames names, Assembly assembly) {
    this.export = export;
    this.names = names;
    this.assembly = assembly;
  }

  /// Carries over everything in these documents.
  public static void run(List<ExportedDocument> documents, KnownNames names, Assembly into) {
    var export = EntraExport.of(documents, names);
    var importer = new EntraImport(export, names, into);
    export.policies().forEach(importer::policy);
    export
        .others()
        .forEach(document ->
            into.add(
                new Item(
                    "",
                    "",
                    document.file(),
                    Fate.OTHER,
                    List.of(),
                    List.of(
                        new Finding(
                            Finding.Kind.NOTE,
                            document.root().path(),
                            "there is no Conditional Access policy, named location, strength or"
                                + " group in it",
                            "nothing")))));
  }

  private void policy(EntraExport.Policy policy) {
    var blocks = Grants.blocks(policy.part().at("grantControls"));
    var draft = new Draft(blocks ? Draft.Effect.BLOCKS : Draft.Effect.ASKS);
    var part = policy.part().to(draft);
    var making = new Making(draft, names, export, assembly.scratch());
    var states = part.at("state").words(STATES);
    if (states.size() > 1)
      draft.refuse(part.path() + ".state", "it is in two states at once", "export it again");
    else if (states.contains("disabled") || !part.at("deletedDateTime").isEmpty()) {
      assembly.add(item(policy, draft, Fate.DISABLED, List.of()));
      return;
    }
    if (part.at("state").isEmpty())
      draft.note(
          part.path() + ".state",
          "it has no state, as templates do not; it is enforced",
          "see that this is what was meant");
    rule(
        policy,
        part,
        making,
        states.contains(REPORT_ONLY) ? Enforcement.REPORT : Enforcement.ENFORCE);
  }

  private void rule(EntraExport.Policy policy, Part part, Making making, Enforcement mode) {
    var draft = making.draft();
    var conditions = part.at("conditions");
    Who.narrow(conditions, making);
    var app = Apps.narrow(conditions.at("applications"), making);
    Where.narrow(conditions.at("locations"), making);
    Circumstances.narrow(conditions, making);
    conditions.nothingElse();
    boolean blocks = Grants.blocks(part.at("grantControls"));
    var requirements = new ArrayList<>(Grants.of(part.at("grantControls"), making));
    var session = Sessions.of(part.at("sessionControls"), making);
    requirements.addAll(session.requirements());
    remarks(part);
    boolean asks = blocks || !requirements.isEmpty() || !session.restrict().isEmpty();
    if (!asks && !draft.has(Finding.Kind.MISSING))
      draft.needless(part.path(), "it asks for nothing that is not always so");
    var fate = draft.fate();
    if (fate == Fate.PARTLY && !asks) fate = Fate.NOT;
    if (!fate.written()) {
      assembly.add(item(policy, draft, fate, List.of()));
      return;
    }
    var name = assembly.name(title(policy.part()));
    var when = making.definitions().fitted(name, draft.when());
    assembly.add(
        item(policy, draft, fate, List.of(name)),
        new RuleText(
            blocks ? Kind.FORBID : Kind.GUARD,
            name,
            app,
            when,
            requirements,
            blocks ? new LinkedHashMap<>() : session.restrict(),
            mode,
            description(policy),
            remarks(draft)),
        making.definitions());
  }

  /// What a policy says of itself.
  private static void remarks(Part part) {
    for (var key :
        List.of(
            "id",
            "displayName",
            "description",
            "createdDateTime",
            "modifiedDateTime",
            "templateId")) part.at(key);
    part.nothingElse();
  }

  private static String title(Part part) {
    var title = Plain.line(part.at("displayName").longText(), 150);
    return title.isEmpty() ? "policy " + id(part) : title;
  }

  private static String id(Part part) {
    return Plain.line(part.at("id").longText(), 60);
  }

  private static String description(EntraExport.Policy policy) {
    var id = id(policy.part());
    return "Entra: " + title(policy.part()) + (id.isEmpty() ? "" : " (" + id + ")");
  }

  private static List<String> remarks(Draft draft) {
    var remarks = new ArrayList<String>();
    for (var finding : draft.findings()) {
      var lead =
          switch (finding.kind()) {
            case REFUSED -> "Refused: ";
            case MISSING -> "NOT CARRIED OVER: ";
            case STRICTER -> "Stricter: ";
            case NOTE -> "Note: ";
            case NAMING -> "Known ";
          };
      var place = finding.path().equals("$") ? "" : finding.path() + ": ";
      remarks.add(lead + place + finding.why() + ".");
    }
    return remarks;
  }

  private static Item item(EntraExport.Policy policy, Draft draft, Fate fate, List<String> rules) {
    var findings =
        fate == Fate.NOT || fate == Fate.DISABLED
            ? draft.findings().stream().filter(EntraImport::stops).toList()
            : draft.findings();
    return new Item(title(policy.part()), id(policy.part()), policy.file(), fate, rules, findings);
  }

  private static boolean stops(Finding finding) {
    return finding.kind() == Finding.Kind.REFUSED || finding.kind() == Finding.Kind.MISSING;
  }
}
