// SPDX-License-Identifier: Apache-2.0
// Registers a passkey for somebody invited, or for the first administrator.
import { ask, button, explain, field, make, run, show, t } from "./page.js";
import { register } from "./register-passkey.js";

function invited(visit) {
  show(t("register.welcome", visit.display_name), make("p", {}, t("register.what", visit.user_name)),
    button(t("register.go"), () => register({})),
    ...(visit.providers || []).map(one => button(t("register.linked", one.name), () => location.assign("/federation/start/" + one.id), true)));
}

function administrator() {
  const userName = field(t("field.userName"), { name: "userName", autocomplete: "username", autocapitalize: "none" });
  const displayName = field(t("field.displayName"), { name: "displayName", autocomplete: "name" });
  const submit = make("button", { type: "submit" }, t("register.go"));
  const form = make("form", {}, userName.label, displayName.label, submit);
  form.addEventListener("submit", event => {
    event.preventDefault();
    run(submit, () => register({ user_name: userName.input.value, display_name: displayName.input.value }));
  });
  show(t("register.first"), make("p", {}, t("register.first.what")), form);
  userName.input.focus();
}

try {
  const secret = location.hash.slice(1);
  history.replaceState(null, "", location.pathname);
  const first = location.pathname === "/administrator";
  const visit = await ask("POST", first ? "/register/administrator" : "/register/invitation", { secret });
  if (first) administrator();
  else invited(visit);
} catch (error) {
  show(t("register.title"));
  explain(error);
}
