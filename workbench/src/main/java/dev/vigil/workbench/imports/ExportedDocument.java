// SPDX-License-Identifier: Apache-2.0
package dev.vigil.workbench.imports;

/// One document of an export.
public record ExportedDocument(String file, Part root) {}
