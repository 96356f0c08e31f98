// SPDX-License-Identifier: Apache-2.0
/// Software that others wrote signs people in through Vigil, over the wire. Start with
/// [StandardLibraryTest].
@NullMarked
package dev.vigil.demo.openid;

import org.jspecify.annotations.NullMarked;
