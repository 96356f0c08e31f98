// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission.administration;

import dev.vigil.admission.App;
import dev.vigil.kernel.AppId;
import java.util.List;
import java.util.Set;

/// An app as an administrator wants it, its parts checked one by one, not yet against the other
/// apps.
public record AppDraft(
    AppId id,
    HostName host,
    Upstream upstream,
    Sensitivity sensitivity,
    Set<GroupName> tags,
    List<App.Transaction> transactions) {

  public AppDraft {
    tags = Set.copyOf(tags);
    transactions = List.copyOf(transactions);
  }
}
