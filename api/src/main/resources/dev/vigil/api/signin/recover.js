// SPDX-License-Identifier: Apache-2.0
// For people without a passkey at hand: a temporary access pass lets them register one.
import { ask, button, field, make, run, show, t } from "./page.js";
import { register } from "./register-passkey.js";

const userName = field(t("field.userName"), { name: "userName", autocomplete: "username", autocapitalize: "none" });
const pass = field(t("field.pass"), { name: "pass", autocomplete: "one-time-code", autocapitalize: "characters", placeholder: "XXXX-XXXX-XXXX", maxLength: 64 });
const submit = make("button", { type: "submit" }, t("continue"));
const form = make("form", {}, userName.label, pass.label, submit);
form.addEventListener("submit", event => {
  event.preventDefault();
  run(submit, async () => {
    await ask("POST", "/register/pass", { userName: userName.input.value, pass: pass.input.value });
    const go = button(t("register.go"), () => register({}));
    show(t("recover.right"), make("p", {}, t("recover.now")), go);
    go.focus();
  });
});
show(t("recover.title"), make("p", {}, t("recover.what")), form);
userName.input.focus();
