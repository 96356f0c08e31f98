// SPDX-License-Identifier: Apache-2.0
/// The repository checks itself: walls between modules, dependencies, words, documents.
///
/// Start with `WallsTest`; the files it reads stand beside this module's pom.
@NullMarked
package dev.vigil.tidy;

import org.jspecify.annotations.NullMarked;
