// SPDX-License-Identifier: Apache-2.0
package dev.vigil.policy.language;

/// One file of a policy: its name, as problems cite it, and its text.
public record PolicySource(String name, String text) {}
