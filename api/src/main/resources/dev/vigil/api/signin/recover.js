// SPDX-License-Identifier: Apache-2.0
// For people without a passkey at hand: a temporary access pass lets them register one.
import { ask, clear, create, make, run, show } from "./page.js";

async function register() {
  const options = await ask("POST", "/register/options", {});
  const credential = await create(options);
  const done = await ask("POST", "/register/answer", { challenge: options.challenge, credential });
  show("Passkey registered", make("p", { className: "done" }, "Welcome back, " + done.user_name + "."), make("p", {}, "Open the app and sign in with this passkey."));
}

const userName = make("input", { name: "userName", autocomplete: "username", required: true, autocapitalize: "none", spellcheck: false });
const pass = make("input", { name: "pass", autocomplete: "one-time-code", required: true, autocapitalize: "characters", spellcheck: false, placeholder: "XXXX-XXXX-XXXX", maxLength: 64 });
const submit = make("button", { type: "submit" }, "Continue");
const form = make("form", {}, make("label", {}, "User name, such as your address", userName), make("label", {}, "Temporary access pass", pass), submit);
form.addEventListener("submit", event => {
  event.preventDefault();
  run(submit, async () => {
    await ask("POST", "/register/pass", { userName: userName.value, pass: pass.value });
    const go = make("button", { type: "button" }, "Register a passkey");
    go.addEventListener("click", () => run(go, register));
    clear();
    show("The pass is right", make("p", {}, "Now register a passkey on this device: your fingerprint, face, PIN or security key."), go);
    go.focus();
  });
});
show("Register a passkey again", make("p", {}, "Your help desk gives you a temporary access pass. It works once, for a short time."), form);
userName.focus();
