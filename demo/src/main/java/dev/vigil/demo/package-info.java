// SPDX-License-Identifier: Apache-2.0
/// demo.
@NullMarked
package dev.vigil.demo;

import org.jspecify.annotations.NullMarked;
