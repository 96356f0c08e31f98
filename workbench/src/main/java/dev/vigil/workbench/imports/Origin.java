// SPDX-License-Identifier: Apache-2.0
package dev.vigil.workbench.imports;

/// Where an export comes from.
public enum Origin {
  /// Microsoft Entra Conditional Access, as Microsoft Graph gives it.
  ENTRA,
  /// Google access levels (Access Context Manager).
  GOOGLE
}
