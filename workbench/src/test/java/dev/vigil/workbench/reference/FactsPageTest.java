// SPDX-License-Identifier: Apache-2.0
package dev.vigil.workbench.reference;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vigil.policy.FactsSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/// `docs/facts.md` is what the schema says. `-Dvigil.bless=true` writes it anew.
class FactsPageTest {

  @Test
  void the_page_of_facts_is_what_the_schema_says() throws IOException {
    var page = Path.of(System.getProperty("vigil.root", ".."), "docs", "facts.md");
    var text = FactsPage.of(FactsSchema.standard());
    if (Boolean.getBoolean("vigil.bless")) Files.writeString(page, text);
    assertThat(page)
        .as("docs/facts.md; rewrite it with -Dvigil.bless=true and review the difference")
        .hasContent(text);
  }
}
