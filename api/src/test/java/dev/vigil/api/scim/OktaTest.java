// SPDX-License-Identifier: Apache-2.0
package dev.vigil.api.scim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vigil.api.scim.ScimHouse.Client;
import java.util.ArrayList;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What Okta sends, as its documentation shows it (developer.okta.com, "Okta and SCIM Version
/// 2.0").
class OktaTest {

  private static final String CAROL =
      """
      {"schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],"userName":"carol@bank.example",
       "name":{"givenName":"Carol","familyName":"Test"},
       "emails":[{"primary":true,"value":"carol@bank.example","type":"work"}],
       "displayName":"Carol Test","locale":"en-US","externalId":"00ujl29u0le5T6Aj10h7",
       "groups":[],"password":"1mz050nq","active":%s}
      """;

  private ScimHouse house;
  private Client okta;

  @BeforeEach
  void open() throws Exception {
    house = new ScimHouse();
    okta = house.okta();
  }

  @AfterEach
  void close() {
    house.close();
  }

  private String carol() throws Exception {
    okta.get("/Users?filter=userName%20eq%20%22carol%40bank.example%22&startIndex=1&count=100")
        .is(200)
        .has("/totalResults", 0);
    return okta.post("/Users", CAROL.formatted("true")).is(201).hasNot("/password").id();
  }

  @Test
  void a_person_is_put_whole_and_what_is_left_out_is_gone() throws Exception {
    String id = carol();
    String put =
        "{\"schemas\":[\"urn:ietf:params:scim:schemas:core:2.0:User\"],\"id\":\""
            + id
            + "\",\"userName\":\"carol@bank.example\",\"name\":{\"givenName\":\"Carol\",\"familyName\":\"Married\"},"
            + "\"active\":true,\"groups\":[],\"meta\":{\"resourceType\":\"User\"}}";
    okta.put("/Users/" + id, put)
        .is(200)
        .has("/name/familyName", "Married")
        .hasNot("/emails")
        .hasNot("/externalId");
    assertThat(house.subject(id).displayName()).isEqualTo("Carol Married");
  }

  @Test
  void a_person_is_deactivated_without_a_path_and_activated_by_put() throws Exception {
    String id = carol();
    var session = house.session(id);
    okta.patch("/Users/" + id, "[{\"op\":\"replace\",\"value\":{\"active\":false}}]")
        .is(200)
        .has("/active", false);
    assertThat(house.lives(session)).isFalse();
    okta.put("/Users/" + id, CAROL.formatted("true")).is(200).has("/active", true);
  }

  @Test
  void whom_an_administrator_disabled_okta_does_not_enable() throws Exception {
    String id = carol();
    var people =
        new dev.vigil.admission.administration.People(
            house.changes,
            (_, _) -> {
              throw new AssertionError("nobody is invited");
            });
    var _ = people.disable(house.mandate, house.subject(id).id());
    okta.put("/Users/" + id, CAROL.formatted("true")).is(200).has("/active", false);
    okta.patch("/Users/" + id, "[{\"op\":\"replace\",\"value\":{\"active\":true}}]")
        .is(200)
        .has("/active", false);
    assertThat(house.subject(id).active()).isFalse();
  }

  @Test
  void a_group_is_pushed_renamed_with_its_id_beside_and_its_members_replaced() throws Exception {
    String carol = carol();
    String dan = okta.user("dan@bank.example");
    String group =
        okta.post(
                "/Groups",
                "{\"schemas\":[\"urn:ietf:params:scim:schemas:core:2.0:Group\"],\"displayName\":\"Push\",\"members\":[]}")
            .is(201)
            .id();
    okta.patch(
            "/Groups/" + group,
            "[{\"op\":\"replace\",\"value\":{\"id\":\""
                + group
                + "\",\"displayName\":\"Pushed\"}}]")
        .is(204);
    okta.patch(
            "/Groups/" + group,
            "[{\"op\":\"replace\",\"path\":\"members\",\"value\":[{\"value\":\""
                + carol
                + "\",\"display\":\"carol\"}]}]")
        .is(204);
    assertThat(house.subject(carol).groups()).containsExactly("pushed");
    okta.patch(
            "/Groups/" + group,
            "[{\"op\":\"remove\",\"path\":\"members[value eq \\\""
                + carol
                + "\\\"]\"},"
                + "{\"op\":\"add\",\"path\":\"members\",\"value\":[{\"value\":\""
                + dan
                + "\",\"display\":\"dan\"}]}]")
        .is(204);
    assertThat(house.subject(carol).groups()).isEmpty();
    assertThat(house.subject(dan).groups()).containsExactly("pushed");
    okta.put(
            "/Groups/" + group,
            "{\"displayName\":\"Pushed\",\"members\":[{\"value\":\"" + carol + "\"}]}")
        .is(200)
        .has("/members/0/value", carol);
    assertThat(house.subject(dan).groups()).isEmpty();
  }

  @Test
  void password_sync_is_refused_with_what_to_do() throws Exception {
    String id = carol();
    var answer =
        okta.patch("/Users/" + id, "[{\"op\":\"replace\",\"value\":{\"password\":\"new\"}}]");
    answer.refused(400, "mutability");
    assertThat(answer.json().path("detail").asString("")).contains("turn password sync off");
  }

  @Test
  void pages_stay_where_they_are_while_people_are_added() throws Exception {
    for (int i = 0; i < 7; i++) okta.user("p" + i);
    var seen = new ArrayList<String>();
    for (int start = 1; start <= 9; start += 3) {
      var page = okta.get("/Users?startIndex=" + start + "&count=3").is(200);
      page.json().path("Resources").forEach(one -> seen.add(one.path("userName").asString("")));
      okta.user("later" + start);
    }
    assertThat(seen).startsWith("p0", "p1", "p2", "p3", "p4", "p5", "p6").doesNotHaveDuplicates();
    okta.get("/Users?count=0").is(200).has("/totalResults", 10).has("/itemsPerPage", 0);
    okta.get("/Users?startIndex=-5&count=100000").is(200).has("/startIndex", 1);
    okta.get("/Users?count=x").refused(400, "invalidValue");
    okta.get("/Users?sortBy=userName").refused(501, "");
  }

  @Test
  void who_read_an_older_version_changes_nothing() throws Exception {
    String id = carol();
    String first = okta.get("/Users/" + id).etag();
    String retitle = "[{\"op\":\"replace\",\"value\":{\"title\":\"%s\"}}]";
    okta.patch("/Users/" + id, retitle.formatted("one"), Map.of("If-Match", first)).is(200);
    okta.patch("/Users/" + id, retitle.formatted("two"), Map.of("If-Match", first))
        .refused(412, "invalidVers");
    okta.send("DELETE", "/Users/" + id, "", Map.of("If-Match", first)).refused(412, "invalidVers");
    var now = okta.get("/Users/" + id).has("/title", "one");
    assertThat(now.json().path("meta").path("version").asString("")).isEqualTo(now.etag());
    okta.send("GET", "/Users/" + id, "", Map.of("If-None-Match", now.etag())).is(304);
    okta.patch("/Users/" + id, retitle.formatted("three"), Map.of("If-Match", "*")).is(200);
  }

  @Test
  void of_many_who_change_the_same_version_at_once_exactly_one_does() throws Exception {
    String id = carol();
    String version = okta.get("/Users/" + id).etag();
    var calls = new ArrayList<java.util.concurrent.Callable<Integer>>();
    for (int i = 0; i < 8; i++) {
      String title = "t" + i;
      calls.add(() ->
          okta.patch(
                  "/Users/" + id,
                  "[{\"op\":\"replace\",\"value\":{\"title\":\"" + title + "\"}}]",
                  Map.of("If-Match", version))
              .status());
    }
    var statuses = new ArrayList<Integer>();
    try (var threads = java.util.concurrent.Executors.newVirtualThreadPerTaskExecutor()) {
      for (var done : threads.invokeAll(calls)) statuses.add(done.get());
    }
    assertThat(statuses).containsOnly(200, 412).containsOnlyOnce(200);
  }

  @Test
  void only_what_is_asked_for_is_answered() throws Exception {
    String id = carol();
    okta.get("/Users/" + id + "?attributes=userName,name.givenName")
        .is(200)
        .has("/id", id)
        .has("/name/givenName", "Carol")
        .hasNot("/name/familyName")
        .hasNot("/emails");
    okta.get("/Users/" + id + "?excludedAttributes=id,emails,name.givenName")
        .has("/id", id)
        .has("/name/familyName", "Test")
        .hasNot("/emails")
        .hasNot("/name/givenName");
  }
}
