// SPDX-License-Identifier: Apache-2.0
// What every page shares: asking our own server, and saying what went wrong and what to do.

const content = document.getElementById("content");
let csrf = "";

/** A refusal in words for people. */
class Refused extends Error {
  constructor(says, next) {
    super(says);
    this.next = next;
  }
}

export async function ask(method, path, body) {
  const headers = { "Vigil-CSRF": csrf };
  if (body !== undefined) headers["Content-Type"] = "application/json";
  let answer;
  try {
    answer = await fetch(path, { method, headers, body: body === undefined ? undefined : JSON.stringify(body), credentials: "same-origin" });
  } catch {
    throw new Refused("The server could not be reached.", "Check the connection, then try again.");
  }
  const json = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Refused(sentence(json.detail ? json.title + ": " + json.detail : json.title || "That did not work"), sentence(json.next || "Try again"));
  if (json.csrf) csrf = json.csrf;
  return json;
}

function sentence(text) {
  return text.charAt(0).toUpperCase() + text.slice(1) + ".";
}

export function show(title, ...parts) {
  document.getElementById("title").textContent = title;
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
  if (!(error instanceof Refused)) {
    const cancelled = error.name === "NotAllowedError" || error.name === "AbortError";
    const known = error.name === "InvalidStateError";
    says = cancelled ? "The authenticator did not answer, or you cancelled." : known ? "This authenticator has a passkey for you already." : "The authenticator could not be used.";
    next = cancelled ? "Try again, and confirm with your fingerprint, face or PIN." : known ? "Choose another authenticator." : "Try again, or use another authenticator.";
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
