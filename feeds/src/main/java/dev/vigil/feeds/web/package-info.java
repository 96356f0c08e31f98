// SPDX-License-Identifier: Apache-2.0
/// The network as every feed uses it. Start with [Web].
@NullMarked
package dev.vigil.feeds.web;

import org.jspecify.annotations.NullMarked;
