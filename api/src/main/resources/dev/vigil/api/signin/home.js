// SPDX-License-Identifier: Apache-2.0
// Says where you are, for whoever opens the bare address.
import { make, show, t } from "./page.js";

show(t("home.title"),
  make("p", {}, t("home.what")),
  make("p", {}, t("home.phone")),
  make("p", {}, make("a", { href: "/my" }, t("home.own"))),
  make("p", { className: "hint" }, t("home.invited")),
  make("p", { className: "hint" }, t("home.lost") + " ", make("a", { href: "/recover" }, t("home.recover"))));
