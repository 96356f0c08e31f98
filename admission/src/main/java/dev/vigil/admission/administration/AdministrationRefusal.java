// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission.administration;

import dev.vigil.kernel.Refusal;

/// Why an administrative act was not done.
public enum AdministrationRefusal implements Refusal {
  REASON_REQUIRED(
      "administration.reason-required",
      "a change needs a reason",
      "say in a sentence why; it stands in the record of events",
      400),
  PASSKEY_AGAIN(
      "administration.passkey-again",
      "this needs your passkey once more: it was last used more than ten minutes ago",
      "run `vigil login` again, then repeat this",
      403),
  REASON_FORM(
      "administration.reason-form",
      "a reason is one line of at most 256 characters",
      "shorten it, without line breaks or invisible characters",
      400),

  NO_SUCH_PERSON(
      "people.unknown",
      "there is no such person",
      "list the people and use an id or user name from there",
      404),
  USER_NAME_FORM(
      "people.user-name-form",
      "a user name is written in `a-z`, `0-9` and `. _ + ' -`, with at most one `@`, in at most 254"
          + " characters",
      "write it like `alice@bank.example`; letters of other scripts belong in the display name",
      400),
  USER_NAME_TAKEN(
      "people.user-name-taken",
      "somebody already has this user name",
      "choose another user name, or change the person who has it",
      409),
  DISPLAY_NAME_FORM(
      "people.display-name-form",
      "a display name is one line of 1 to 120 visible characters",
      "shorten it, without line breaks or invisible characters",
      400),
  GROUP_FORM(
      "people.group-form",
      "a group or tag is 1 to 64 of `a-z`, `0-9`, `.`, `_`, `:` and `-`, starting with a letter or"
          + " digit",
      "write it like `payments-team`",
      400),
  TOO_MANY_GROUPS(
      "people.too-many-groups",
      "a person is in at most 200 groups",
      "take the person out of other groups first",
      409),
  BREAK_GLASS_ALONE(
      "people.break-glass-alone",
      "an account kept for emergencies has no other role, no group and no device",
      "make an account of its own for emergencies",
      409),
  BREAK_GLASS_TWO(
      "people.break-glass-two",
      "there are two accounts kept for emergencies already",
      "take the role from one of them first",
      409),
  NOT_A_PERSON(
      "people.not-a-person",
      "workloads and agents have no passkey to register",
      "register a machine with its certificate instead of inviting it",
      400),
  DISABLED("people.disabled", "the person is disabled", "enable the person first", 409),
  ROLE_NOT_FOR_POPULATION(
      "people.role-not-for-population",
      "only employees and partners' staff can have an administrative role",
      "take the roles away, or choose another population",
      409),
  LAST_ADMINISTRATOR(
      "people.last-administrator",
      "this would leave nobody who can administer Vigil",
      "make somebody else an administrator first, and have them sign in with their passkey",
      409),

  NO_SUCH_SESSION(
      "sessions.unknown",
      "there is no such session",
      "list the sessions; one that has ended is not shown",
      404),
  NO_SUCH_DEVICE(
      "devices.unknown",
      "there is no such device",
      "list the devices and use an id from there",
      404),

  NO_SUCH_APP(
      "apps.unknown", "there is no such app", "list the apps and use a name from there", 404),
  APP_NAME_FORM(
      "apps.name-form",
      "an app name is 1 to 63 of `a-z`, `0-9` and `-`, starting with a letter",
      "write it like `mobile-bank`",
      400),
  HOST_FORM(
      "apps.host-form",
      "a host is a DNS name without port, address, wildcard or trailing dot",
      "write it like `bank.apps.example`; other scripts in their `xn--` form",
      400),
  HOST_TAKEN(
      "apps.host-taken",
      "another app already has this host",
      "choose another host, or change the app that has it",
      409),
  HOST_RESERVED(
      "apps.host-reserved", "this host is Vigil's own", "choose another host for the app", 409),
  UPSTREAM_FORM(
      "apps.upstream-form",
      "an upstream is `http` or `https` with a host and perhaps a port, and nothing after it; not a"
          + " link-local or unspecified address",
      "write it like `https://10.1.2.3:8443`",
      400),
  TRANSACTION_FORM(
      "apps.transaction-form",
      "a transaction is a method, an exact path without query, and at most 16 members to show",
      "write it like `POST`, `/payments`, `amount`",
      400),
  TOO_MANY_PARTS(
      "apps.too-many-parts",
      "an app has at most 32 tags and 64 transactions",
      "leave some out",
      400),

  NO_POLICY(
      "policies.none", "no policies were published yet", "apply a folder of policies first", 404),
  NO_SUCH_VERSION(
      "policies.no-such-version",
      "there is no such version of the policies",
      "look at the history of policies",
      404),
  POLICY_FILES(
      "policies.files",
      "policies are 1 to 64 files with plain names and at most 256 KiB together",
      "name files in `a-z`, `A-Z`, `0-9`, `.`, `_` and `-`, ending in `.yaml` or `.yml`",
      400),
  POLICY_REJECTED(
      "policies.rejected",
      "the policies have problems, the ones in force stay",
      "correct every problem listed and apply again",
      422),
  POLICY_CHANGED(
      "policies.changed-meanwhile",
      "the policies were changed by somebody else meanwhile",
      "compare with the version in force, then apply again",
      409),
  POLICY_CHECKS(
      "policies.checks-failed",
      "the policies do not pass their own cases and properties, the ones in force stay",
      "correct every problem listed, in the policies or in what is expected of them",
      422),
  POLICY_LOCKOUT(
      "policies.lockout",
      "the policies would lock people out who must get in, the ones in force stay",
      "permit what is missing, or say that it is meant",
      422),
  NO_SUCH_PENDING(
      "policies.no-such-change",
      "no such change waits for approval",
      "list what waits; it may have been approved, withdrawn or overtaken",
      404),
  PENDING_EXPIRED(
      "policies.change-expired",
      "the change was not approved in time",
      "have it proposed again",
      409),
  PENDING_OWN(
      "policies.own-change",
      "nobody approves a change of their own",
      "ask another person who may change policies",
      403),
  PENDING_OTHER_FILES(
      "policies.other-files",
      "these are not the files that were proposed",
      "look at the change again, then approve what you have seen",
      409),
  PENDING_AUTHOR(
      "policies.author",
      "a change is proposed by a person who may change policies",
      "have somebody propose it who has the role now",
      409),
  NOBODY_TO_APPROVE(
      "policies.nobody-to-approve",
      "nobody else may approve this change",
      "give somebody else the role, and have them register a passkey",
      409),
  TOO_MANY_PENDING(
      "policies.too-many-changes",
      "too many changes wait for approval",
      "approve or withdraw some of them first",
      409),
  NOT_A_MACHINE(
      "enforcement-points.not-a-machine",
      "only a machine of a partner or of our own can ask for decisions",
      "register the machine by its certificate request first",
      409),
  TOO_MANY_ENFORCED(
      "enforcement-points.too-many-apps",
      "an enforcement point stands before at most 64 apps",
      "register a second machine for the others",
      400);

  private final Wording wording;

  AdministrationRefusal(String code, String says, String next, int status) {
    this.wording = new Wording(code, status, says, next);
  }

  @Override
  public Wording wording() {
    return wording;
  }
}
