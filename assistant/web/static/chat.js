// The plain chat page: one conversation with the public API. Whatever the API says is shown as text, never as markup.

const MOST_CHARACTERS = 1000; // the API refuses more
const PATIENCE = 30_000; // milliseconds; the server itself gives up after ten seconds
const MANY_OFFERS = 3; // more cards than this are shown folded
const STORAGE = "conversation";
const LEAVE_QUESTION = "I would like to leave a question for a person";
const TIERS = { current: "Current support", enhanced: "Enhanced support" };
// A wrong moment to ask whether the answer was useful.
const NOT_JUDGED = ["handoff", "crisis", "disclosure", "abuse", "smalltalk"];

// What stands over the box: label and hint, by the step that the assistant expects.
const QUESTION = ["Your question", "Please do not include names or personal details, your own or anybody else's."];
const STEPS = {
  name: ["Your name", "It is stored encrypted, apart from your question."],
  email: ["Your e-mail address", "It is stored encrypted, apart from your question."],
  consent: ["Yes or no", "Say whether we may keep your details to answer you."],
};

const page = {};
for (const id of ["ask", "counter", "erase", "hint", "leave", "log", "problem", "restart", "retry", "status", "text"]) {
  page[id] = document.getElementById(id);
}
page.label = document.querySelector("label[for=text]");
page.problemText = document.getElementById("problem-text");

let conversation = recall(); // {conversation, token}, from the first message on
let pending = null; // the message on its way, or refused and still to be tried again: {body, said, key}
let again = null; // what "Try again" does
let busy = false;

class Problem extends Error {
  constructor(message, status = 0) {
    super(message);
    this.isGone = status === 401 || status === 404;
    this.mayPass = status === 0 || status === 408 || status === 429 || status >= 500;
  }
}

async function call(method, path, { body, key } = {}) {
  const headers = { Accept: "application/json" };
  if (body) headers["Content-Type"] = "application/json";
  if (key) headers["Idempotency-Key"] = key;
  if (conversation) headers.Authorization = `Bearer ${conversation.token}`;
  const signal = AbortSignal.timeout(PATIENCE);
  try {
    const response = await fetch(path, { method, headers, body: body && JSON.stringify(body), signal });
    const answer = await response.text();
    if (response.ok) return answer && JSON.parse(answer);
    throw new Problem(explain(response, answer), response.status);
  } catch (error) {
    if (error instanceof Problem) throw error;
    throw new Problem("The assistant cannot be reached at the moment."); // or something in between answered
  }
}

function explain(response, answer) {
  const seconds = Number(response.headers.get("Retry-After"));
  if (response.status === 429 && seconds > 0) {
    return `That was too quick for the assistant. Please wait ${seconds} ${seconds === 1 ? "second" : "seconds"}.`;
  }
  const isProblem = response.headers.get("Content-Type")?.startsWith("application/problem+json");
  if (isProblem) return JSON.parse(answer).detail ?? JSON.parse(answer).title;
  return `The assistant could not do that (error ${response.status}).`;
}

function address(...parts) {
  return ["/api/conversations", ...[conversation.conversation, ...parts].map(encodeURIComponent)].join("/");
}

