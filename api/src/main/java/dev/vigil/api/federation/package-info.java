// SPDX-License-Identifier: Apache-2.0
/// The way of a browser to another OpenID provider and back, and what such a provider calls itself.
@NullMarked
package dev.vigil.api.federation;

import org.jspecify.annotations.NullMarked;
