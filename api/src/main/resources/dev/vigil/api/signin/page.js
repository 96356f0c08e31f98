// SPDX-License-Identifier: Apache-2.0
// What every page shares: asking our own server, and saying what went wrong and what to do.

const content = document.getElementById("content");
let csrf = "";

// The words of this page in the person's language; the server chooses by Accept-Language.
const messages = await fetch("/assets/messages.json").then(answer => answer.json()).catch(() => ({}));
document.documentElement.lang = messages.language || "en";

/** A message by its key, its values in the places of {0}, {1}. */
export function t(key, ...values) {
  return (messages[key] ?? key).replace(/\{(\d)\}/g, (_, place) => values[place]);
}

/** A time as people of this language write it. */
export function moment(text) {
  return new Date(text).toLocaleString(document.documentElement.lang, { dateStyle: "medium", timeStyle: "short" });
}

/** A refusal in words for people. */
class Refused extends Error {
  constructor(says, next) {
    super(says);
    this.next = next;
  }

  /** The page's own words for a refusal if it has any, otherwise the server's. */
  static of(problem) {
    const own = messages["refusal." + problem.code];
    if (own) return new Refused(own, messages["refusal." + problem.code + ".next"]);
    const says = problem.detail ? problem.title + ": " + problem.detail : problem.title;
    return new Refused(sentence(says || t("error.failed")), sentence(problem.next || t("error.again")));
  }
}

export async function ask(method, path, body) {
  const headers = { "Vigil-CSRF": csrf };
  if (body !== undefined) headers["Content-Type"] = "application/json";
  let answer;
  try {
    answer = await fetch(path, { method, headers, body: body === undefined ? undefined : JSON.stringify(body), credentials: "same-origin" });
  } catch {
    throw new Refused(t("error.unreachable"), t("error.unreachable.next"));
  }
  const json = await answer.json().catch(() => ({}));
  if (!answer.ok) throw Refused.of(json);
  if (json.csrf) csrf = json.csrf;
  return json;
}

function sentence(text) {
  return text.charAt(0).toUpperCase() + text.slice(1) + ".";
}

export function show(title, ...parts) {
  document.getElementById("title").textContent = title;
  document.title = title + " - Vigil";
  content.replaceChildren(...parts);
}

export function make(tag, properties, ...children) {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
}

export function explain(error) {
  let says = error.message;
  let next = error.next;
  if (!(error instanceof Refused) && !error.plain) {
    const kind = error.name === "NotAllowedError" || error.name === "AbortError" ? "cancelled" : error.name === "InvalidStateError" ? "known" : "authenticator";
    says = t("error." + kind);
    next = t("error." + kind + ".next");
  }
  document.getElementById("says").textContent = says;
  document.getElementById("next").textContent = next || "";
  const message = document.getElementById("message");
  message.classList.add("shown");
  message.focus();
}

export function clear() {
  document.getElementById("says").textContent = "";
  document.getElementById("next").textContent = "";
  document.getElementById("message").classList.remove("shown");
}

/** A labelled field that must be filled. */
export function field(text, properties) {
  const input = make("input", { required: true, spellcheck: false, ...properties });
  return { input, label: make("label", {}, text, input) };
}

/** A button that does one thing at a time. */
export function button(text, action, quiet) {
  const element = make("button", { type: "button", className: quiet ? "quiet" : "" }, text);
  element.addEventListener("click", () => run(element, action));
  return element;
}

export async function run(element, action) {
  clear();
  element.disabled = true;
  try {
    await action();
  } catch (error) {
    explain(error);
  } finally {
    element.disabled = false;
  }
}

const bytes = text => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), c => c.charCodeAt(0));
const text = buffer => btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");

export async function get(options) {
  const made = await navigator.credentials.get({ publicKey: { ...options, challenge: bytes(options.challenge) } });
  const answer = made.response;
  return {
    id: made.id, rawId: text(made.rawId), type: made.type, clientExtensionResults: {},
    response: {
      clientDataJSON: text(answer.clientDataJSON), authenticatorData: text(answer.authenticatorData),
      signature: text(answer.signature), userHandle: answer.userHandle ? text(answer.userHandle) : undefined,
    },
  };
}

export async function create(options) {
  const made = await navigator.credentials.create({
    publicKey: {
      ...options, challenge: bytes(options.challenge), user: { ...options.user, id: bytes(options.user.id) },
      excludeCredentials: options.excludeCredentials.map(one => ({ ...one, id: bytes(one.id) })),
    },
  });
  const answer = made.response;
  return {
    id: made.id, rawId: text(made.rawId), type: made.type, clientExtensionResults: {},
    response: {
      clientDataJSON: text(answer.clientDataJSON), attestationObject: text(answer.attestationObject),
      transports: answer.getTransports ? answer.getTransports() : [],
    },
  };
}