function newKey() {
  // crypto.randomUUID is missing where the page is not served over https.
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

function recall() {
  try {
    return JSON.parse(sessionStorage.getItem(STORAGE));
  } catch {
    return null; // storage is switched off: the conversation lasts as long as the page
  }
}

function remember(started) {
  conversation = started;
  page.erase.hidden = !started;
  try {
    if (started) sessionStorage.setItem(STORAGE, JSON.stringify(started));
    else sessionStorage.removeItem(STORAGE);
  } catch {
    // As above.
  }
}

function ask() {
  const text = page.text.value;
  const length = [...text].length;
  page.text.focus();
  if (!text.trim()) return show("Please type your question first.");
  if (length > MOST_CHARACTERS) return show("Your question is too long. The most is 1,000 characters.");
  return send({ text }, text);
}

// The same message keeps its key until it is answered, so that trying again never asks twice.
function send(body, said) {
  if (busy) return;
  if (!pending || JSON.stringify(pending.body) !== JSON.stringify(body)) pending = { body, said, key: newKey() };
  again = () => send(body, said);
  return work("Waiting for the answer.", async () => {
    if (!conversation) remember(await call("POST", "/api/conversations"));
    const reply = await call("POST", address("messages"), pending);
    pending = null;
    if (page.text.value === body.text) page.text.value = "";
    addMessage(said);
    arrive(addReply(reply), reply);
  });
}

async function work(status, job) {
  busy = true;
  hideProblem();
  page.status.textContent = status;
  page.text.readOnly = true;
  try {
    await job();
  } catch (problem) {
    if (!(problem instanceof Problem)) throw problem;
    fail(problem);
  } finally {
    busy = false;
    page.status.textContent = "";
    page.text.readOnly = false;
    count();
  }
}

function fail(problem) {
  if (!problem.isGone) return show(problem.message, problem.mayPass);
  // Erased elsewhere, or past the time that conversations are kept. A choice means nothing in another conversation.
  const isText = Boolean(pending?.body.text);
  pending = null;
  remember(null);
  disableChoices();
  expect(null);
  show("Your earlier conversation is no longer kept. The next message begins a new one.", isText);
}

function show(message, mayTryAgain = false) {
  page.problem.hidden = false;
  page.problemText.textContent = message;
  page.retry.hidden = !mayTryAgain;
}

function hideProblem() {
  if (document.activeElement === page.retry) page.text.focus();
  page.problem.hidden = true;
  page.problemText.textContent = "";
}

// Somebody who typed stays in the box; somebody who pressed a button goes where the next step is.
function arrive(entry, reply) {
  entry.previousElementSibling.scrollIntoView();
  if (page.ask.contains(document.activeElement)) return;
  const next = reply.expects && !reply.choices.length ? page.text : entry;
  next.focus({ preventScroll: true });
}

function restore() {
  again = restore;
  return work("Fetching your conversation.", async () => {
    const entries = await call("GET", address("messages"));
    page.log.setAttribute("aria-busy", "true"); // what was said before is not read out again
    for (const entry of entries) {
      if (entry.from === "asker") addMessage(entry.text ?? "(not kept)");
      else addReply(entry);
    }
    page.log.removeAttribute("aria-busy");
    page.log.lastElementChild?.scrollIntoView();
  });
}

function startAgain(status) {
  remember(null);
  pending = null;
  page.log.replaceChildren();
  expect(null);
  hideProblem();
  page.status.textContent = status;
  page.text.focus();
}

async function erase() {
  if (busy || !confirm("Erase this conversation? It is deleted for good and cannot be brought back.")) return;
  let erased = false;
  again = erase;
  await work("Erasing your conversation.", async () => {
    await call("DELETE", address());
    erased = true;
  });
  if (erased) startAgain("Your conversation is erased.");
}

async function judge(reference, useful, box) {
  try {
    await call("POST", address("enquiries", reference, "feedback"), { body: { useful } });
  } catch (problem) {
    if (!(problem instanceof Problem)) throw problem;
    show(`Your feedback was not saved. ${problem.message}`);
    return;
  }
  const thanks = make("p", { textContent: "Thank you for telling us.", tabIndex: -1 });
  box.replaceWith(thanks);
  thanks.focus();
}

function make(tag, properties = {}, ...children) {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children.filter(Boolean));
  return element;
}

function button(label, className, onclick) {
  return make("button", { type: "button", textContent: label, className, onclick });
}

function addEntry(from, name, ...children) {
  const speaker = make("p", { className: "speaker", textContent: name });
  const entry = make("article", { className: `entry ${from}`, tabIndex: -1 }, speaker, ...children);
  page.log.append(entry);
  return entry;
}

