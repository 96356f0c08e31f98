// SPDX-License-Identifier: Apache-2.0
/// What a record's bytes promise.
@NullMarked
package dev.vigil.audit;

import org.jspecify.annotations.NullMarked;
