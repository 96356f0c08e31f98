// SPDX-License-Identifier: Apache-2.0
/// Reading what a product says of one device out of its messages, whatever the product is. Start
/// with [Saying].
@NullMarked
package dev.vigil.feeds.said;

import org.jspecify.annotations.NullMarked;
