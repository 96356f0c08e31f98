// SPDX-License-Identifier: Apache-2.0
package dev.vigil.api.scim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vigil.api.scim.ScimHouse.Client;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What Microsoft Entra ID sends, as its documentation shows it (learn.microsoft.com, "Develop and
/// plan provisioning for a SCIM endpoint"; "Known issues and resolutions with SCIM 2.0 protocol
/// compliance"), with and without the flag `aadOptscim062020`.
class EntraTest {

  private static final String ENTERPRISE =
      "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
  private static final String ALICE =
      """
      {"schemas":["urn:ietf:params:scim:schemas:core:2.0:User",
        "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"],
       "externalId":"0a21f0f2-8d2a-4f8e-bf98-7363c4aed4ef",
       "userName":"Alice.Ito@bank.example","active":true,
       "addresses":[{"primary":false,"type":"work","country":"CH"}],
       "displayName":"Alice Ito","emails":[{"primary":true,"type":"work","value":"alice@bank.example"}],
       "meta":{"resourceType":"User"},
       "name":{"formatted":"Alice Ito","familyName":"Ito","givenName":"Alice"},
       "phoneNumbers":[{"primary":false,"type":"mobile","value":"+41 44 000 00 00"}],
       "roles":[],"title":"Teller",
       "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User":{"employeeNumber":"42","department":"Loans"}}
      """;

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

  private String alice() throws Exception {
    return entra.post("/Users", ALICE).is(201).id();
  }

  @Test
  void the_connection_test_finds_nobody_and_an_empty_list_is_no_error() throws Exception {
    entra
        .get("/Users?filter=userName+eq+%22non-existent-guid%22&aadOptscim062020")
        .is(200)
        .has("/totalResults", 0)
        .has("/itemsPerPage", 0);
    entra
        .get("/Groups?excludedAttributes=members&filter=displayName+eq+%22x%22")
        .is(200)
        .has("/totalResults", 0);
  }

  @Test
  void a_new_person_comes_back_as_sent_and_is_found_by_user_name_external_id_and_mail()
      throws Exception {
    String id = alice();
    var subject = house.subject(id);
    assertThat(subject.userName()).isEqualTo("alice.ito@bank.example");
    assertThat(subject.displayName()).isEqualTo("Alice Ito");
    assertThat(subject.roles()).isEmpty();
    entra
        .get("/Users/" + id)
        .is(200)
        .has("/userName", "Alice.Ito@bank.example")
        .has("/emails/0/value", "alice@bank.example")
        .has("/" + ENTERPRISE + "/department", "Loans")
        .has("/name/familyName", "Ito");
    for (String filter :
        new String[] {
          "userName eq \"ALICE.ITO@bank.example\"",
          "externalId eq \"0a21f0f2-8d2a-4f8e-bf98-7363c4aed4ef\"",
          "emails[type eq \"work\"].value eq \"Alice@bank.example\"",
          "id eq \"" + id + "\" and active eq true",
          "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department sw \"loa\"",
          "name.familyName co \"t\" and not (title pr and title eq \"Baker\")"
        }) entra.find("/Users", filter).is(200).has("/totalResults", 1).has("/Resources/0/id", id);
    entra.post("/Users", ALICE).refused(409, "uniqueness");
  }

  @Test
  void the_old_shapes_of_patch_change_what_they_mean() throws Exception {
    String id = alice();
    entra
        .patch(
            "/Users/" + id,
            """
            [{"op":"Replace","path":"emails[type eq \\"work\\"].value","value":"ito@bank.example"},
             {"op":"Replace","path":"name.familyName","value":"Ito-Meier"},
             {"op":"Add","path":"phoneNumbers[type eq \\"work\\"].value","value":"+41 1"},
             {"op":"Add","path":"%1$s:manager","value":[{"$ref":"http://x/scim/Users/1","value":"1"}]},
             {"op":"Replace","path":"%1$s:department","value":"Cards"}]
            """
                .formatted(ENTERPRISE))
        .is(200)
        .has("/emails/0/value", "ito@bank.example")
        .has("/name/familyName", "Ito-Meier")
        .has("/name/givenName", "Alice")
        .has("/phoneNumbers/1/type", "work")
        .has("/phoneNumbers/1/value", "+41 1")
        .has("/" + ENTERPRISE + "/manager/value", "1")
        .has("/" + ENTERPRISE + "/department", "Cards");
    entra
        .patch("/Users/" + id, "[{\"op\":\"Replace\",\"path\":\"active\",\"value\":\"False\"}]")
        .is(200)
        .has("/active", false);
    assertThat(house.subject(id).active()).isFalse();
    entra
        .patch("/Users/" + id, "[{\"op\":\"Add\",\"path\":\"active\",\"value\":\"True\"}]")
        .is(200)
        .has("/active", true);
    entra
        .patch(
            "/Users/" + id,
            "[{\"op\":\"Remove\",\"path\":\"phoneNumbers[type eq \\\"mobile\\\"]\"}]")
        .is(200)
        .has("/phoneNumbers/0/type", "work");
  }

  @Test
  void the_new_shapes_of_patch_dotted_and_urn_prefixed_keys_change_what_they_mean()
      throws Exception {
    String id = alice();
    entra
        .patch(
            "/Users/" + id,
            """
            [{"op":"replace","value":{"displayName":"Bjfe","name.givenName":"Kkom","name.familyName":"Unua",
              "emails[type eq \\"work\\"].value":"kkom@bank.example","unknownHere":"x",
              "%1$s:employeeNumber":"Aklq","%1$s":{"costCenter":"7"}}},
             {"op":"replace","path":"active","value":false},
             {"op":"add","path":"%1$s:manager","value":"sub_of_the_boss"}]
            """
                .formatted(ENTERPRISE))
        .is(200)
        .has("/displayName", "Bjfe")
        .has("/name/givenName", "Kkom")
        .has("/name/formatted", "Alice Ito")
        .has("/emails/0/value", "kkom@bank.example")
        .has("/" + ENTERPRISE + "/employeeNumber", "Aklq")
        .has("/" + ENTERPRISE + "/department", "Loans")
        .has("/" + ENTERPRISE + "/costCenter", "7")
        .has("/" + ENTERPRISE + "/manager/value", "sub_of_the_boss")
        .has("/active", false)
        .hasNot("/unknownHere");
    assertThat(house.subject(id).displayName()).isEqualTo("Bjfe");
  }

  @Test
  void a_patch_is_done_whole_or_not_at_all() throws Exception {
    String id = alice();
    String before = entra.get("/Users/" + id).etag();
    entra
        .patch(
            "/Users/" + id,
            "[{\"op\":\"Replace\",\"path\":\"title\",\"value\":\"Chief\"},"
                + "{\"op\":\"Replace\",\"path\":\"nothing.here\",\"value\":\"x\"}]")
        .refused(400, "invalidPath");
    var after = entra.get("/Users/" + id).has("/title", "Teller");
    assertThat(after.etag()).isEqualTo(before);
  }

  @Test
  void members_come_and_go_in_the_old_shape_and_in_the_new() throws Exception {
    String alice = alice();
    String bob = entra.user("bob@bank.example");
    String group =
        entra
            .post(
                "/Groups",
                "{\"schemas\":[\"urn:ietf:params:scim:schemas:core:2.0:Group\",\"http://schemas.microsoft.com/2006/11/ResourceManagement/ADSCIM/2.0/Group\"],\"externalId\":\"8aa1a0c0\",\"displayName\":\"Loans"
                    + " Team (CH)\",\"meta\":{\"resourceType\":\"Group\"}}")
            .is(201)
            .id();
    entra
        .patch(
            "/Groups/" + group,
            "[{\"op\":\"Add\",\"path\":\"members\",\"value\":[{\"$ref\":null,\"value\":\""
                + alice
                + "\"},{\"value\":\""
                + bob
                + "\"}]}]")
        .is(204);
    assertThat(house.subject(alice).groups()).containsExactly("loans-team-ch");
    entra.get("/Groups/" + group + "?excludedAttributes=members").is(200).hasNot("/members");
    entra
        .get("/Users/" + alice)
        .has("/groups/0/value", group)
        .has("/groups/0/display", "Loans Team (CH)");
    entra
        .find("/Groups", "id eq \"" + group + "\" and members eq \"" + bob + "\"")
        .has("/totalResults", 1);
    entra
        .patch(
            "/Groups/" + group,
            "[{\"op\":\"Remove\",\"path\":\"members\",\"value\":[{\"$ref\":null,\"value\":\""
                + alice
                + "\"}]}]")
        .is(204);
    assertThat(house.subject(alice).groups()).isEmpty();
    assertThat(house.subject(bob).groups()).containsExactly("loans-team-ch");
    entra
        .patch(
            "/Groups/" + group,
            "[{\"op\":\"remove\",\"path\":\"members[value eq \\\"" + bob + "\\\"]\"}]")
        .is(204);
    assertThat(house.subject(bob).groups()).isEmpty();
    entra
        .find("/Groups", "id eq \"" + group + "\" and members eq \"" + bob + "\"")
        .has("/totalResults", 0);
  }

  @Test
  void a_renamed_group_is_renamed_for_everybody_and_a_deleted_one_is_nobodys() throws Exception {
    String alice = alice();
    String group =
        entra
            .post(
                "/Groups",
                "{\"displayName\":\"Loans\",\"members\":[{\"value\":\"" + alice + "\"}]}")
            .is(201)
            .id();
    var hand = house.byHand("hand@bank.example", java.util.Set.of("loans", "cards"));
    entra
        .patch(
            "/Groups/" + group,
            "[{\"op\":\"Replace\",\"path\":\"displayName\",\"value\":\"Credits\"}]")
        .is(204);
    assertThat(house.subject(alice).groups()).containsExactly("credits");
    assertThat(house.subject(hand.id().value()).groups())
        .containsExactlyInAnyOrder("cards", "credits");
    entra.post("/Groups", "{\"displayName\":\"CREDITS\"}").refused(409, "uniqueness");
    entra.delete("/Groups/" + group).is(204);
    assertThat(house.subject(alice).groups()).isEmpty();
    entra.get("/Groups/" + group).refused(404, "");
    assertThat(house.events("group-deleted")).hasSize(1);
  }

  @Test
  void who_is_unassigned_is_out_and_comes_back_by_patch_with_the_same_id() throws Exception {
    String id = alice();
    var session = house.session(id);
    entra
        .patch("/Users/" + id, "[{\"op\":\"Replace\",\"path\":\"active\",\"value\":\"False\"}]")
        .is(200);
    assertThat(house.lives(session)).isFalse();
    assertThat(house.facts.last().changes()).isNotEmpty();
    entra
        .find("/Users", "userName eq \"alice.ito@bank.example\"")
        .has("/Resources/0/active", false);
    entra
        .patch("/Users/" + id, "[{\"op\":\"Replace\",\"path\":\"active\",\"value\":\"True\"}]")
        .is(200);
    assertThat(house.subject(id).active()).isTrue();
    assertThat(house.lives(session)).isFalse();
  }

  @Test
  void who_is_deleted_stays_deleted_and_the_next_one_of_the_name_starts_with_nothing()
      throws Exception {
    String id = alice();
    entra
        .post("/Groups", "{\"displayName\":\"Loans\",\"members\":[{\"value\":\"" + id + "\"}]}")
        .is(201);
    var session = house.session(id);
    entra.delete("/Users/" + id).is(204);
    assertThat(house.lives(session)).isFalse();
    assertThat(house.subject(id).active()).isFalse();
    assertThat(house.subject(id).groups()).isEmpty();
    entra.get("/Users/" + id).refused(404, "");
    entra.delete("/Users/" + id).refused(404, "");
    entra
        .patch("/Users/" + id, "[{\"op\":\"Replace\",\"path\":\"active\",\"value\":\"True\"}]")
        .refused(404, "");
    String next = alice();
    assertThat(next).isNotEqualTo(id);
    assertThat(house.subject(next).groups()).isEmpty();
    assertThat(house.events("account-purged")).hasSize(1);
  }

  @Test
  void what_changes_something_stands_in_the_events_and_what_does_not_does_not() throws Exception {
    String id = alice();
    entra
        .patch("/Users/" + id, "[{\"op\":\"Replace\",\"path\":\"title\",\"value\":\"Chief\"}]")
        .is(200);
    long count = house.changes.read(view -> view.sequence());
    entra
        .patch("/Users/" + id, "[{\"op\":\"Replace\",\"path\":\"title\",\"value\":\"Chief\"}]")
        .is(200);
    long after = house.changes.read(view -> view.sequence());
    assertThat(after).isEqualTo(count);
    var event = house.events("subject-attributes-changed").getLast();
    assertThat(event.actor()).startsWith("prv_");
    assertThat(event.details()).isEqualTo(Map.of("provider", "entra"));
  }
}
