// SPDX-License-Identifier: Apache-2.0
package dev.vigil.api.scim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vigil.admission.provisioning.Provider;
import dev.vigil.admission.provisioning.Providers;
import dev.vigil.api.scim.ScimHouse.Client;
import dev.vigil.identity.Role;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What a provider, or somebody who would like to be one, must not be able to do.
class ScimAbuseTest {

  private ScimHouse house;
  private Client entra;

  @BeforeEach
  void open() throws Exception {
    house = new ScimHouse();
    entra = house.entra();
  }

  @AfterEach
  void close() {
    house.close();
  }

  @Test
  void without_a_valid_token_nothing_is_said_and_it_is_recorded_but_not_without_end()
      throws Exception {
    for (String token : new String[] {"", "x", "vigil-scim-" + "A".repeat(43), "y".repeat(5_000)})
      house.new Client(token).get("/Users").refused(401, "");
    var answer = house.new Client("wrong").get("/Schemas").refused(401, "");
    assertThat(answer.raw().headers().firstValue("www-authenticate").orElse(""))
        .startsWith("Bearer");
    for (int i = 0; i < 30; i++) house.new Client("wrong" + i).get("/Users").is(401);
    assertThat(house.events("provisioning-refused")).hasSizeBetween(1, 10);
  }

  @Test
  void an_expired_a_rotated_out_and_a_removed_providers_token_end_at_once() throws Exception {
    var second =
        house
        .new Client(
            ScimHouse.done(
                    house.providers.rotate(
                        house.mandate, "entra", Duration.ofDays(10), Providers.Others.STAY))
                .token());
    entra.get("/Users").is(200);
    second.get("/Users").is(200);
    house.time.pass(Duration.ofDays(11));
    second.get("/Users").is(401);
    entra.get("/Users").is(200);
    var third =
        house
        .new Client(
            ScimHouse.done(
                    house.providers.rotate(
                        house.mandate, "entra", Duration.ofDays(10), Providers.Others.END))
                .token());
    entra.get("/Users").is(401);
    String id = third.user("alice@bank.example");
    var _ = house.providers.remove(house.mandate, "entra");
    third.get("/Users").is(401);
    assertThat(house.subject(id).active()).isTrue();
  }

  @Test
  void another_providers_people_and_groups_do_not_exist() throws Exception {
    var okta = house.okta();
    String alice = entra.user("alice@bank.example");
    String group = entra.post("/Groups", "{\"displayName\":\"Loans\"}").is(201).id();
    okta.get("/Users/" + alice).refused(404, "");
    okta.patch("/Users/" + alice, "[{\"op\":\"replace\",\"value\":{\"active\":false}}]")
        .refused(404, "");
    okta.delete("/Users/" + alice).refused(404, "");
    okta.get("/Groups/" + group).refused(404, "");
    okta.delete("/Groups/" + group).refused(404, "");
    okta.get("/Users").has("/totalResults", 0);
    okta.find("/Users", "userName eq \"alice@bank.example\"").has("/totalResults", 0);
    okta.post("/Users", "{\"userName\":\"alice@bank.example\"}").refused(409, "uniqueness");
    okta.post("/Groups", "{\"displayName\":\"loans\"}").refused(409, "uniqueness");
    okta.post("/Groups", "{\"displayName\":\"Mine\",\"members\":[{\"value\":\"" + alice + "\"}]}")
        .refused(400, "invalidValue");
    assertThat(house.subject(alice).groups()).isEmpty();
    assertThat(house.subject(alice).active()).isTrue();
  }

  @Test
  void a_person_made_by_hand_is_never_adopted_silently_and_only_by_the_exact_name()
      throws Exception {
    var hand = house.byHand("hand@bank.example", Set.of("cards"));
    entra
        .post("/Users", "{\"userName\":\"hand@bank.example\",\"active\":false}")
        .refused(409, "uniqueness");
    entra.get("/Users/" + hand.id()).refused(404, "");
    var adopting = house.adopting();
    adopting.user("hand2@bank.example");
    var adopted =
        adopting
            .post("/Users", "{\"userName\":\"hand@bank.example\",\"displayName\":\"By Hand\"}")
            .is(201);
    assertThat(adopted.id()).isEqualTo(hand.id().value());
    assertThat(house.subject(adopted.id()).groups()).containsExactly("cards");
    assertThat(house.events("subject-adopted")).hasSize(1);
  }

