// SPDX-License-Identifier: Apache-2.0
/// A small app for phones: one button, and all that an app must do around it. Start with
/// [MainActivity].
@NullMarked
package dev.vigil.sample;

import org.jspecify.annotations.NullMarked;
