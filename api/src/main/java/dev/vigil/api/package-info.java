// SPDX-License-Identifier: Apache-2.0
/// api.
@NullMarked
package dev.vigil.api;

import org.jspecify.annotations.NullMarked;
