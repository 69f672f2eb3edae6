// One conversation with the public API.

import { forget, recall, remember } from "./memory.js";
import { failed, unreachable, wait } from "./words.js";

const PATIENCE = 30_000; // milliseconds; the server itself gives up after ten seconds

// What went wrong, in words for a person. `isGone`: the conversation is no longer kept.
export class Problem extends Error {
  constructor(message, status = 0) {
    super(message);
    this.isGone = status === 401 || status === 404;
    this.mayPass = status === 0 || status === 408 || status === 429 || status >= 500;
  }
}

export class Conversation {
  #home;
  #own = recall(); // {conversation, token}
  #pending = null; // {body, key} of the message that has no answer yet

  constructor(home) {
    this.#home = home;
  }

  get isOpen() {
    return Boolean(this.#own);
  }

  // The same message keeps its key until it is answered, so that trying again never asks twice.
  async send(body) {
    if (JSON.stringify(this.#pending?.body) !== JSON.stringify(body)) this.#pending = { body, key: newKey() };
    if (!this.#own) {
      this.#own = await this.#call("POST", "");
      remember(this.#own);
    }
    const reply = await this.#call("POST", this.#path("messages"), this.#pending);
    this.#pending = null;
    return reply;
  }

  history() {
    return this.#call("GET", this.#path("messages"));
  }

  judge(reference, useful) {
    return this.#call("POST", this.#path("enquiries", reference, "feedback"), { body: { useful } });
  }

  async erase() {
    await this.#call("DELETE", this.#path());
    this.leave();
  }

  leave() {
    this.#own = this.#pending = null;
    forget();
  }

  #path(...parts) {
    return ["", this.#own.conversation, ...parts].map(encodeURIComponent).join("/");
  }

  async #call(method, path, { body, key } = {}) {
    const headers = { Accept: "application/json" };
    if (body) headers["Content-Type"] = "application/json";
    if (key) headers["Idempotency-Key"] = key;
    if (this.#own) headers.Authorization = `Bearer ${this.#own.token}`;
    let response, answer;
    try {
      const signal = AbortSignal.timeout(PATIENCE);
      const options = { method, headers, body: body && JSON.stringify(body), signal, credentials: "omit" };
      response = await fetch(`${this.#home}/api/conversations${path}`, options);
      answer = await response.text();
    } catch {
      throw new Problem(unreachable);
    }
    const json = parse(answer);
    if (response.ok && (json !== undefined || response.status === 204)) return json;
    throw new Problem(explain(response, json), response.ok ? 0 : response.status);
  }
}

function explain(response, json) {
  if (response.ok) return unreachable; // something in between answered
  const seconds = Number(response.headers.get("Retry-After"));
  if (response.status === 429 && seconds > 0) return wait(seconds);
  return json?.detail ?? json?.title ?? failed(response.status);
}

function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function newKey() {
  // crypto.randomUUID is missing where the page is not served over https.
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
