// <enquiry-assistant>: puts panel, conversation, entries and box together.

import { Composer } from "./composer.js";
import { Conversation, Problem } from "./conversation.js";
import { button, make, withLinks } from "./dom.js";
import { message, reply, transcript, welcome } from "./entries.js";
import { menu } from "./menu.js";
import { Panel } from "./panel.js";
import { questionForm } from "./question_form.js";
import css from "./style.css";
import * as words from "./words.js";

const SETTLED = 1_000; // milliseconds

const sheet = new CSSStyleSheet(); // not a style element: strict policies of host pages let it pass
sheet.replaceSync(css);

export class EnquiryAssistant extends HTMLElement {
  static home = ""; // the origin that the script came from

  #panel;
  #conversation;
  #composer;
  #log = make("div", { role: "log", className: "log", "aria-label": words.log });
  #typing = make("p", { className: "typing", "aria-hidden": "true", hidden: true }, make("i"), make("i"), make("i"));
  #status = make("p", { className: "hint status", role: "status" });
  #notice = make("div", { className: "notice" }); // what went wrong
  #talk = make("div", { className: "talk" });
  #sheet = make("div", { className: "sheet", hidden: true }); // a form, a menu or a question back, in place of the talk
  #form = null; // the question that is being left, until it is sent or cancelled
  #again = null; // what "Try again" does
  #busy = false;

  connectedCallback() {
    if (this.shadowRoot) return;
    this.lang ||= "en-GB"; // whatever the page around it speaks
    this.attachShadow({ mode: "open" }).adoptedStyleSheets = [sheet];
    this.#conversation = new Conversation(EnquiryAssistant.home);
    this.#composer = new Composer((text) => this.#ask(text), (problem) => this.#complain([problem]));
    this.#panel = new Panel(() => this.#arrive(), () => this.#openMenu());
    this.#composer.buttons.append(button(words.askPerson, () => this.#leaveQuestion()));
    this.#talk.append(this.#log, this.#typing, this.#notice, this.#status, this.#composer.element);
    this.#panel.body.append(this.#talk, this.#sheet);
    this.#log.append(this.#welcome());
    this.shadowRoot.append(this.#panel.launcher, this.#panel.dialog);
    // What was changed after it failed is no longer what failed.
    this.#composer.box.addEventListener("input", () => this.#busy || this.#giveUp());
    addEventListener("online", () => this.#busy || this.#again?.());
  }

  #openMenu() {
    if (this.#busy) return;
    this.#openSheet(
      ...menu(EnquiryAssistant.home, Boolean(this.#form), {
        privacy: () => this.#closeSheet() || this.#ask(words.privacy),
        download: () => this.#closeSheet() || this.#download(),
        start: () => this.#confirm(words.confirmStart, words.startAgain, () => this.#startAgain(words.started)),
        erase: () => this.#confirm(words.confirmErase, words.erase, () => this.#erase()),
        back: () => this.#goBack(),
      }),
    );
  }

  #openSheet(...children) {
    this.#sheet.replaceChildren(...children);
    this.#talk.hidden = true;
    this.#sheet.hidden = false;
    this.#sheet.querySelector("h3").focus();
  }

