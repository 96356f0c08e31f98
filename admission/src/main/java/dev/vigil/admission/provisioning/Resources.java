// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission.provisioning;

import dev.vigil.kernel.Outcome;
import tools.jackson.databind.node.ObjectNode;

/// One kind of resource and all that a provider can do with it (RFC 7644 section 3).
public sealed interface Resources permits Users, Groups {

  /// Those that match, in the order of creation.
  Outcome<Query.Page> list(Call call, Query query);

  Outcome<Resource> get(Call call, String id);

  Outcome<Resource> create(Call call, ObjectNode sent);

  /// Replaces all that can be written.
  Outcome<Resource> replace(Call call, String id, ObjectNode sent);

  /// Applies all operations of a PATCH message, or none.
  Outcome<Resource> patch(Call call, String id, ObjectNode message);

  /// Deletes it; the answer is what it was last.
  Outcome<Resource> delete(Call call, String id);
}
