// SPDX-License-Identifier: Apache-2.0
// Says where you are, for whoever opens the bare address.
import { make, show } from "./page.js";

show("This is Vigil",
  make("p", {}, "It lets your organisation's apps in without a VPN. There is nothing to type here, and no password anywhere."),
  make("p", {}, "On your phone, open your organisation's app: it brings you here when it needs your passkey."),
  make("p", { className: "hint" }, "If you were invited, open the link you were sent. Administrators run vigil login."),
  make("p", { className: "hint" }, "Lost every passkey? ", make("a", { href: "/recover" }, "Use a temporary access pass"), "."));
