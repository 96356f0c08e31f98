// SPDX-License-Identifier: Apache-2.0
package dev.vigil.server.config;

import dev.vigil.keys.TokenPlace;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Reads where the PKCS#11 token for the authorities' keys is: `keys.pkcs11-*`, all or none.
final class TokenReader {

  private static final String LIBRARY = "keys.pkcs11-library";
  private static final String TOKEN = "keys.pkcs11-token";
  private static final String PIN = "keys.pkcs11-pin-file";

  /// A label has at most 32 bytes (PKCS#11 version 2.40, section 3.2).
  private static final Pattern LABEL = Pattern.compile("slot:[0-9]{1,18}|(?!slot:)[ -~]{1,32}");

  private static final Pattern PATH = Pattern.compile("[^\\p{Cntrl}\"]+");

  private final Path base;
  private final ConfigurationReader section;

  /// @param base the folder that relative paths start from
  TokenReader(Path base, ConfigurationReader section) {
    this.base = base;
    this.section = section;
  }

  /// @param folder the data folder, which the PIN may not lie in
  Optional<TokenPlace> token(Path folder) {
    var given = List.of(LIBRARY, TOKEN, PIN).stream().filter(key -> section.node(key).isPresent());
    long count = given.count();
    if (count == 0) return Optional.empty();
    if (count < 3) {
      section.problem(
          section.node(LIBRARY).isPresent()
              ? LIBRARY
              : section.node(TOKEN).isPresent() ? TOKEN : PIN,
          "`" + LIBRARY + "`, `" + TOKEN + "` and `" + PIN + "` go together; give all three");
      return Optional.empty();
    }
    var library = base.resolve(section.text(LIBRARY).orElse(""));
    var token = section.text(TOKEN).orElse("");
    var pin = base.resolve(section.text(PIN).orElse(""));
    if (!PATH.matcher(library.toString()).matches())
      section.problem(LIBRARY, "`" + LIBRARY + "` takes a path without quotes");
    if (!LABEL.matcher(token).matches())
      section.problem(
          TOKEN,
          "`"
              + TOKEN
              + "` takes a token's label of at most 32 characters, or `slot:` and a number");
    if (pin.normalize().startsWith(folder.normalize()))
      section.problem(
          PIN,
          "the token's PIN must lie outside the data folder `"
              + folder
              + "`; whoever copied one would have both");
    return Optional.of(new TokenPlace(library, token, pin));
  }
}
