// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission;

import dev.vigil.kernel.AppId;
import dev.vigil.kernel.SubjectId;
import java.util.Set;

/// A machine, beside our own gateway, that may ask for decisions: about these apps and no others.
///
/// @param subject the workload or partner whose certificates it shows
/// @param apps names of apps, or of types of resources that are decided like apps; empty if it may
///   ask no more
public record EnforcementPoint(SubjectId subject, Set<AppId> apps) {

  public EnforcementPoint {
    apps = Set.copyOf(apps);
  }
}
