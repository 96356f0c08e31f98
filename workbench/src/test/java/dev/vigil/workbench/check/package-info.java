// SPDX-License-Identifier: Apache-2.0
/// What reviewers are told of sound policies.
@NullMarked
package dev.vigil.workbench.check;

import org.jspecify.annotations.NullMarked;