  #closeSheet() {
    this.#talk.hidden = false;
    this.#sheet.hidden = true;
    this.#sheet.replaceChildren();
    this.#composer.box.focus();
  }

  // From the menu or a question back: what stands in a form is not thrown away.
  #goBack() {
    return this.#form ? this.#leaveQuestion() : this.#closeSheet();
  }

  #welcome() {
    return welcome((text) => this.#send({ text }, text));
  }

  #arrive() {
    if (this.#conversation.isOpen && this.#log.children.length === 1) this.#restore();
    (this.#sheet.querySelector("h3") ?? this.#composer.box).focus();
  }

  #ask(text) {
    return this.#send({ text }, text);
  }

  #send(body, said) {
    return this.#work(words.sending, () => this.#send(body, said), async () => {
      const answer = await this.#conversation.send(body);
      if (this.#composer.text === body.text) this.#composer.text = "";
      this.#disableChoices();
      this.#log.append(message(said));
      this.#show(answer);
    });
  }

  // Runs one job at a time; what goes wrong is said, `again` tries it again, and what was typed stays in the box.
  async #work(status, again, job) {
    if (this.#busy) return;
    this.#again = again;
    this.#setBusy(true);
    this.#clearNotice();
    this.#tell(status);
    try {
      await job();
      this.#again = null;
      if (this.#status.textContent === status) this.#tell(""); // unless the job said something of its own
    } catch (problem) {
      if (!(problem instanceof Problem)) throw problem;
      this.#tell("");
      this.#fail(problem);
    } finally {
      this.#setBusy(false);
    }
  }

  #setBusy(busy) {
    this.#busy = this.#composer.busy = busy;
    this.#typing.hidden = !busy;
  }

  #fail(problem) {
    if (!problem.isGone) return this.#complain(problem.lines, problem.mayPass);
    // Erased elsewhere, or past the time that conversations are kept.
    if (this.shadowRoot.activeElement) this.#composer.box.focus(); // the choice that was pressed cannot keep it
    this.#lose();
    this.#complain([words.gone]);
  }

  // The conversation is not ours any more: what its entries offer to do cannot be done.
  #lose() {
    this.#conversation.leave();
    this.#disableChoices();
    for (const old of this.#log.querySelectorAll(".feedback")) old.remove();
    this.#composer.expect(null);
  }

  #giveUp() {
    this.#again = null;
    this.#clearNotice();
  }

  #complain(lines, mayTryAgain = false) {
    if (!mayTryAgain) this.#again = null;
    this.#notice.replaceChildren(
      make(
        "div",
        { className: "problem" },
        make("div", { role: "alert" }, lines.map((line) => make("p", {}, withLinks(line)))),
        mayTryAgain && button(words.tryAgain, () => this.#again?.()),
      ),
    );
    this.#notice.scrollIntoView({ block: "nearest" });
  }

  #tell(text) {
    this.#status.textContent = text;
  }

  #clearNotice() {
    if (this.#notice.contains(this.shadowRoot.activeElement)) this.#composer.box.focus();
    this.#notice.replaceChildren();
  }

  // As in GOV.UK Chat the answer is gone to when it is there, unless the next step is to type.
  #show(answer) {
    const entry = this.#addReply(answer);
    entry.previousElementSibling.scrollIntoView();
    const next = answer.expects && !answer.choices.length ? this.#composer.box : entry;
    if (!this.#panel.isLeft) next.focus({ preventScroll: true }); // else the log is read out anyway
  }

  #addReply(answer) {
    this.#composer.expect(answer.expects);
    const entry = reply(answer, {
      choose: (choice) => this.#send({ choice: choice.id }, choice.label),
      judge: (number, useful, box) => this.#judge(number, useful, box),
      copy: (number, shown) => this.#copy(number, shown),
    });
    this.#log.append(entry);
    return entry;
  }

  #disableChoices() {
    for (const old of this.#log.querySelectorAll(".choice")) old.disabled = true;
  }

  #restore() {
    return this.#work(words.fetching, () => this.#restore(), async () => {
      const entries = await this.#conversation.history();
      this.#log.setAttribute("aria-live", "off"); // what was said before is not read out again ...
      for (const entry of entries) {
        this.#disableChoices();
        if (entry.from === "asker") this.#log.append(message(entry.text ?? words.notKept));
        else this.#addReply(entry);
      }
      setTimeout(() => this.#log.removeAttribute("aria-live"), SETTLED); // ... which browsers decide some time later
      this.#log.lastElementChild.scrollIntoView();
    });
  }

  #leaveQuestion() {
    if (this.#busy) return;
    this.#form ??= questionForm(this.#composer.text, (values) => this.#submit(values), () => this.#busy || this.#closeForm());
    this.#openSheet(this.#form.element);
  }

  #closeForm() {
    this.#form = null;
    this.#closeSheet();
  }

  async #submit(values) {
    if (this.#busy) return;
    this.#giveUp();
    this.#setBusy(true);
    this.#form.tell(words.sending);
    try {
      const answer = await this.#conversation.send({ form: values });
      this.#composer.text = "";
      this.#closeForm();
      this.#disableChoices();
      this.#log.append(message(words.askPerson));
      this.#show(answer);
    } catch (problem) {
      if (!(problem instanceof Problem)) throw problem;
      if (problem.isGone) this.#lose();
      this.#form.refuse(problem.isGone ? [words.gone] : problem.lines);
    } finally {
      this.#setBusy(false);
    }
  }

  #confirm(question, action, job) {
    const asked = make("h3", { textContent: question, tabIndex: -1 });
    const go = button(action, () => this.#closeSheet() || job(), "warning");
    this.#openSheet(asked, make("div", { className: "buttons" }, go, button(words.keep, () => this.#goBack())));
  }

  #startAgain(status) {
    this.#conversation.leave();
    this.#form = null;
    this.#giveUp();
    this.#log.replaceChildren(this.#welcome());
    this.#composer.expect(null);
    this.#composer.text = "";
    this.#tell(status);
    this.#composer.box.focus();
  }

  #erase() {
    if (!this.#conversation.isOpen) return this.#startAgain(words.erased);
    return this.#work(words.erasing, () => this.#erase(), async () => {
      await this.#conversation.erase();
      this.#startAgain(words.erased);
    });
  }

  async #judge(number, useful, box) {
    try {
      await this.#conversation.judge(number, useful);
    } catch (problem) {
      if (!(problem instanceof Problem)) throw problem;
      return this.#complain([problem.message]);
    }
    const thanks = make("p", { textContent: useful ? words.thanks : words.sorry, tabIndex: -1 });
    box.replaceWith(thanks);
    if (!useful) thanks.after(make("p", {}, button(words.askPerson, () => this.#leaveQuestion())));
    thanks.focus();
  }

  async #copy(number, shown) {
    try {
      await navigator.clipboard.writeText(number);
      this.#tell(words.copied);
    } catch {
      getSelection().selectAllChildren(shown); // no clipboard without https, or it was refused
      this.#tell(words.notCopied);
    }
  }

  #download() {
    return this.#work(words.fetching, () => this.#download(), async () => {
      const history = this.#conversation.isOpen ? await this.#conversation.history() : [];
      const address = URL.createObjectURL(new Blob([transcript(history)], { type: "text/plain" }));
      make("a", { href: address, download: words.file }).click();
      setTimeout(() => URL.revokeObjectURL(address), 60_000); // some browsers read it later
    });
  }
}
