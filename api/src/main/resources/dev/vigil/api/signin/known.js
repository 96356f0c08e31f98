// SPDX-License-Identifier: Apache-2.0
// What is known about a phone, from whom, how much it counts and why it is asked for. Values come
// from phones and products: they are text and never markup.
import { ask, clear, explain, make, t } from "./page.js";

/** A message of a key that is put together, or else what it would have been about. */
const worded = (key, otherwise) => { const said = t(key); return said === key ? otherwise : said; };
const name = one => worded("signal." + one.name, one.name);
const tested = one => one.test_root ? ".test" : "";
const tier = one => one.tier + tested(one);
const from = one => t("own.known.from." + one.from + tested(one), one.source);
const sentence = text => text.charAt(0).toUpperCase() + text.slice(1);

/** A day as it is written, or that of a moment where the person is. */
function day(text) {
  const found = new Date(text);
  const style = text.length === 10 ? { dateStyle: "medium", timeZone: "UTC" } : { dateStyle: "medium", timeStyle: "short" };
  return isNaN(found) ? text : found.toLocaleString(document.documentElement.lang, style);
}

function value(one) {
  switch (one.form) {
    case "flag": return worded("own.known.flag." + one.value, one.value);
    case "word": return worded("signal." + one.name + "." + one.value, one.value);
    case "day": return day(one.value);
    default: return one.value;
  }
}

const also = one => make("span", {}, t("own.known.also", sentence(from(one)), value(one), day(one.observed), day(one.expires)));

function signal(one) {
  return make("div", {}, make("dt", {}, name(one)), make("dd", {}, make("b", { className: one.value.length > 40 ? "long" : "" }, value(one)),
    make("span", {}, sentence(t("own.known.from", from(one), t("own.known.tier." + tier(one))))),
    make("span", {}, sentence(t("own.known.seen", day(one.observed), day(one.expires)))),
    ...one.others.map(also),
    ...one.looked_at ? [] : [make("span", {}, t("own.known.unused"))]));
}

const part = (title, ...parts) => [make("h3", {}, title), ...parts];
const hint = text => make("p", { className: "hint" }, text);

function group(one) {
  return part(t("own.known.purpose." + one.purpose), hint(t("own.known.purpose." + one.purpose + ".why")),
    make("dl", {}, ...one.signals.map(signal)));
}

function contradiction({ believed, against }) {
  return make("li", {}, t("own.known.contradiction", sentence(from(against)), name(against), value(against), from(believed), name(believed), value(believed)));
}

/** What the tiers mean that occur here. */
function tiers(found) {
  const all = [...new Set(found.groups.flatMap(one => one.signals).flatMap(one => [one, ...one.others]).map(tier))];
  return all.length ? part(t("own.known.tiers"), make("dl", {}, ...all.map(one => make("div", {},
    make("dt", {}, sentence(t("own.known.tier." + one))), make("dd", {}, t("own.known.tier." + one + ".why")))))) : [];
}

function everything(found) {
  return [
    ...found.test_root ? [make("p", { className: "warned" }, t("own.known.test.what"))] : [],
    ...found.contradictions.length ? part(t("own.known.contradictions"), make("ul", { className: "warned" }, ...found.contradictions.map(contradiction))) : [],
    hint(t(found.groups.length ? "own.known.what" : "own.known.nothing")),
    ...found.groups.flatMap(group),
    ...tiers(found),
    ...part(t("own.known.kept"), hint(t("own.known.kept.what"))),
    ...part(t("own.known.private"), hint(t("own.known.private.what"))),
  ];
}

/** A part that asks when it is opened, each time anew. */
export function known(device) {
  const place = make("div", { className: "known" });
  const shown = make("details", {}, make("summary", {}, t("own.known")), place);
  shown.addEventListener("toggle", async () => {
    if (!shown.open) return;
    clear();
    place.setAttribute("aria-busy", "true");
    try {
      place.replaceChildren(...everything(await ask("GET", "/my/devices/" + device.id + "/known")));
    } catch (error) {
      shown.open = false;
      explain(error);
    } finally {
      place.removeAttribute("aria-busy");
    }
  });
  return shown;
}
