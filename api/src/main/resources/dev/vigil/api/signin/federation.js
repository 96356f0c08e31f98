// SPDX-License-Identifier: Apache-2.0
// Back from another provider: posts what the address carried, from our own site, so that the visit's cookie comes with it.
import { ask, explain, make, show, t } from "./page.js";

const came = new URLSearchParams(location.search);
const provider = location.pathname.split("/").pop();
history.replaceState(null, "", location.pathname);

const only = name => came.getAll(name).length === 1 ? came.get(name) : undefined;

async function finish() {
  const visit = await ask("GET", "/signin/visit");
  try {
    const done = await ask("POST", "/federation/finish", { provider, state: only("state") || "", code: only("code"), error: only("error"), iss: only("iss") });
    if (done.linked) return show(t("federation.linked"), make("p", { className: "done" }, t("federation.linked.who", done.linked)));
    show(t("done"), make("p", { className: "done" }, t("done.text")), make("p", {}, make("a", { href: done.redirect }, t("back"))));
    location.replace(done.redirect);
  } catch (error) {
    if (visit.kind === "sign-in") await import("./sign-in.js");
    explain(error);
  }
}

show(t("federation.going"), make("p", { className: "hint" }, t("federation.moment")));
try {
  await finish();
} catch (error) {
  show(t("signin.title"));
  explain(error);
}
