// SPDX-License-Identifier: Apache-2.0
// Signs in for an app, or approves a transaction that is shown first.
import { ask, button, explain, get, make, show, t } from "./page.js";

async function answer() {
  const options = await ask("POST", "/signin/options", {});
  const credential = await get(options);
  leave(await ask("POST", "/signin/answer", { challenge: options.challenge, credential }));
}

async function decline() {
  leave(await ask("POST", "/signin/decline", {}));
}

function leave(done) {
  show(t("done"), make("p", { className: "done" }, t("done.text")), make("p", {}, make("a", { href: done.redirect }, t("back"))));
  location.replace(done.redirect);
}

function approval(transaction) {
  const list = make("dl", {}, ...transaction.members.map(one => make("div", {}, make("dt", {}, one.name), make("dd", {}, one.value))));
  const summary = transaction.members.map(one => one.value).join(", ");
  show(t("approve.title"), make("p", { className: "hint" }, t("approve.hint", transaction.app)), list,
    button(t("approve.yes", summary), answer), button(t("approve.no"), decline, true));
}

/** Opens the phone's own app, which proves the phone and comes back; for apps that only a browser can speak to. */
async function device() {
  const made = await ask("POST", "/signin/ticket", {});
  location.assign("dev.vigil.phone:/device?ticket=" + encodeURIComponent(made.ticket));
}

/** Only what could be enough for the app is offered: the server says what that is. */
function signIn(visit) {
  const client = visit.client_kind ? t("signin.client." + visit.client_kind) : visit.client;
  const stronger = visit.strength === "passkey-hardware" ? [make("p", { className: "hint" }, t("signin.hardware"))] : [];
  const passkey = visit.passkey === false ? [] : [button(t("signin.passkey"), answer)];
  const elsewhere = (visit.providers || []).map(one => button(t("signin.provider", one.name), () => location.assign("/federation/start/" + one.id), passkey.length > 0));
  const phone = visit.client_kind ? [] : [button(t("signin.device"), device, true), make("p", { className: "hint" }, t("signin.device.hint"))];
  show(t("signin.title"), make("p", {}, t("signin.for", client)), ...stronger, ...passkey, ...elsewhere, button(t("cancel"), decline, true), ...phone);
  if (passkey.length + elsewhere.length === 0) explain({ message: t("signin.nothing"), next: t("signin.nothing.next"), plain: true });
}

try {
  const visit = await ask("GET", "/signin/visit");
  if (visit.transaction) approval(visit.transaction);
  else signIn(visit);
} catch (error) {
  show(t("signin.title"));
  explain(error);
}
