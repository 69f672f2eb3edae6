// Keys for those who go through many groups: next and previous, open, assign, search, help. Every one of them does what
// a link or button on the page does as well. They can be turned off (WCAG 2.1.4), and do nothing while somebody types.

const KEPT = "console-keys";
const HELP = [
  ["j", "Next group or enquiry"],
  ["k", "Previous group or enquiry"],
  ["o", "Open it"],
  ["a", "Assign it to me"],
  ["/", "Search"],
  ["?", "This help"],
];

const rows = () => [...document.querySelectorAll("[data-key-row]")];
const current = () => document.activeElement?.closest("[data-key-row]");
const isOn = () => {
  try {
    return localStorage.getItem(KEPT) !== "off";
  } catch {
    return true; // a browser that keeps nothing
  }
};

function turn(on) {
  try {
    localStorage.setItem(KEPT, on ? "on" : "off");
  } catch {
    // It holds until the next page.
  }
}

function move(step) {
  const all = rows();
  const at = all.indexOf(current());
  const next = at < 0 ? (step > 0 ? 0 : all.length - 1) : at + step;
  // Moving the focus is what announces where one is.
  all[next]?.querySelector("[data-key-item]")?.focus();
}

function open() {
  const row = current();
  const item = row?.querySelector("[data-key-item]");
  if (item?.href) item.click();
  else row?.querySelector("details > summary")?.click();
}

function assign() {
  const scope = document.querySelector("a[data-key-item]") ? current() : document;
  scope?.querySelector("[data-key-assign]")?.requestSubmit();
}

const element = (name, properties = {}, ...children) => {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
};

function makeHelp() {
  const list = element("dl");
  for (const [key, text] of HELP) {
    list.append(element("dt", {}, element("kbd", { textContent: key })), element("dd", { textContent: text }));
  }
  const box = element("input", { type: "checkbox", className: "nhsuk-checkboxes__input", id: "keys-on", checked: isOn() });
  box.addEventListener("change", () => turn(box.checked));
  const label = element("label", {
    className: "nhsuk-label nhsuk-checkboxes__label", htmlFor: "keys-on", textContent: "Use keyboard shortcuts",
  });
  const close = element("button", { type: "button", className: "nhsuk-button nhsuk-button--small", textContent: "Close" });
  const title = element("h2", { id: "keys-title", className: "nhsuk-heading-m", textContent: "Keyboard shortcuts" });
  const item = element("div", { className: "nhsuk-checkboxes__item nhsuk-u-margin-bottom-4" }, box, label);
  const dialog = element("dialog", { className: "keys" }, title, list, item, close);
  dialog.setAttribute("aria-labelledby", "keys-title");
  close.addEventListener("click", () => dialog.close());
  return dialog;
}

const isTyping = (target) =>
  target.closest("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]") !== null;

export function useKeys() {
  if (!rows().length && !document.querySelector("[data-key-search]")) return;
  const dialog = makeHelp();
  const opener = element("button", { type: "button", className: "console-link-button", textContent: "Keyboard shortcuts" });
  opener.addEventListener("click", () => dialog.showModal());
  document.querySelector("main h1").after(element("p", { className: "keys-hint" }, opener), dialog);
  const does = {
    j: () => move(1),
    k: () => move(-1),
    o: open,
    a: assign,
    "/": () => document.querySelector("[data-key-search]")?.focus(),
    "?": () => dialog.showModal(),
  };
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
    if (dialog.open || !isOn() || isTyping(event.target) || !Object.hasOwn(does, event.key)) return;
    event.preventDefault(); // nor is the key typed into what gets the focus
    does[event.key]();
  });
}
