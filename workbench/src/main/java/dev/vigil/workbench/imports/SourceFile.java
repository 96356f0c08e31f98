// SPDX-License-Identifier: Apache-2.0
package dev.vigil.workbench.imports;

import java.nio.charset.StandardCharsets;

/// One file of an export, as it lies on the disk: what its bytes mean is found out when it is read.
public final class SourceFile {

  private final String name;
  private final byte[] content;

  /// @param name as it is cited, such as its path below the folder that was given
  public SourceFile(String name, byte[] content) {
    this.name = name;
    this.content = content.clone();
  }

  /// A file of this text.
  public static SourceFile of(String name, String text) {
    return new SourceFile(name, text.getBytes(StandardCharsets.UTF_8));
  }

  /// As it is cited.
  public String name() {
    return name;
  }

  /// What is in it; not to be changed.
  byte[] content() {
    return content;
  }
}
