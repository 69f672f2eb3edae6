// The box to type in, with its label, its counter and the button that sends.

import { make } from "./dom.js";
import * as words from "./words.js";

export const MOST_CHARACTERS = 1000; // the API refuses more
const COUNT_FROM = 800; // characters; before that a counter is only noise
const PAUSE = 400; // milliseconds without a key

export class Composer {
  #label = make("label", { htmlFor: "text" });
  #hint = make("p", { className: "hint", id: "hint" });
  #counter = make("p", { className: "hint", id: "counter", role: "status" });
  #button = make("button", { type: "submit", textContent: words.send });
  buttons = make("div", { className: "buttons" }, this.#button);
  #busy = false;
  #pause;
  box = make("textarea", { id: "text", rows: 2, "aria-describedby": "hint counter" });

  // `onText` is called with what was typed, `onProblem` with what is wrong with it.
  constructor(onText, onProblem) {
    this.element = make("form", { className: "ask", noValidate: true }, this.#label, this.#hint, this.box, this.#counter, this.buttons);
    this.element.addEventListener("submit", (event) => {
      event.preventDefault();
      if (this.#busy) return;
      const problem = this.#problem();
      this.box.focus();
      if (problem) onProblem(problem);
      else onText(this.box.value);
    });
    this.box.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      this.element.requestSubmit();
    });
    this.box.addEventListener("input", () => {
      clearTimeout(this.#pause); // announced at every key it would be in the way
      this.#pause = setTimeout(() => this.count(), PAUSE);
    });
    this.expect(null);
  }

  // Never disabled: that would throw the focus away. Read-only says the same.
  set busy(busy) {
    this.#busy = busy;
    this.box.readOnly = busy;
    for (const each of this.buttons.children) each.setAttribute("aria-disabled", String(busy));
  }

  get text() {
    return this.box.value;
  }

  set text(text) {
    this.box.value = text;
    this.count();
  }

  expect(step) {
    const { label, hint, autocomplete = "off", inputMode = "text" } = words.steps[step] ?? words.question;
    this.#label.textContent = label;
    this.#hint.textContent = hint;
    Object.assign(this.box, { autocomplete, inputMode });
  }

  count() {
    const length = [...this.box.value].length;
    const left = MOST_CHARACTERS - length;
    this.#counter.textContent = length >= COUNT_FROM ? words.charactersLeft(left) : "";
    this.#counter.classList.toggle("over", left < 0);
  }

  #problem() {
    if (!this.box.value.trim()) return words.tooShort;
    return [...this.box.value].length > MOST_CHARACTERS ? words.tooLong : "";
  }
}