  @Test
  void roles_in_vigil_come_from_nowhere_here() throws Exception {
    String id =
        entra
            .post(
                "/Users",
                "{\"userName\":\"eve@bank.example\",\"roles\":[{\"value\":\"administrator\",\"primary\":\"True\"}],"
                    + "\"entitlements\":[{\"value\":\"ADMINISTRATOR\"}],\"userType\":\"administrator\","
                    + "\"groups\":[{\"value\":\"administrators\"}],\"population\":\"partner\"}")
            .is(201)
            .hasNot("/groups")
            .hasNot("/population")
            .id();
    entra
        .patch(
            "/Users/" + id,
            "[{\"op\":\"add\",\"path\":\"roles\",\"value\":[{\"value\":\"administrator\"}]}]")
        .is(200);
    entra
        .patch(
            "/Users/" + id, "[{\"op\":\"add\",\"path\":\"groups\",\"value\":[{\"value\":\"x\"}]}]")
        .refused(400, "mutability");
    entra
        .patch("/Users/" + id, "[{\"op\":\"replace\",\"path\":\"id\",\"value\":\"sub_x\"}]")
        .refused(400, "mutability");
    assertThat(house.subject(id).roles()).isEmpty();
    assertThat(house.subject(id).groups()).isEmpty();
  }

  @Test
  void a_group_that_administrators_keep_by_hand_is_not_taken_over_by_its_name() throws Exception {
    house.byHand("hand@bank.example", Set.of("vault-keepers"));
    String eve = entra.user("eve@bank.example");
    entra
        .post(
            "/Groups",
            "{\"displayName\":\"Vault Keepers\",\"members\":[{\"value\":\"" + eve + "\"}]}")
        .refused(409, "uniqueness");
    String group =
        entra
            .post("/Groups", "{\"displayName\":\"Mine\",\"members\":[{\"value\":\"" + eve + "\"}]}")
            .is(201)
            .id();
    entra
        .patch(
            "/Groups/" + group,
            "[{\"op\":\"replace\",\"value\":{\"displayName\":\"vault keepers\"}}]")
        .refused(409, "uniqueness");
    assertThat(house.subject(eve).groups()).containsExactly("mine");
    entra.post("/Groups", "{\"displayName\":\"v\u0430ult\"}").refused(400, "invalidValue");
  }

  @Test
  void the_last_administrator_cannot_be_deactivated_or_deleted_but_another_can_and_keeps_the_role()
      throws Exception {
    var root = house.byHand("root@bank.example", Set.of(), Role.ADMINISTRATOR);
    var adopting = house.adopting();
    String id = adopting.user("root@bank.example");
    assertThat(id).isEqualTo(root.id().value());
    var session = house.session(id);
    adopting
        .patch("/Users/" + id, "[{\"op\":\"Replace\",\"path\":\"active\",\"value\":\"False\"}]")
        .refused(409, "mutability");
    adopting.delete("/Users/" + id).refused(409, "mutability");
    assertThat(house.lives(session)).isTrue();
    house.byHand("other@bank.example", Set.of(), Role.ADMINISTRATOR);
    adopting.delete("/Users/" + id).is(204);
    assertThat(house.lives(session)).isFalse();
    assertThat(house.subject(id).roles()).containsExactly(Role.ADMINISTRATOR);
    assertThat(house.subject(id).userName()).isEqualTo("root@bank.example");
  }

  @Test
  void filter_bombs_are_refused_unread() throws Exception {
    entra.find("/Users", "(".repeat(40) + "userName pr" + ")".repeat(40)).refused(400, "tooMany");
    entra
        .find(
            "/Users",
            IntStream.range(0, 40).mapToObj(_ -> "title pr").collect(Collectors.joining(" or ")))
        .refused(400, "tooMany");
    entra.find("/Users", "userName eq \"" + "x".repeat(2_100) + "\"").refused(413, "invalidFilter");
    entra.find("/Users", "emails[value[value pr]]").refused(400, "invalidFilter");
    entra.find("/Users", "userName regex \".*\"").refused(400, "invalidFilter");
    entra.find("/Users", "usrName eq \"x\"").refused(400, "invalidFilter");
    entra.find("/Users", "active gt true").refused(400, "invalidFilter");
    entra.find("/Users", "userName eq \"\\u0000\"").is(200).has("/totalResults", 0);
  }

