// What there is to do besides asking.

import { button, make } from "./dom.js";
import * as words from "./words.js";

// `on` has what buttons do: privacy(), download(), start(), erase(), back(). `isOverForm`: back leads to a form.
export function menu(home, isOverForm, on) {
  return [
    make("h3", { textContent: words.more, tabIndex: -1 }),
    make(
      "div",
      { className: "menu" },
      button(words.privacy, on.privacy),
      button(words.download, on.download),
      button(words.startAgain, on.start),
      button(words.erase, on.erase),
      make("a", { href: `${home}/chat`, textContent: words.plainPage }),
      button(isOverForm ? words.backToForm : words.back, on.back),
    ),
  ];
}
