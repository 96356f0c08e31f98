// SPDX-License-Identifier: Apache-2.0
/// Google access levels: as `gcloud access-context-manager levels` lists them, as Config Connector
/// resources, and as the factories of Cloud Foundation Fabric have them.
///
/// Start with [GoogleImport]; [AccessLevels] finds the levels, [BasicLevel] and [CustomLevel] carry
/// them over.
@NullMarked
package dev.vigil.workbench.imports.google;

import org.jspecify.annotations.NullMarked;
