// Every sentence of the widget in one place. What the assistant says comes from the server.

export const launcherText = "Ask a question";
export const title = "Support against racism";
export const close = "Close";
export const log = "Conversation";
export const you = "You";
export const assistant = "Assistant";
export const notKept = "(these words are not kept)";

export const welcome = [
  "Hello. I can tell you which support against racism the NHS Confederation offers its members, and whom to contact.",
  "I am a computer program, not a person. I know what was published in November 2022.",
];
export const examples = [
  "What support is there for nurses and midwives?",
  "How do I join the BME Leadership Network?",
  "What can our integrated care system do first?",
];

// What stands over the box, by the step that the assistant is at.
export const question = {
  label: "Your question",
  hint: "Please leave out names and personal details, your own and other people's.",
};
export const steps = {
  __proto__: null, // so that "constructor" is no step
  name: { label: "Your name", hint: "We store it encrypted, apart from your question.", autocomplete: "name" },
  email: {
    label: "Your e-mail address",
    hint: "We store it encrypted, apart from your question.",
    autocomplete: "email",
    inputMode: "email",
  },
  consent: { label: "Yes or no", hint: "May we keep your details to answer you?" },
};
export const send = "Send";
export const sending = "Sending your message. The answer is on its way.";
export const tooShort = "Type your question first.";
export const tooLong = "Your question is too long. It can have up to 1,000 characters.";
export const charactersLeft = (count) =>
  count < 0 ? `${amount(-count)} too many` : `You have ${amount(count)} left`;
const amount = (count) => `${count.toLocaleString("en-GB")} ${count === 1 ? "character" : "characters"}`;

export const tryAgain = "Try again";
export const unreachable = "The assistant cannot be reached. Check your connection, then try again.";
// EMERGENCY is put in when this is built, from data/catalogue/signposts.yml.
export const danger = `If you or somebody else is in danger right now, please call ${EMERGENCY}.`;
export const wait = (seconds) => `Please wait ${seconds} ${seconds === 1 ? "second" : "seconds"}, then try again.`;
export const failed = (status) => `The assistant could not do that (error ${status}).`;
export const gone = "Your earlier conversation is no longer kept. Your next message starts a new one.";

export const stages = (names) => `Stage: ${names.join(" and ")}`;
export const tiers = { __proto__: null, current: "Current support", enhanced: "Enhanced support" };
export const contact = "Contact: ";
export const generalContact = "No contact is published for this offer. General contact: ";
export const or = " or ";
export const source = (title, standing) => `Source: ${title}, ${standing}`;

export const asPublished = (month) => `published in ${month}`;

export const asEdited = (edited, checked) =>
  `edited by our staff on ${edited}${checked ? `, last checked on ${checked}` : ""}`;

export const reference = "Your reference: ";
export const copy = "Copy";
export const copyLabel = (reference) => `Copy the reference ${reference}`;
export const copied = "The reference is copied.";
export const notCopied = "The reference is selected. Copy it with your keyboard or menu.";
export const useful = "Was this useful?";
export const yes = "Yes";
export const no = "No";
export const thanks = "Thank you for telling us.";
export const sorry =
  "Thank you for telling us. You can ask in other words, or leave your question for a person.";

export const more = "More";
export const askPerson = "Leave a question for a person";
export const download = "Download this conversation";
export const privacy = "What happens to what I write?";
export const startAgain = "Start again";
export const erase = "Erase my conversation";
export const plainPage = "Open as a plain page";
export const file = "conversation.txt";

export const confirmStart = "Start again? This window is cleared. What you wrote stays with us for its time, and you can no longer erase it here. To erase it, go back and choose that.";
export const confirmErase = "Erase your conversation? It is deleted for good, here and on our server. So are questions that you left for a person: nobody will answer them.";
export const back = "Back to the conversation";
export const backToForm = "Back to the form";
export const keep = "No, go back";
export const started = "You can ask a new question.";
export const erased = "Your conversation is erased.";
export const erasing = "Erasing your conversation.";
export const fetching = "Fetching your conversation.";

export const form = {
  title: "Leave a question for a person",
  intro: "Somebody at the NHS Confederation will read your question and write to you.",
  question: "Your question",
  questionHint: "Please leave out other people's names.",
  name: "Your name",
  email: "Your e-mail address",
  emailHint: "We only use it to answer this question.",
  consent: "You may keep my name and e-mail address until my question is answered and for some weeks after, and use them only to answer me. I can withdraw this at any time.",
  keepWords: "If my question tells of racism, you may keep those words too (you need not)",
  submit: "Leave my question",
  cancel: "Cancel",
  problem: "There is a problem",
  missing: {
    question: "Enter your question",
    name: "Enter your name",
    email: "Enter an e-mail address, like name@example.org",
    consent: "Tick the box if you agree. We cannot write to you without it",
  },
};
