// SPDX-License-Identifier: Apache-2.0
/// What a person's sign-in costs the machine, from an app's pushed request to its token, beside a
/// password and a one-time code at another provider.
///
/// Start with [SignInCommand].
@NullMarked
package dev.vigil.bench.signin;

import org.jspecify.annotations.NullMarked;
