// What was said, as elements: the member's messages, and replies with offers, people, choices and references.

import { button, linkTo, make, withLinks } from "./dom.js";
import * as words from "./words.js";

const MANY_OFFERS = 3; // more cards than this are shown folded
// A wrong moment to ask whether the answer was useful.
const NOT_JUDGED = ["handoff", "crisis", "disclosure", "abuse", "smalltalk"];

function entry(from, speaker, ...children) {
  const name = make("p", { className: "speaker", textContent: speaker });
  return make("article", { className: `entry ${from}`, tabIndex: -1, "aria-label": speaker }, name, ...children);
}

export function message(text) {
  return entry("asker", words.you, make("p", { className: "words", textContent: text }));
}

export function welcome(onExample) {
  return entry(
    "assistant",
    words.assistant,
    words.welcome.map((text) => make("p", {}, text)),
    make("div", { className: "buttons" }, words.examples.map((text) => button(text, () => onExample(text), "choice"))),
  );
}

// Of a single offer the card shows stage, contact and source; sentences that say no more are left out. So are the lines
// of a list whose cards follow. What has choices needs no cards: its buttons have the names.
function besideCards({ outcome, replies, offers, topic, person }) {
  const texts = replies.map(({ text }) => text);
  if (outcome === "list" && offers.length) return texts.map((text) => text.replace(/\n• .*/g, ""));
  if (outcome !== "offer" || offers.length !== 1 || topic || person) return texts;
  const [{ contact, source }] = offers;
  const isOnCard = (text) =>
    /^It belongs to the .{1,60} support\.$/.test(text) || text.includes(contact.email) || text.includes(source.title);
  return texts.filter((text) => !isOnCard(text));
}

// `on` has what buttons do: choose(choice), judge(reference, useful, box), copy(reference, element).
export function reply(said, on) {
  const cards = said.outcome === "clarify" ? [] : said.offers;
  const isSingle = said.outcome === "offer" && cards.length === 1;
  const people = peopleOf(said);
  return entry(
    "assistant",
    words.assistant,
    besideCards(said).map((text) => make("p", { className: "words" }, withLinks(text))),
    cards.map((offer) => card(offer, cards.length > MANY_OFFERS, isSingle)),
    people.length > 0 && make("ul", {}, people.map(person)),
    said.choices.length > 0 &&
      make("div", { className: "buttons" }, said.choices.map((choice) => button(choice.label, () => on.choose(choice), "choice"))),
    said.enquiry && reference(said.enquiry, on.copy),
    said.enquiry && !NOT_JUDGED.includes(said.outcome) && feedback(said.enquiry, on.judge),
  );
}

function peopleOf({ people, person }) {
  return people.length ? people : [person].filter(Boolean);
}

function card(offer, isFolded, isSummed) {
  const standing = [words.stages(offer.stages), words.tiers[offer.tier] ?? offer.tier];
  return make(
    isFolded ? "details" : "section",
    { className: "card" },
    make(isFolded ? "summary" : "h3", { textContent: offer.name }),
    !isSummed && make("p", { textContent: offer.summary }),
    make("p", { className: "tags" }, standing.map((text) => make("span", { className: "tag", textContent: text }))),
    contact(offer.contact),
    make("p", { className: "hint", textContent: words.source(offer.source.title, since(offer.source)) }),
  );
}

function contact({ email, phone, published }) {
  const mail = email && linkTo("mailto", email);
  const call = phone && linkTo("tel", phone);
  return make("p", {}, published ? words.contact : words.generalContact, mail, mail && call && words.or, call);
}

function person({ name, role }) {
  return make("li", {}, make("strong", { textContent: name }), `, ${role}`);
}

function reference(number, copy) {
  const shown = make("strong", { textContent: number });
  const press = button(words.copy, () => copy(number, shown), "small");
  press.setAttribute("aria-label", words.copyLabel(number));
  return make("p", { className: "reference" }, words.reference, shown, " ", press);
}

function feedback(number, judge) {
  const box = make("div", { className: "buttons feedback", role: "group", "aria-label": words.useful });
  box.append(
    words.useful,
    button(words.yes, () => judge(number, true, box), "small"),
    button(words.no, () => judge(number, false, box), "small"),
  );
  return box;
}

// Since when an offer stands as it does: as its source printed it, or as staff edited it.
function since({ published, edited_on: edited, checked_on: checked }) {
  return edited ? words.asEdited(written(edited), checked && written(checked)) : words.asPublished(written(published));
}

// A month such as 2022-11 or a day such as 2026-11-03 in words; anything else as it is.
function written(value) {
  const date = new Date(`${value}T00:00Z`);
  if (!/^\d{4}-\d{2}/.test(value) || Number.isNaN(date.valueOf())) return value;
  const day = /^\d{4}-\d{2}-\d{2}$/.test(value) ? "numeric" : undefined;
  return date.toLocaleDateString("en-GB", { day, month: "long", year: "numeric", timeZone: "UTC" });
}

// The conversation as plain text, from the API's history.
export function transcript(history) {
  const lines = history.map((said) => {
    const when = new Date(said.at).toLocaleString("en-GB");
    if (said.from === "asker") return `${when}\n${words.you}: ${said.text ?? words.notKept}`;
    const parts = said.replies.map(({ text }) => text);
    for (const offer of said.offers) {
      const { email, phone, published } = offer.contact;
      const reach = [email, phone].filter(Boolean).join(words.or);
      parts.push(
        `${offer.name}. ${offer.summary}`,
        `${words.stages(offer.stages)}. ${words.tiers[offer.tier] ?? offer.tier}.`,
        (published ? words.contact : words.generalContact) + reach,
        words.source(offer.source.title, since(offer.source)),
      );
    }
    for (const { name, role } of peopleOf(said)) parts.push(`- ${name}, ${role}`);
    for (const { label } of said.choices) parts.push(`- ${label}`);
    if (said.enquiry) parts.push(words.reference + said.enquiry);
    return `${when}\n${words.assistant}: ${parts.join("\n")}`;
  });
  return `${words.title}\n\n${lines.join("\n\n")}\n`;
}
