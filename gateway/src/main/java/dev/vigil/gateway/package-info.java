// SPDX-License-Identifier: Apache-2.0
/// gateway.
@NullMarked
package dev.vigil.gateway;

import org.jspecify.annotations.NullMarked;
