// SPDX-License-Identifier: Apache-2.0
/// Generated pages are as the code says.
@NullMarked
package dev.vigil.workbench.reference;

import org.jspecify.annotations.NullMarked;
