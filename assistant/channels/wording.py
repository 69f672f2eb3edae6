"""The words that both channels put round what the assistant says: those of the widget (words.js), where it has them."""

CHOSE = "You chose: {label}"
LONG_CHOICES = "To choose from, in full:"
MORE_CHOICES = "There are {count} more to choose from that do not fit here. Please write which one you mean."
LEFT_OUT = "Not everything fits into one message: {count} more parts are left out. Please ask about one of them."
WITHOUT_BUTTONS = "The buttons of this message cannot be shown here. Please write to me what you want instead."
ASK_BY_NAME = "Ask me about one of these by its name, and I will tell you more about it."

NOTHING = "There is nothing to show here."

CONTACT = "Contact: "
GENERAL_CONTACT = "No contact is published for this offer. General contact: "
STAGE = "Stage: {stages}. {tier}."
SOURCE = "Source: {title}, {standing}."
REFERENCE = "Your reference: {reference}"

USEFUL = "Was this useful?"
# Not "Yes" and "No": above them the assistant may have asked something else, such as whether a person shall answer.
IS_USEFUL, IS_NOT_USEFUL = "Useful", "Not useful"
THANKS = "Thank you for telling us."
SORRY = "Thank you for telling us. You can ask in other words, or leave your question for a person."

LEAVE_QUESTION = "Leave a question"
USE_FORM = "Use a form"
FORM_SENT = "You left a question with the form."
FORM_TITLE = "Leave a question for a person"
FORM_INTRO = "Somebody at the NHS Confederation will read your question and write to you."
QUESTION, QUESTION_HINT = "Your question", "Please leave out other people's names."
NAME = "Your name"
EMAIL, EMAIL_HINT = "Your e-mail address", "We only use it to answer this question."
CONSENT = (
    "You may keep my name and e-mail address until my question is answered and for some weeks after, and use them only "
    "to answer me. I can withdraw this at any time."
)
CONSENT_TICK = "I agree"
KEEP_WORDS = "If my question tells of racism, you may keep those words too (you need not)"
KEEP_WORDS_TICK = "You may keep those words too"
SUBMIT, CANCEL = "Leave my question", "Cancel"
MISSING = {
    "question": "Enter your question",
    "name": "Enter your name",
    "email": "Enter an e-mail address, like name@example.org",
    "consent": "Tick the box if you agree. We cannot write to you without it",
}

ERASE = "Erase what I asked"
ERASE_TITLE = "Erase what you asked?"
ERASE_CONFIRM = (
    "It is deleted for good on our side. So are questions that you left for a person: nobody will answer them. What "
    "stands in this chat you can delete here yourself."
)
ERASE_YES, ERASE_NO = "Yes, erase it", "No, go back"

WITHDRAW = "Withdraw my question"
WITHDRAW_TITLE = "Withdraw your question?"
WITHDRAW_CONFIRM = (
    "We remove your name, your e-mail address and the question as it was kept with them. If nobody has answered yet, "
    "nobody will."
)
WITHDRAW_YES, WITHDRAW_NO = "Yes, withdraw it", "No, go back"
WITHDRAWN = "You withdrew this question. We no longer hold your name and e-mail address for it."

ANSWER_TITLE = "An answer to the question that you left"
HOME_TITLE = "Support against racism"

SUGGESTIONS = "Suggestions:"
NO_WORDS = "No words are shown here."
TAKE = "Take: {title}"
TAKE_NUMBER = "Take {number}"
OUT_OF_SCOPE = "Out of scope"
ASSIGN = "Assign to me"
OPEN_CONSOLE = "Open in the console"
CONSOLE_ADDRESS = "In the console: {link}"
