// SPDX-License-Identifier: Apache-2.0
/// People who sign in somewhere else: what another OpenID provider is asked, and what of its answer
/// is believed. Pure; start reading at [IdTokens].
@NullMarked
package dev.vigil.identity.federation;

import org.jspecify.annotations.NullMarked;
