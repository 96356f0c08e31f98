// SPDX-License-Identifier: Apache-2.0
/// Requests as documents.
@NullMarked
package dev.vigil.workbench.request;

import org.jspecify.annotations.NullMarked;
