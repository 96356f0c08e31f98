// SPDX-License-Identifier: Apache-2.0
/// audit.
@NullMarked
package dev.vigil.audit;

import org.jspecify.annotations.NullMarked;