  @Test
  void deep_huge_and_broken_content_is_refused_in_scims_own_form() throws Exception {
    entra
        .post("/Users", "{\"a\":" + "[".repeat(500) + "]".repeat(500) + "}")
        .refused(400, "invalidSyntax");
    entra.post("/Users", "{\"userName\":\"a\",\"userName\":\"b\"}").refused(400, "invalidSyntax");
    entra.post("/Users", "[]").refused(400, "invalidSyntax");
    entra.post("/Users", "{\"userName\":\"" + "x".repeat(600_000) + "\"}").refused(413, "");
    entra.send("POST", "/Users", "x", Map.of("Content-Type", "text/plain")).refused(415, "");
    entra.get("/Nothing").refused(404, "");
    entra.put("/Users", "{}").refused(405, "");
    entra.post("/Bulk", "{}").refused(501, "");
    entra.post("/Users", "{}").refused(400, "invalidValue");
    entra.post("/Users", "{\"userName\":{\"a\":1}}").refused(400, "invalidValue");
  }

  @Test
  void nul_overlong_and_too_many_values_are_refused_and_leave_nothing() throws Exception {
    entra.post("/Users", "{\"userName\":\"a\\u0000b\"}").refused(400, "invalidValue");
    entra
        .post("/Users", "{\"userName\":\"ok\",\"title\":\"a\\u0000b\"}")
        .refused(400, "invalidValue");
    entra.post("/Users", "{\"userName\":\"ok\",\"title\":\"\\ud800\"}").is(400);
    entra.post("/Users", "{\"userName\":\"" + "x".repeat(400) + "\"}").refused(400, "invalidValue");
    entra
        .post("/Users", "{\"userName\":\"ok\",\"title\":\"" + "x".repeat(5_000) + "\"}")
        .refused(400, "invalidValue");
    entra
        .post("/Users", "{\"userName\":\"ok\",\"externalId\":\"" + "x".repeat(300) + "\"}")
        .refused(400, "invalidValue");
    String mails =
        IntStream.range(0, 60)
            .mapToObj(i -> "{\"value\":\"m" + i + "\"}")
            .collect(Collectors.joining(","));
    entra
        .post("/Users", "{\"userName\":\"ok\",\"emails\":[" + mails + "]}")
        .refused(400, "tooMany");
    String long40 =
        IntStream.range(0, 40)
            .mapToObj(i -> "{\"value\":\"" + i + "x".repeat(1_000) + "\"}")
            .collect(Collectors.joining(","));
    entra
        .post("/Users", "{\"userName\":\"ok\",\"emails\":[" + long40 + "]}")
        .refused(413, "tooMany");
    String members =
        IntStream.range(0, 2_001)
            .mapToObj(i -> "{\"value\":\"m" + i + "\"}")
            .collect(Collectors.joining(","));
    entra
        .post("/Groups", "{\"displayName\":\"Big\",\"members\":[" + members + "]}")
        .refused(400, "tooMany");
    String operations =
        IntStream.range(0, 101)
            .mapToObj(_ -> "{\"op\":\"remove\",\"path\":\"title\"}")
            .collect(Collectors.joining(",", "[", "]"));
    entra.patch("/Users/" + entra.user("ok"), operations).refused(400, "tooMany");
    entra.get("/Users").has("/totalResults", 1);
    entra.get("/Groups").has("/totalResults", 0);
  }

  @Test
  void a_provider_that_asks_too_often_waits() throws Exception {
    int status = 200;
    for (int i = 0; i < 3_100 && status == 200; i++) status = entra.get("/Users?count=0").status();
    assertThat(status).isEqualTo(429);
    house.okta().get("/Users").is(200);
    house.time.pass(Duration.ofMinutes(1));
    entra.get("/Users").is(200);
  }

  @Test
  void a_token_says_when_it_was_last_used_and_is_not_stored_itself() throws Exception {
    entra.get("/Users").is(200);
    var known = house.providers.all().getFirst();
    assertThat(known.tokens().getFirst().lastUsedAt()).contains(house.time.now());
    assertThat(known.toString()).doesNotContain(entra.token);
    assertThat(known.provider().kind()).isEqualTo(Provider.Kind.ENTRA);
  }
}
