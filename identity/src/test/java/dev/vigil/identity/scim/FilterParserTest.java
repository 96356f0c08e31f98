// SPDX-License-Identifier: Apache-2.0
package dev.vigil.identity.scim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vigil.kernel.Outcome;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// The grammar of filters and paths (RFC 7644 figures 1 and 7).
class FilterParserTest {

  /// A filter, and what was understood; or the refusal's code.
  private static final String TABLE =
      """
      userName eq "bjensen"                              | (userName EQ bjensen)
      USERNAME Eq "b"                                    | (USERNAME EQ b)
      name.familyName co "O'Malley"                      | (name.familyName CO O'Malley)
      urn:ietf:params:scim:schemas:core:2.0:User:userName sw "J" | (urn:ietf:params:scim:schemas:core:2.0:User:userName SW J)
      title pr                                           | (title pr)
      meta.lastModified gt "2011-05-13T04:42:34Z"        | (meta.lastModified GT 2011-05-13T04:42:34Z)
      title pr and userType eq "Employee"                | ((title pr) and (userType EQ Employee))
      a pr or b pr and c pr                              | ((a pr) or ((b pr) and (c pr)))
      (a pr or b pr) and c pr                            | (((a pr) or (b pr)) and (c pr))
      not (a pr) and b pr                                | ((not (a pr)) and (b pr))
      userType ne "Employee" and not (emails co "x")     | ((userType NE Employee) and (not (emails CO x)))
      emails[type eq "work" and value co "@example.com"] | (emails[((type EQ work) and (value CO @example.com))])
      emails[type eq "work"].value eq "x"                | (emails[((type EQ work) and (value EQ x))])
      active eq true                                     | (active EQ true)
      active eq null                                     | (active EQ null)
      age ge -12.5                                       | (age GE -12.5)
      a eq "q\\"\\\\\\/\\u0041"                          | (a EQ q"\\/A)
      not eq "x"                                         | (not EQ x)
      a eq                                               | scim.filter
      a                                                  | scim.filter
      eq "x"                                             | scim.filter
      a eq x                                             | scim.filter
      a eq "x                                            | scim.filter
      a eq "x\\q"                                        | scim.filter
      a eq "\\u12"                                       | scim.filter
      a eq "x" b                                         | scim.filter
      (a pr                                              | scim.filter
      a pr)                                              | scim.filter
      a pr and                                           | scim.filter
      not a pr                                           | scim.filter
      emails[type eq "work"                              | scim.filter
      emails.value[type pr]                              | scim.filter
      emails[x[y pr]]                                    | scim.filter
      a..b pr                                            | scim.filter
      a.b.c pr                                           | scim.filter
      a == "x"                                           | scim.filter
      ((((((((((a pr))))))))))                           | scim.filter-too-complex
      """;

  @Test
  void every_line_of_the_table_is_understood_as_it_says() {
    for (String line : TABLE.lines().toList()) {
      int bar = line.lastIndexOf(" | ");
      String text = line.substring(0, bar).strip();
      assertThat(said(FilterParser.filter(text))).as(text).isEqualTo(line.substring(bar + 3));
    }
  }

  private static String said(Outcome<Filter> outcome) {
    return switch (outcome) {
      case Outcome.Done<Filter>(Filter filter) -> said(filter);
      case Outcome.Refused<Filter>(var refusal, var _) -> refusal.code();
    };
  }

  private static String said(Filter filter) {
    return switch (filter) {
      case Filter.And(Filter a, Filter b) -> "(" + said(a) + " and " + said(b) + ")";
      case Filter.Or(Filter a, Filter b) -> "(" + said(a) + " or " + said(b) + ")";
      case Filter.Not(Filter a) -> "(not " + said(a) + ")";
      case Filter.Present(AttributePath name) -> "(" + name + " pr)";
      case Filter.OneOf(AttributePath name, Filter a) -> "(" + name + "[" + said(a) + "])";
      case Filter.Compare(AttributePath name, var operator, Literal literal) ->
          "(" + name + " " + operator + " " + said(literal) + ")";
    };
  }

  private static String said(Literal literal) {
    return switch (literal) {
      case Literal.Text(String text) -> text;
      case Literal.Flag(boolean flag) -> Boolean.toString(flag);
      case Literal.Decimal(var number) -> number.toPlainString();
      case Literal.Nothing _ -> "null";
    };
  }

  @Test
  void paths_name_an_attribute_some_of_its_values_and_a_part_of_them() {
    assertThat(path("members")).isEqualTo("members");
    assertThat(path("name.familyName")).isEqualTo("name.familyName");
    assertThat(path("addresses[type eq \"work\"]")).isEqualTo("addresses[(type EQ work)]");
    assertThat(path("emails[type eq \"work\"].value")).isEqualTo("emails[(type EQ work)].value");
    assertThat(path("urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager"))
        .isEqualTo("urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager");
    for (String broken :
        List.of(
            "", " ", "a b", "a[", "a[]", "a[x pr].", "a[x pr].b.c", "a[x pr]b", "a.b[x pr]", ".a"))
      assertThat(path(broken)).as(broken).isEqualTo("scim.path");
  }

  private static String path(String text) {
    return switch (FilterParser.path(text)) {
      case Outcome.Done<PatchPath>(var path) ->
          path.attribute()
              + path.values().map(filter -> "[" + said(filter) + "]").orElse("")
              + path.sub().map(sub -> "." + sub).orElse("");
      case Outcome.Refused<PatchPath>(var refusal, var _) -> refusal.code();
    };
  }

  @Test
  void wide_and_long_filters_are_refused_before_they_cost_anything() {
    String wide =
        java.util.stream.Stream.generate(() -> "a pr")
            .limit(33)
            .collect(Collectors.joining(" or "));
    assertThat(said(FilterParser.filter(wide))).isEqualTo("scim.filter-too-complex");
    assertThat(said(FilterParser.filter("not (".repeat(300)))).isEqualTo("scim.filter-too-complex");
    assertThat(said(FilterParser.filter("a eq \"" + "x".repeat(2_000) + "\"")))
        .isEqualTo("scim.filter-too-long");
  }

  @Test
  void no_text_whatever_throws_or_takes_long() {
    var random = new Random(20261122);
    var pieces =
        List.of(
            "a",
            "userName",
            ".",
            "(",
            ")",
            "[",
            "]",
            "\"",
            "\\",
            "eq",
            "pr",
            "and",
            "or",
            "not",
            " ",
            "\"x\"",
            "true",
            "null",
            "1e9",
            "-",
            "urn:a:",
            ":",
            "\u0000",
            "\ud800",
            "é",
            "\\u00");
    for (int i = 0; i < 100_000; i++) {
      var text = new StringBuilder();
      int length = random.nextInt(24);
      for (int j = 0; j < length; j++) {
        text.append(pieces.get(random.nextInt(pieces.size())));
        if (random.nextInt(3) == 0) text.append(' ');
      }
      assertThat(FilterParser.filter(text.toString())).isNotNull();
      assertThat(FilterParser.path(text.toString())).isNotNull();
    }
  }
}
