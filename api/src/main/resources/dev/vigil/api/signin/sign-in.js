// SPDX-License-Identifier: Apache-2.0
// Signs in for an app, or approves a transaction that is shown first.
import { ask, button, explain, get, make, show } from "./page.js";

async function answer() {
  const options = await ask("POST", "/signin/options", {});
  const credential = await get(options);
  leave(await ask("POST", "/signin/answer", { challenge: options.challenge, credential }));
}

async function decline() {
  leave(await ask("POST", "/signin/decline", {}));
}

function leave(done) {
  show("Done", make("p", { className: "done" }, "You can go back to the app."), make("p", {}, make("a", { href: done.redirect }, "Back to the app")));
  location.replace(done.redirect);
}

function approval(transaction) {
  const list = make("dl", {}, ...transaction.members.map(one => make("div", {}, make("dt", {}, one.name), make("dd", {}, one.value))));
  const summary = transaction.members.map(one => one.value).join(", ");
  show("Approve this?", make("p", { className: "hint" }, "Asked by " + transaction.app + ". Check every line: your passkey approves exactly this, once."), list,
    button("Approve: " + summary, answer), button("Do not approve", decline, true));
}

function signIn(visit) {
  const stronger = visit.strength === "passkey-hardware" ? [make("p", { className: "hint" }, "This needs a security key, or a passkey that stays on one device.")] : [];
  show("Sign in", make("p", {}, "For " + visit.client + ". Use your passkey: fingerprint, face, PIN or security key."), ...stronger,
    button("Use your passkey", answer), ...elsewhere(visit), button("Cancel", decline, true));
}

function elsewhere(visit) {
  return (visit.providers || []).map(one => button("Continue with " + one.name, () => location.assign("/federation/start/" + one.id), true));
}

try {
  const visit = await ask("GET", "/signin/visit");
  if (visit.transaction) approval(visit.transaction);
  else signIn(visit);
} catch (error) {
  show("Sign in");
  explain(error);
}
