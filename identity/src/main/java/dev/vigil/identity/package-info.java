// SPDX-License-Identifier: Apache-2.0
/// identity.
@NullMarked
package dev.vigil.identity;

import org.jspecify.annotations.NullMarked;
