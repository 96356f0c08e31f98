// SPDX-License-Identifier: Apache-2.0
package dev.vigil.workbench.imports;

import java.util.List;

/// What came of an import: something, or nothing at all.
public sealed interface Importing {

  /// It was done; not everything need have been carried over.
  record Done(Imported imported) implements Importing {}

  /// There was nothing that could be imported.
  ///
  /// @param what what is wrong
  /// @param files each file that could not be read, and why
  record Refused(String what, String next, List<String> files) implements Importing {
    public Refused {
      files = List.copyOf(files);
    }
  }
}
