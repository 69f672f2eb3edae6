// One conversation with the public API.

import { forget, recall, remember } from "./memory.js";
import { danger, failed, unreachable, wait } from "./words.js";

const PATIENCE = 30_000; // milliseconds; the server itself gives up after ten seconds

const AWAY = 503; // the server cannot reach its database
const NO_CONVERSATION = { path: "/none/messages", token: "none" };

// What went wrong, in lines for a person. `isGone`: the conversation is no longer kept.
export class Problem extends Error {
  constructor(message, status = 0) {
    super(message);
    this.status = status;
    this.isGone = status === 401 || status === 404;
    this.mayPass = status === 0 || status === 408 || status === 429 || status >= 500;
    this.lines = this.mayPass ? [message, danger] : [message]; // whom nobody heard may be in need
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
    const reply = await (this.#own ? this.#say(this.#pending) : this.#begin(this.#pending));
    this.#pending = null;
    return reply;
  }

  async #begin(message) {
    try {
      this.#own = await this.#call("POST", "");
    } catch (problem) {
      if (problem.status !== AWAY) throw problem;
      return this.#sayWithoutConversation(message, problem);
    }
    remember(this.#own);
    return this.#say(message);
  }

  #say(message) {
    return this.#call("POST", this.#path("messages"), message);
  }

  // The server answers who is in need also when it can open no conversation. Nobody else: then the problem stands.
  async #sayWithoutConversation(message, problem) {
    const { path, token } = NO_CONVERSATION;
    try {
      return await this.#call("POST", path, { ...message, token });
    } catch {
      throw problem;
    }
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

  async #call(method, path, { body, key, token = this.#own?.token } = {}) {
    const headers = { Accept: "application/json" };
    if (body) headers["Content-Type"] = "application/json";
    if (key) headers["Idempotency-Key"] = key;
    if (token) headers.Authorization = `Bearer ${token}`;
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
