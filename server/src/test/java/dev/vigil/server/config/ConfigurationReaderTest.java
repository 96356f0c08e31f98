// SPDX-License-Identifier: Apache-2.0
package dev.vigil.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vigil.identity.federation.Provider;
import dev.vigil.identity.passkey.AuthenticatorRule;
import dev.vigil.identity.passkey.Certification;
import dev.vigil.server.config.ConfigurationReader.Reading;
import dev.vigil.testkit.TestCa;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateEncodingException;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ConfigurationReaderTest {

  private static final Path BASE = Path.of("/srv");

  private static Configuration read(String text) {
    var reading = ConfigurationReader.read("vigil.yaml", text, BASE);
    assertThat(reading).isInstanceOf(Reading.Read.class);
    return ((Reading.Read) reading).configuration();
  }

  private static List<String> problems(String text) {
    var reading = ConfigurationReader.read("vigil.yaml", text, BASE);
    assertThat(reading).isInstanceOf(Reading.Rejected.class);
    return ((Reading.Rejected) reading).problems();
  }

  @Test
  void nothing_set_is_one_safe_machine() {
    var it = ConfigurationReader.defaults(BASE);
    assertThat(it.face().listen().getAddress().isLoopbackAddress()).isTrue();
    assertThat(it.gateway().listen().getAddress().isLoopbackAddress()).isTrue();
    assertThat(it.face().browser()).hasToString("http://localhost:8080");
    assertThat(it.face().relyingPartyId()).isEqualTo("localhost");
    assertThat(it.keyPasswordFile()).isEqualTo(Path.of("/srv/vigil-data.key-password"));
    assertThat(read("")).isEqualTo(it);
  }

  @Test
  void every_problem_is_reported_at_once_with_its_place() {
    assertThat(
            problems(
                "gateway:\n"
                    + "  lisen: 127.0.0.1:1\n"
                    + "  url: ftp://x\n"
                    + "public:\n"
                    + "  listen: localhost\n"
                    + "data: 1\n"))
        .containsExactlyInAnyOrder(
            "vigil.yaml:2:3: unknown key `gateway.lisen`; did you mean `gateway.listen`?",
            "vigil.yaml:3:8: `gateway.url` takes an origin such as `https://id.bank.example`,"
                + " without a path, not `ftp://x`",
            "vigil.yaml:5:11: `public.listen` takes an address and a port such as `127.0.0.1:9443`,"
                + " not `localhost`",
            "vigil.yaml:6:1: `data` must be a section with keys of its own");
  }

  @Test
  void providers_are_read_with_what_is_safe_where_nothing_is_said() {
    var it =
        read(
            """
            identity:
              providers:
                - id: entra
                  kind: entra
                  issuer: "https://login.microsoftonline.com/{tenantid}/v2.0"
                  client-id: vigil
                  tenants: [tenant-1]
                  groups: {group-id: Tellers}
            """);
    var upstream = it.upstreams().getFirst();
    assertThat(upstream.provider().arrivals().provision()).isEqualTo(Provider.Provision.NEVER);
    assertThat(upstream.provider().meanings().groups()).containsEntry("group-id", "tellers");
    assertThat(upstream.secretFile()).isEmpty();
    assertThat(upstream.graph()).hasToString("https://graph.microsoft.com");
  }

  @Test
  void every_problem_of_a_provider_is_reported() {
    assertThat(
            problems(
                """
                identity:
                  providers:
                    - {id: Entra, kind: azure, issuer: "http://login.bank.example", client_id: x}
                    - {id: a, kind: entra, issuer: "https://e.example/{tenantid}/v2.0", client-id: x}
                    - {id: b, kind: okta, issuer: "https://o.example", client-id: x, tenants: [t], provision: always, max-age: soon, groups: {g: "no group"}}
                    - {id: c, kind: openid, issuer: "https://o.example", client-id: x, client-secret-file: vigil-data/secret}
                    - {id: c, kind: openid, issuer: "https://p.example", client-id: x}
                    - {id: d, kind: openid, issuer: "https://p.example/%s", client-id: x}
                """
                    .formatted("long".repeat(64))))
        .anyMatch(one -> one.contains("8:") && one.contains("at most 255 characters"))
        .anyMatch(one -> one.contains("3:") && one.contains("`id` takes"))
        .anyMatch(one -> one.contains("`kind` takes `entra`, `okta` or `openid`"))
        .anyMatch(one -> one.contains("`issuer` takes the https URL"))
        .anyMatch(one -> one.contains("did you mean `client-id`?"))
        .anyMatch(one -> one.contains("everybody with a Microsoft account could"))
        .anyMatch(one -> one.contains("`tenants` are for `kind: entra` only"))
        .anyMatch(one -> one.contains("`provision` takes"))
        .anyMatch(one -> one.contains("`max-age` takes seconds"))
        .anyMatch(one -> one.contains("`no group` is not a group's name"))
        .anyMatch(one -> one.contains("must lie outside the data folder"))
        .anyMatch(one -> one.contains("two providers are called `c`"));
  }

  @Test
  void a_rule_on_authenticators_says_each_thing_once() {
    assertThat(
            problems(
                """
                identity:
                  authenticators:
                    - {group: staff, attested: true, attested: false}
                """))
        .anyMatch(one -> one.contains("3:38") && one.contains("`attested` stands twice"));
  }

  @Test
  void passkeys_over_plain_http_anywhere_but_localhost_are_refused() {
    assertThat(problems("public:\n  browser-url: http://id.bank.test\n"))
        .singleElement()
        .asString()
        .contains("`localhost` only");
  }

  @Test
  void the_key_password_may_not_lie_in_the_data_folder() {
    assertThat(problems("keys:\n  password-file: vigil-data/secret\n"))
        .singleElement()
        .asString()
        .contains("outside")
        .doesNotContain("Path");
  }

  @Test
  void a_given_certificate_makes_the_issuer_the_place_for_browsers() {
    var it =
        read(
            "public:\n"
                + "  url: https://id.bank.test\n"
                + "  certificate: tls/chain.pem\n"
                + "  key: tls/key.pem\n");
    assertThat(it.face().browser()).hasToString("https://id.bank.test");
    assertThat(it.face().certificate())
        .hasValueSatisfying(
            given -> assertThat(given.chain()).isEqualTo(Path.of("/srv/tls/chain.pem")));
    assertThat(problems("public:\n  certificate: tls/chain.pem\n"))
        .singleElement()
        .asString()
        .contains("go together");
  }

  @Test
  void hostile_text_is_a_problem_and_never_an_exception() {
    assertThat(problems("a: &a [x, x]\nb: [*a, *a]\n")).isNotEmpty();
    assertThat(problems("[".repeat(5_000))).isNotEmpty();
    assertThat(problems("x".repeat(70_000))).isNotEmpty();
    assertThat(problems("\0")).isNotEmpty();
    assertThat(problems("gateway: {listen: [1, 2]}")).isNotEmpty();
  }

  @Test
  void who_is_believed_about_addresses_is_named_by_literal_blocks_only() {
    var it =
        read(
            "gateway:\n"
                + "  proxy-protocol-from: [10.0.0.0/28, '2001:db8::/64']\n"
                + "  trusted-proxies: [10.0.1.7]\n");
    assertThat(it.proxies().proxyProtocol()).containsExactly("10.0.0.0/28", "2001:db8::/64");
    assertThat(it.proxies().forwarded()).containsExactly("10.0.1.7");
    assertThat(read("").proxies().proxyProtocol()).isEmpty();
    for (var wrong : List.of("10.0.0.0/33", "10.0.0.0/-1", "proxy.example", "10.0.0/8", "/8", "''"))
      assertThat(problems("gateway:\n  proxy-protocol-from: [" + wrong + "]\n"))
          .as(wrong)
          .singleElement()
          .asString()
          .startsWith("vigil.yaml:2:24: `gateway.proxy-protocol-from` takes addresses and blocks");
    assertThat(problems("gateway:\n  trusted-proxies: 10.0.0.1\n"))
        .singleElement()
        .asString()
        .contains("takes a list");
  }

  @Test
  void rules_on_authenticators_are_read_with_their_metadata() {
    var it =
        read(
            "identity:\n"
                + "  metadata-url: https://mds.fido.example/\n"
                + "  metadata-root: "
                + root()
                + "\n"
                + "  authenticators:\n"
                + "    - {group: treasury, certified: FIDO_CERTIFIED_L2,"
                + " allow: [ee882879-721c-4913-9775-3dfcce97072a]}\n"
                + "    - attested: true\n");
    assertThat(it.passkeys().rules())
        .containsExactly(
            new AuthenticatorRule(
                Optional.of("treasury"),
                Set.of(UUID.fromString("ee882879-721c-4913-9775-3dfcce97072a")),
                Set.of(),
                Optional.of(Certification.FIDO_CERTIFIED_L2)),
            new AuthenticatorRule(Optional.empty(), Set.of(), Set.of(), Optional.empty()));
    var metadata = it.passkeys().metadata().orElseThrow();
    assertThat(metadata.source())
        .isEqualTo(new Document.At(URI.create("https://mds.fido.example/")));
    assertThat(metadata.signer().name()).isEqualTo("mds.fidoalliance.org");
  }

  @Test
  void rules_that_could_be_silently_unsafe_are_refused() {
    assertThat(problems("identity:\n  authenticators: [{attested: true}]\n"))
        .singleElement()
        .asString()
        .contains("rules on authenticators go together with `identity.metadata-file`");
    assertThat(problems("identity:\n  metadata-file: blob.jwt\n"))
        .singleElement()
        .asString()
        .contains("metadata and `identity.metadata-root` go together");
    String known = "identity:\n  metadata-file: b\n  metadata-root: " + root() + "\n";
    for (String bad :
        List.of(
            "{group: treasury}",
            "{attested: false}",
            "{attested: true, alow: []}",
            "{allow: []}",
            "{allow: [YubiKey]}",
            "{certified: high}",
            "[]",
            "treasury"))
      assertThat(problems(known + "  authenticators: [" + bad + "]\n")).as(bad).isNotEmpty();
    assertThat(problems(known + "  metadata-url: https://mds.fido.example/\n"))
        .singleElement()
        .asString()
        .contains("not both");
    assertThat(problems("identity:\n  metadata-root: /nowhere\n  metadata-file: b\n"))
        .singleElement()
        .asString()
        .contains("`/nowhere` holds no certificate");
    assertThat(problems("identity:\n  metadata-url: http://mds.fido.example/\n")).isNotEmpty();
  }

  private static Path root() {
    try {
      var pem =
          "-----BEGIN CERTIFICATE-----\n"
              + Base64.getMimeEncoder()
                  .encodeToString(TestCa.create("root").certificate().getEncoded())
              + "\n-----END CERTIFICATE-----\n";
      var file = Files.createTempFile("root", ".pem");
      file.toFile().deleteOnExit();
      return Files.writeString(file, pem);
    } catch (IOException | CertificateEncodingException e) {
      throw new IllegalStateException(e);
    }
  }
}
