// SPDX-License-Identifier: Apache-2.0
package dev.vigil.workbench.suite;

import dev.vigil.policy.AccessRequest;
import dev.vigil.policy.language.Place;

/// One case.
///
/// @param name a sentence; a case that is given several requests is several cases, `... [2]`
public record Case(String name, Place place, AccessRequest given, Expectation expected) {}
