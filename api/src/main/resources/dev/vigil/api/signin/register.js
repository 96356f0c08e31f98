// SPDX-License-Identifier: Apache-2.0
// Registers a passkey for somebody invited, or for the first administrator.
import { ask, button, create, explain, make, run, show } from "./page.js";

async function register(name) {
  const options = await ask("POST", "/register/options", name);
  const credential = await create(options);
  const done = await ask("POST", "/register/answer", { challenge: options.challenge, credential });
  show("Passkey registered", make("p", { className: "done" }, "Welcome, " + done.user_name + "."), make("p", {}, "Open the app, or run vigil login, and sign in with this passkey."));
}

function invited(visit) {
  show("Welcome, " + visit.display_name, make("p", {}, "Register a passkey for " + visit.user_name + ". There is no password: your fingerprint, face, PIN or security key is the way in."),
    button("Register a passkey", () => register({})),
    ...(visit.providers || []).map(one => button("Link your account at " + one.name, () => location.assign("/federation/start/" + one.id), true)));
}

function administrator() {
  const userName = make("input", { name: "userName", autocomplete: "username", required: true, autocapitalize: "none", spellcheck: false });
  const displayName = make("input", { name: "displayName", autocomplete: "name", required: true });
  const submit = make("button", { type: "submit" }, "Register a passkey");
  const form = make("form", {}, make("label", {}, "User name, such as your address", userName), make("label", {}, "Your name", displayName), submit);
  form.addEventListener("submit", event => {
    event.preventDefault();
    run(submit, () => register({ user_name: userName.value, display_name: displayName.value }));
  });
  show("First administrator", make("p", {}, "You will be able to do everything here, and to invite others."), form);
  userName.focus();
}

try {
  const secret = location.hash.slice(1);
  history.replaceState(null, "", location.pathname);
  const first = location.pathname === "/administrator";
  const visit = await ask("POST", first ? "/register/administrator" : "/register/invitation", { secret });
  if (first) administrator();
  else invited(visit);
} catch (error) {
  show("Register a passkey");
  explain(error);
}
