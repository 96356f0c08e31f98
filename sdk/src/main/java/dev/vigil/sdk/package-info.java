// SPDX-License-Identifier: Apache-2.0
/// sdk.
@NullMarked
package dev.vigil.sdk;

import org.jspecify.annotations.NullMarked;
