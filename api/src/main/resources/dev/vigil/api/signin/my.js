// SPDX-License-Identifier: Apache-2.0
// A person's own account: passkeys, devices, sessions, and what their apps would say.
import { known } from "./known.js";
import { ask, button, explain, field, make, moment, run, show, t } from "./page.js";

const section = (title, ...parts) => make("section", {}, make("h2", {}, title), ...parts);
const item = (title, lines, ...actions) => make("li", {}, make("strong", {}, title), ...lines.filter(Boolean).map(line => make("span", {}, line)), ...actions);
const list = items => items.length ? make("ul", { className: "cards" }, ...items) : make("p", { className: "hint" }, t("own.none"));
const small = (text, action) => { const made = button(text, action, true); made.classList.add("small"); return made; };

/** Asks before it does what cannot be undone. */
function sure(text, question, action) {
  const made = small(text, async () => {
    made.replaceWith(make("div", { className: "sure" }, make("p", {}, question),
      small(text, async () => { await action(); await load(); }), small(t("cancel"), load)));
  });
  return made;
}

function passkey(one) {
  const rename = small(t("own.rename"), async () => {
    const name = field(t("own.name"), { value: one.name, maxLength: 80 });
    const save = make("button", { type: "submit", className: "quiet small" }, t("own.save"));
    const form = make("form", {}, name.label, save);
    form.addEventListener("submit", event => {
      event.preventDefault();
      run(save, async () => { await ask("POST", "/my/passkeys/" + one.id + "/name", { name: name.input.value }); await load(); });
    });
    rename.replaceWith(form);
    name.input.focus();
  });
  return item(one.name, [t(one.synced ? "own.synced" : "own.bound"), t("own.made", moment(one.created_at)), t("own.used", moment(one.last_used_at))],
    rename, sure(t("own.remove"), t("own.remove.sure"), () => ask("POST", "/my/passkeys/" + one.id + "/remove", {})));
}

async function another() {
  const made = await ask("POST", "/my/passkeys", {});
  show(t("own.add"), make("p", {}, t("own.link")), make("p", { className: "link" }, made.link), make("p", {}, make("a", { href: made.link }, t("own.here"))), small(t("cancel"), load));
}

function device(one) {
  const lines = [t("own.enrolled", moment(one.enrolled_at)), one.active ? "" : t("own.revoked")];
  const shown = item(one.name, lines, known(one));
  if (one.test_root) shown.querySelector("strong").append(" ", make("em", { className: "badge" }, t("own.known.test")));
  if (one.active) shown.append(sure(t("own.revoke"), t("own.revoke.sure"), () => ask("POST", "/my/devices/" + one.id + "/revoke", {})));
  return shown;
}

function session(one) {
  const title = one.here ? t("own.session.here") : one.kind === "app" ? t("own.session.app", one.device || "?") : t("own.session." + one.kind);
  return item(title, [t("own.started", moment(one.started_at)), t("own.until", moment(one.expires_at))],
    one.here ? small(t("own.signout"), leave("/saml/logout")) : small(t("own.end"), async () => { await ask("POST", "/my/sessions/" + one.id + "/end", {}); await load(); }));
}

const leave = path => async () => {
  const left = await ask("POST", path, {});
  if (left.next) { location.assign(left.next); return; }
  show(t("own.left"), make("p", { className: "done" }, t("own.left")), make("p", {}, make("a", { href: "/my" }, t("signin.title"))));
};

function app(one) {
  const said = one.outcome === "open" ? [t("own.app.open")] : [t("own.app." + one.outcome), ...(one.says || [])];
  return item(one.app, said);
}

async function apps(place) {
  const found = await ask("GET", "/my/apps");
  place.replaceChildren(make("h2", {}, t("own.apps")),
    ...found.places.flatMap(one => [one.device ? make("p", { className: "hint" }, t("own.app.on", one.device)) : "", list(one.apps.map(app))]),
    make("p", { className: "hint" }, t("own.apps.hint")));
}

async function load() {
  const mine = await ask("GET", "/my/account");
  document.querySelector("main").classList.add("wide");
  const place = make("section", {});
  show(mine.display_name, make("p", { className: "hint" }, mine.user_name), place,
    section(t("own.passkeys"), list(mine.passkeys.map(passkey)), small(t("own.add"), another)),
    section(t("own.devices"), list(mine.devices.map(device))),
    section(t("own.sessions"), list(mine.sessions.map(session)), sure(t("own.everywhere"), t("own.everywhere.sure"), async () => { await leave("/my/sign-out-everywhere")(); throw { message: t("own.left.text"), plain: true, next: "" }; })));
  await apps(place);
}

try {
  await load();
} catch (error) {
  show(t("own.title"), make("p", {}, make("a", { href: "/my/sign-in" }, t("own.again"))));
  explain(error);
}
