// Leaving a question for a person: a labelled form whose errors stand beside the fields.

import { button, make, withLinks } from "./dom.js";
import { form as words } from "./words.js";

const ADDRESS = /^[^\s@]+@[^\s@]+\.[^\s@]+$/; // the server looks closer

// `submit` gets {question, name, email, consent, keep_words}; `cancel` nothing.
export function questionForm(question, submit, cancel) {
  const summary = make("div", { className: "problem", role: "alert", tabIndex: -1, hidden: true });
  const fields = {
    question: field("question", make("textarea", { rows: 3, value: question }), words.questionHint),
    name: field("name", make("input", { type: "text", autocomplete: "name" })),
    email: field("email", make("input", { type: "email", autocomplete: "email" }), words.emailHint),
    consent: tick("consent", words.consent),
  };
  const keepWords = tick("keep_words", words.keepWords);
  const status = make("p", { className: "hint", role: "status" });
  const element = make(
    "form",
    { className: "question", noValidate: true, "aria-labelledby": "form-title" },
    make("h3", { id: "form-title", textContent: words.title, tabIndex: -1 }),
    make("p", { textContent: words.intro }),
    summary,
    Object.values(fields).map(({ row }) => row),
    keepWords.row,
    status,
    make("div", { className: "buttons" }, make("button", { type: "submit", textContent: words.submit }), button(words.cancel, cancel)),
  );

  element.addEventListener("submit", (event) => {
    event.preventDefault();
    const wrong = Object.keys(fields).filter((name) => !isGood(name, fields[name].input));
    for (const name in fields) fields[name].tell(wrong.includes(name) ? words.missing[name] : "");
    complain(wrong.map((name) => [words.missing[name], fields[name].input]));
    if (wrong.length) return;
    const value = (name) => fields[name].input.value.trim();
    submit({
      question: value("question"),
      name: value("name"),
      email: value("email"),
      consent: true,
      keep_words: keepWords.input.checked,
    });
  });

  // What is wrong, each with a link to its field; [] for nothing.
  function complain(problems) {
    status.textContent = "";
    summary.hidden = problems.length === 0;
    summary.replaceChildren(
      make("h4", { textContent: words.problem }),
      make("ul", {}, problems.map(([text, input]) => make("li", {}, input ? button(text, () => input.focus(), "link") : withLinks(text)))),
    );
    if (problems.length) summary.focus();
  }

  return { element, tell: (text) => (status.textContent = text), refuse: (lines) => complain(lines.map((line) => [line])) };
}

function isGood(name, input) {
  if (name === "consent") return input.checked;
  return name === "email" ? ADDRESS.test(input.value.trim()) : Boolean(input.value.trim());
}

function field(name, input, hint) {
  const id = `field-${name}`;
  const error = make("p", { className: "error", id: `${id}-error`, hidden: true });
  const described = [hint && `${id}-hint`, `${id}-error`].filter(Boolean).join(" ");
  Object.assign(input, { id, name });
  input.setAttribute("aria-describedby", described);
  const row = make(
    "div",
    { className: "field" },
    make("label", { htmlFor: id, textContent: words[name] }),
    hint && make("p", { className: "hint", id: `${id}-hint`, textContent: hint }),
    error,
    input,
  );
  return { row, input, tell: teller(row, input, error) };
}

function tick(name, label) {
  const id = `field-${name}`;
  const error = make("p", { className: "error", id: `${id}-error`, hidden: true });
  const input = make("input", { type: "checkbox", id, name, "aria-describedby": `${id}-error` });
  const row = make("div", { className: "field tick" }, error, make("label", { htmlFor: id }, input, make("span", { textContent: label })));
  return { row, input, tell: teller(row, input, error) };
}

function teller(row, input, error) {
  return (text) => {
    error.textContent = text;
    error.hidden = !text;
    row.classList.toggle("wrong", Boolean(text));
    input.setAttribute("aria-invalid", String(Boolean(text)));
  };
}