function addMessage(text) {
  return addEntry("asker", "You", make("p", { className: "words", textContent: text }));
}

function addReply(reply) {
  disableChoices();
  expect(reply.expects);
  const people = reply.people.length ? reply.people : [reply.person].filter(Boolean);
  return addEntry(
    "assistant",
    "Assistant",
    ...reply.replies.map(({ text }) => make("p", { className: "words", textContent: text })),
    ...reply.offers.map((offer) => card(offer, reply.offers.length > MANY_OFFERS)),
    people.length > 0 && make("ul", {}, ...people.map(person)),
    reply.choices.length > 0 && make("div", { className: "buttons" }, ...reply.choices.map(choice)),
    reply.enquiry && make("p", { className: "hint", textContent: `Your reference: ${reply.enquiry}` }),
    reply.enquiry && !NOT_JUDGED.includes(reply.outcome) && feedback(reply.enquiry),
  );
}

function card(offer, isFolded) {
  const name = make(isFolded ? "summary" : "h3", { textContent: offer.name });
  const standing = `Stage: ${offer.stages.join(" and ")}. ${TIERS[offer.tier] ?? offer.tier}.`;
  const source = `Source: ${offer.source.title}, as published in ${month(offer.source.published)}.`;
  return make(
    isFolded ? "details" : "section",
    { className: "card" },
    name,
    make("p", { textContent: offer.summary }),
    make("p", { textContent: standing }),
    contact(offer.contact),
    make("p", { className: "hint", textContent: source }),
  );
}

function contact({ email, phone, published }) {
  const mail = email && make("a", { href: `mailto:${email}`, textContent: email });
  const call = phone && make("a", { href: `tel:${phone.replace(/\s/g, "")}`, textContent: phone });
  const intro = published ? "Contact: " : "No contact is published for this offer. The general contact: ";
  return make("p", {}, intro, mail, mail && call && " or ", call);
}

function person({ name, role }) {
  return make("li", {}, make("strong", {}, name), `, ${role}`);
}

function choice({ id, label }) {
  return button(label, "secondary choice", () => send({ choice: id }, label));
}

function disableChoices() {
  for (const old of page.log.querySelectorAll(".choice")) old.disabled = true;
}

function feedback(reference) {
  const box = make("div", { className: "buttons", role: "group", ariaLabel: "Was this useful?" }, "Was this useful?");
  box.append(
    button("Yes", "secondary", () => judge(reference, true, box)),
    button("No", "secondary", () => judge(reference, false, box)),
  );
  return box;
}

function month(published) {
  if (!/^\d{4}-\d{2}/.test(published)) return published;
  return new Date(published).toLocaleDateString("en-GB", { month: "long", year: "numeric", timeZone: "UTC" });
}

function expect(step) {
  [page.label.textContent, page.hint.textContent] = STEPS[step] ?? QUESTION;
}

function count() {
  const left = MOST_CHARACTERS - [...page.text.value].length;
  const amount = `${Math.abs(left).toLocaleString("en-GB")} ${Math.abs(left) === 1 ? "character" : "characters"}`;
  page.counter.textContent = left < 0 ? `${amount} too many.` : `${amount} left.`;
  page.counter.className = left < 0 ? "hint counter-over" : "hint";
}

page.ask.addEventListener("submit", (event) => {
  event.preventDefault();
  ask();
});
page.text.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  page.ask.requestSubmit();
});
page.text.addEventListener("input", count);
page.retry.addEventListener("click", () => again());
page.leave.addEventListener("click", () => send({ text: LEAVE_QUESTION }, LEAVE_QUESTION));
page.restart.addEventListener("click", () => busy || startAgain("A new conversation begins with your next question."));
page.erase.addEventListener("click", erase);

count();
if (conversation) {
  page.erase.hidden = false;
  restore();
}
