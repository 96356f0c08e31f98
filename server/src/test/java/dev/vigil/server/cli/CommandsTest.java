// SPDX-License-Identifier: Apache-2.0
package dev.vigil.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vigil.api.http.ApiServer;
import dev.vigil.testkit.SoftwareKey;
import java.nio.file.Files;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What an administrator does at the command line, and reads there.
class CommandsTest extends CommandsScene {

  @Test
  void a_person_is_invited_shown_moved_between_groups_and_disabled() {
    does(
        "user",
        "invite",
        "alice@bank.example",
        "--name",
        "Alice Ito",
        "--group",
        "loans",
        "--reason",
        "joined");
    assertThat(output.toString())
        .contains("https://vigil.example/invite#s3cret")
        .contains("2026-11-23 12:00:00Z");
    does("user", "groups", "alice@bank.example", "payments", "all-staff", "--reason", "moved");
    does("group", "add", "cards", "Alice@Bank.example", "--reason", "helps out");
    does("group", "list");
    assertThat(output.toString().lines())
        .containsExactly("GROUP      MEMBERS", "all-staff  1", "cards      1", "payments   1");
    does("user", "list");
    assertThat(output.toString())
        .contains("USER NAME")
        .contains("alice@bank.example")
        .contains("all-staff cards payments");
    does("user", "disable", "alice@bank.example", "--reason", "left");
    does("user", "show", "alice@bank.example");
    assertThat(output.toString())
        .contains("active      no")
        .contains("Alice Ito (alice@bank.example)");
    does("user", "enable", "alice@bank.example", "--reason", "came back");
    does("user", "reinvite", "alice@bank.example", "--reason", "lost the phone");
    does("user", "roles", "alice@bank.example", "help-desk", "--reason", "second line");
    assertThat(output.toString()).contains("help-desk");
    does("events", "tail", "--once", "--last", "3");
    assertThat(output.toString().lines()).hasSize(3);
    assertThat(output.toString()).contains("second line").doesNotContain("s3cret");
  }

  @Test
  void an_app_is_put_listed_shown_and_removed() {
    does(
        "app",
        "put",
        "mobile-bank",
        "--host",
        "bank.example",
        "--upstream",
        "https://10.0.0.1:8443",
        "--sensitivity",
        "high",
        "--transaction",
        "POST /pay amount,to",
        "--reason",
        "first app");
    does("app", "show", "mobile-bank");
    assertThat(output.toString()).contains("bank.example").contains("POST").contains("amount to");
    assertThat(
            run(
                "app",
                "put",
                "evil",
                "--host",
                "BANK.example",
                "--upstream",
                "https://10.0.0.2",
                "--reason",
                "mine now"))
        .isEqualTo(Exit.REFUSED.code());
    assertThat(errors.toString()).contains("another app already has this host").contains("next");
    does("app", "remove", "mobile-bank", "--reason", "gone");
    does("app", "list", "--json");
    assertThat(output.toString().strip()).isEqualTo("[ ]");
  }

  @Test
  void a_partner_gets_its_certificate_and_its_machine_can_be_revoked() throws Exception {
    var csr = folder.resolve("acme.csr");
    Files.writeString(
        csr,
        "-----BEGIN CERTIFICATE REQUEST-----\n"
            + Base64.getMimeEncoder()
                .encodeToString(SoftwareKey.generate().certificateRequest().toArray())
            + "\n-----END CERTIFICATE REQUEST-----\n");
    does("partner", "add", "acme", "--csr", csr.toString(), "--reason", "contract");
    assertThat(output.toString()).startsWith("-----BEGIN CERTIFICATE-----");
    does("device", "list");
    var device = output.toString().replaceFirst("(?s).*(dev_[a-z2-7]{26}).*", "$1");
    does("device", "show", device);
    assertThat(output.toString()).contains("partner").contains("CERTIFICATE");
    does("device", "revoke", device, "--reason", "contract ended");
    does("device", "show", device);
    assertThat(output.toString()).contains("revoked").contains("contract ended");
  }

