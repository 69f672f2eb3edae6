// The launcher and the window it opens: a dialog beside the page, or over all of it where there is little room.

import { button, make } from "./dom.js";
import * as words from "./words.js";

const LITTLE_ROOM = "(max-width: 30rem), (max-height: 25rem)";

export class Panel {
  #room = matchMedia(LITTLE_ROOM);
  launcher = make("button", { type: "button", className: "launcher", part: "launcher", "aria-expanded": "false" });
  dialog = make("dialog", { part: "panel", "aria-labelledby": "title" });
  body = make("div", { className: "body" });

  // `onOpen` is called each time the window was opened, `onMore` when more than the talk is wanted.
  constructor(onOpen, onMore) {
    this.launcher.append(make("span", { textContent: words.launcherText }));
    const title = make("h2", { id: "title", textContent: words.title });
    const more = button(words.more, onMore, "small");
    const close = button(words.close, () => this.dialog.close(), "small");
    this.dialog.append(make("div", { className: "head" }, title, more, close), this.body);
    this.launcher.addEventListener("click", () => {
      this.open();
      onOpen();
    });
    this.dialog.addEventListener("close", () => {
      if (this.#reopening) return;
      this.launcher.setAttribute("aria-expanded", "false");
      this.launcher.hidden = false;
      if (!this.isLeft) this.launcher.focus();
    });
    this.dialog.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || event.isComposing) return;
      event.preventDefault();
      this.dialog.close();
    });
    this.#room.addEventListener("change", () => this.#changeMode());
  }

  #reopening = false;

  open() {
    if (this.dialog.open) return;
    // Over the whole page nothing behind may be reached; beside it, everything may.
    if (this.#room.matches) this.dialog.showModal();
    else this.dialog.show();
    this.launcher.hidden = true;
    this.launcher.setAttribute("aria-expanded", "true");
  }

  // Whether the member is at something of the page around.
  get isLeft() {
    const { host } = this.dialog.getRootNode();
    const at = host.getRootNode().activeElement;
    return Boolean(at) && at !== host && at !== document.body;
  }

  #changeMode() {
    if (!this.dialog.open) return;
    // Over the whole page it would take the page, and the focus, from who is at it.
    if (this.#room.matches && this.isLeft) return this.dialog.close();
    const root = this.dialog.getRootNode();
    const focused = root.activeElement;
    this.#reopening = true;
    this.dialog.addEventListener("close", () => (this.#reopening = false), { once: true });
    this.dialog.close();
    this.open();
    if (focused) focused.focus();
    else if (!this.#room.matches) root.activeElement?.blur(); // a dialog that opens takes the focus
  }
}
