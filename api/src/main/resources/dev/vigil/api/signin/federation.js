// SPDX-License-Identifier: Apache-2.0
// Back from another provider: posts what the address carried, from our own site, so that the visit's cookie comes with it.
import { ask, explain, make, show } from "./page.js";

const came = new URLSearchParams(location.search);
const provider = location.pathname.split("/").pop();
history.replaceState(null, "", location.pathname);

const only = name => came.getAll(name).length === 1 ? came.get(name) : undefined;

async function finish() {
  const visit = await ask("GET", "/signin/visit");
  try {
    const done = await ask("POST", "/federation/finish", { provider, state: only("state") || "", code: only("code"), error: only("error"), iss: only("iss") });
    if (done.linked) return show("Account linked", make("p", { className: "done" }, "You can now sign in with it as " + done.linked + "."));
    show("Done", make("p", { className: "done" }, "You can go back to the app."), make("p", {}, make("a", { href: done.redirect }, "Back to the app")));
    location.replace(done.redirect);
  } catch (error) {
    if (visit.kind === "sign-in") await import("./sign-in.js");
    explain(error);
  }
}

show("Signing in", make("p", { className: "hint" }, "One moment."));
try {
  await finish();
} catch (error) {
  show("Sign in");
  explain(error);
}
