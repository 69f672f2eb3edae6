"""What is said in channels beside the dialogue."""

from assistant.messaging.arrivals import ArrivalKind

WELCOME = (
    "Hello. I can tell you which support against racism the NHS Confederation offers its members, and whom to contact.",
    "I am a computer program, not a person. I know what was published in November 2022. Ask in your own words, and "
    "please leave out names and personal details, your own and other people's.",
)
GONE_BUTTON = (
    "That button belongs to another conversation, or to one of long ago. Please ask me again in your own words."
)
FORM_ONLY = (
    "To have a person answer you, we need your name and an e-mail address, which the others there should not read. "
    "Please use the form, or write to me directly."
)
NO_FORM = (
    "If you see no form, it could not be shown. I am sorry. Please press the button again, or write “leave a question” "
    "to me in a direct message: I will then ask you for one thing after another."
)
NO_CONSENT = {
    "missing": (
        "Please tick the box that lets us keep your name and e-mail address, and send the form again; without it "
        "nothing may be kept. Nothing was kept."
    ),
    "outdated": (
        "That form is of long ago, and what you agree to has changed since. Nothing was kept. Please ask me again, and "
        "use the form below the answer."
    ),
}
ERASED = "Done. What you asked me here is erased on our side. What stands in this chat you can delete here yourself."
FILES_ONLY = (
    "I cannot open pictures, recordings or other files. Please tell me in words what you would like to know. If "
    "somebody is in danger now, call 999."
)
NOT_DEALT_WITH = "I am sorry, something went wrong on our side. {what}, write to {email} or ring {phone}."
NOT_ANSWERED = "I could not answer your message. Please ask again"
# What may have been done in part before it failed is not said to have been left undone.
NOT_DONE = {
    ArrivalKind.FORM: "I cannot say whether your question was kept. Please send it again",
    ArrivalKind.FEEDBACK: "I could not keep whether the answer was useful. You can press the button again",
    ArrivalKind.ERASE: "I cannot say that what you asked me here is erased. Please ask for that again",
    ArrivalKind.DECISION: "Your decision was not taken, and nothing was changed. Please decide in the console",
}
LINKED = "Thank you. Here you are {name} from now on, and can decide on questions of the queue as in the console."
CODE_REFUSED = "{reason} In the console, open Your account and then “Slack and Teams”, and get a new one."
CODE_READ = (
    "Others can read this, so that code is worth nothing now. Get a new one in the console, and send it to me in a "
    "chat with nobody else in it."
)
CODE_AMONG_WORDS = (
    "There was a code of the console in that message, so I did not read on, and the code is worth nothing now. Please "
    "ask again without it. To prove who you are, get a new code in the console, and send me nothing but the code."
)
NOT_LINKED = (
    "I do not know who of the staff you are, so nothing was changed. In the console, open Your account and then “Slack "
    "and Teams”, get a code, and send it to me in a chat with nobody else in it.{where}"
)
NOTHING_CHANGED = "{reason} Nothing was changed."
NOT_UNDERSTOOD = "That cannot be decided here. Please open the question in the console."
