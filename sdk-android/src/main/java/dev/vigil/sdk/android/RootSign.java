// SPDX-License-Identifier: Apache-2.0
package dev.vigil.sdk.android;

/// One sign that a phone may be rooted. Whoever owns the system can hide every one of them from an
/// app, so that none was found proves nothing: the server takes it as `reported`.
public enum RootSign {
  /// A program that gives out the rights of root lies where such programs usually lie.
  SU_BINARY("su-binary"),
  /// The system was signed with the keys that everybody has.
  TEST_KEYS("test-keys"),
  /// An app that manages root is installed.
  ROOT_APP("root-app"),
  /// What must be read-only is mounted to be written.
  WRITABLE_SYSTEM("writable-system"),
  /// A mount that only Magisk or KernelSU makes.
  ROOT_MOUNT("root-mount"),
  /// A property of the system says that debugging with the rights of root is on.
  DANGEROUS_PROPERTY("dangerous-property");

  private final String label;

  RootSign(String label) {
    this.label = label;
  }

  /// The stable name, such as `su-binary`.
  public String label() {
    return label;
  }
}
