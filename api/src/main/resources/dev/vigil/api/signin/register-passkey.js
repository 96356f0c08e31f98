// SPDX-License-Identifier: Apache-2.0
// Registers a passkey in a visit that may.
import { ask, create, make, show, t } from "./page.js";

export async function register(name) {
  const options = await ask("POST", "/register/options", name);
  const credential = await create(options);
  const done = await ask("POST", "/register/answer", { challenge: options.challenge, credential });
  show(t("register.done"), make("p", { className: "done" }, t("register.done.who", done.user_name)), make("p", {}, t("register.done.next")));
}