  @Test
  void a_device_under_management_is_given_a_right_and_a_profile() throws Exception {
    does("device", "grant", "root", "--serial", "F2LX0001", "--reason", "new phone");
    assertThat(output.toString())
        .contains("enrolled once, until 2026-11-25")
        .contains("/acme/directory")
        .containsPattern("\n  [A-Za-z0-9_-]{32}\n");
    does("device", "grant", "root", "--protocol", "scep", "--json", "--reason", "new phone");
    assertThat(output.toString()).contains("\"protocol\" : \"scep\"").contains("/scep\"");
    var file = folder.resolve("alice.mobileconfig");
    does("device", "profile", "--apple", "root", "--out", file.toString(), "--reason", "new");
    assertThat(output.toString()).contains("the right in it lasts until");
    assertThat(
            java.nio.file.attribute.PosixFilePermissions.toString(
                Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(Files.readString(file)).contains("<string>com.apple.security.acme</string>");
    does("device", "profile", "--android", "com.example.bank", "--user", "root");
    assertThat(output.toString()).contains("vigil_issuer").contains("\"app:com.example.bank\"");
  }

  @Test
  void rights_for_nobody_for_too_long_or_without_a_reason_are_refused() {
    assertThat(run("device", "grant", "nobody", "--reason", "x")).isEqualTo(Exit.REFUSED.code());
    assertThat(errors.toString()).contains("`nobody` is nobody here");
    assertThat(run("device", "grant", "root", "--hours", "721", "--reason", "x"))
        .isEqualTo(Exit.REFUSED.code());
    assertThat(errors.toString()).contains("longer than 30 days");
    assertThat(run("device", "grant", "root")).isEqualTo(Exit.USAGE.code());
    assertThat(run("device", "grant", "root", "--protocol", "acne", "--reason", "x"))
        .isEqualTo(Exit.REFUSED.code());
    assertThat(errors.toString()).contains("did you mean `acme`?");
    assertThat(run("device", "profile", "--android", "not a package"))
        .isEqualTo(Exit.REFUSED.code());
    assertThat(run("device", "profile")).isEqualTo(Exit.USAGE.code());
    assertThat(errors.toString()).contains("`--apple USER`");
    assertThat(run("device", "profile", "--apple", "root", "--android", "com.example.bank"))
        .isEqualTo(Exit.USAGE.code());
  }

  @Test
  void a_saml_app_is_registered_from_its_metadata_shown_and_removed() throws Exception {
    var metadata = folder.resolve("crm.xml");
    Files.writeString(
        metadata,
        """
        <EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" entityID="https://crm.example">
          <SPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">
            <AssertionConsumerService index="0" Location="https://crm.example/acs"
              Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST"/>
          </SPSSODescriptor>
        </EntityDescriptor>
        """);
    String file = metadata.toString();
    does(
        "saml",
        "add",
        "crm",
        "--metadata",
        file,
        "--app",
        "crm",
        "--attribute",
        "urn:oid:2.5.4.3=display-name",
        "--name-id",
        "email",
        "--reason",
        "contract");
    assertThat(output.toString()).contains("`https://crm.example` signs in here");
    does("saml", "list");
    assertThat(output.toString()).contains("crm", "email", "https://crm.example");
    does("saml", "show", "crm", "--json");
    assertThat(output.toString()).contains("\"urn:oid:2.5.4.3=display-name\"");
    assertThat(run("saml", "add", "x", "--metadata", file, "--app", "crm", "--reason", "r"))
        .isNotZero();
    assertThat(run("saml", "add", "other", "--metadata", file, "--app", "crm", "--reason", "r"))
        .isNotZero();
    assertThat(errors.toString()).contains("another service provider has this entity ID");
    Files.writeString(metadata, "<!DOCTYPE x><x/>");
    assertThat(run("saml", "add", "other", "--metadata", file, "--app", "crm", "--reason", "r"))
        .isNotZero();
    does("saml", "remove", "crm", "--reason", "contract ended");
    assertThat(run("saml", "show", "crm")).isNotZero();
  }

  @Test
  void sessions_are_listed_and_ended_and_then_nobody_is_signed_in() {
    does("session", "list");
    var session = output.toString().replaceFirst("(?s).*(ses_[a-z2-7]{26}).*", "$1");
    does("session", "show", session);
    assertThat(output.toString()).contains("bound to  key");
    does("session", "revoke", session, "--reason", "done for today");
    assertThat(run("session", "list")).isNotZero();
  }

  @Test
  void a_change_without_a_reason_is_not_sent() {
    assertThat(run("user", "invite", "alice@bank.example")).isEqualTo(Exit.USAGE.code());
    assertThat(errors.toString()).contains("a change needs a reason").contains("--reason");
    does("user", "list");
    assertThat(output.toString()).doesNotContain("alice");
  }

  @Test
  void what_is_refused_ends_with_1_and_says_what_why_and_what_to_do() {
    assertThat(run("user", "disable", "root", "--reason", "a mistake"))
        .isEqualTo(Exit.REFUSED.code());
    assertThat(errors.toString())
        .contains("vigil: nobody was disabled")
        .contains("this would leave nobody who can administer Vigil")
        .contains("make somebody else an administrator first");
    assertThat(run("device", "show", "dev_nothing", "--json")).isEqualTo(Exit.REFUSED.code());
    assertThat(output.toString()).contains("\"code\" : \"devices.unknown\"");
    assertThat(run("user", "show", "../../etc/passwd")).isEqualTo(Exit.REFUSED.code());
  }

  @Test
  void a_server_that_went_away_ends_with_4() {
    server.ifPresent(ApiServer::close);
    assertThat(run("user", "list")).isEqualTo(Exit.UNREACHABLE.code());
    server = Optional.empty();
  }

  @Test
  void what_is_kept_is_the_owner_s_alone_and_shows_no_secret() throws Exception {
    assertThat(Files.getPosixFilePermissions(folder.resolve("sign-in.json"))).hasSize(2);
    var kept = new StateFolder(folder).load().orElseThrow();
    assertThat(kept.toString())
        .doesNotContain(TOKEN)
        .doesNotContain("refresh")
        .doesNotContain(String.valueOf(key.getD()));
    assertThat(new ProofKey(key, entropy).toString()).doesNotContain(String.valueOf(key.getD()));
  }

  @Test
  void a_provider_is_let_in_listed_given_another_token_and_shut_out() {
    does(
        "provisioning", "add", "entra", "--name", "entra-staff", "--reason", "people come from it");
    assertThat(output.toString()).contains("/scim/v2").contains("vigil-scim-");
    String token = output.toString().replaceAll("(?s).*(vigil-scim-\\S+).*", "$1");
    does("provisioning", "list");
    assertThat(output.toString())
        .contains("entra-staff")
        .contains("2027-05-21 12:00:00Z")
        .doesNotContain(token);
    does(
        "provisioning",
        "rotate",
        "entra-staff",
        "--only",
        "--token-days",
        "30",
        "--reason",
        "leak");
    assertThat(output.toString()).contains("2026-12-22").doesNotContain(token);
    assertThat(run("provisioning", "add", "okta", "--name", "entra-staff", "--reason", "x"))
        .isNotZero();
    assertThat(errors.toString()).contains("another provider already has this name");
    assertThat(run("provisioning", "rotate", "entra-staff", "--token-days", "900", "--reason", "x"))
        .isNotZero();
    does("provisioning", "remove", "entra-staff", "--reason", "moved");
    does("provisioning", "list", "--json");
    assertThat(output.toString()).doesNotContain("entra-staff");
    does("events", "tail", "--once", "--last", "3");
    assertThat(output.toString())
        .contains("provisioning-provider-removed")
        .doesNotContain("vigil-scim-");
  }
}
