"""What is said in channels beside the dialogue."""

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
NOT_DEALT_WITH = (
    "I am sorry, something went wrong on our side, and I could not answer your message. Please ask again, write to "
    "{email} or ring {phone}."
)
LINKED = "Thank you. Here you are {name} from now on, and can decide on questions of the queue as in the console."
CODE_REFUSED = "{reason} In the console, open Your account and then “Slack and Teams”, and get a new one."
CODE_READ = (
    "Others can read this, so that code is worth nothing now. Get a new one in the console, and send it to me in a "
    "chat with nobody else in it."
)
NOT_LINKED = (
    "I do not know who of the staff you are, so nothing was changed. In the console, open Your account and then “Slack "
    "and Teams”, get a code, and send it to me in a chat with nobody else in it.{where}"
)
NOTHING_CHANGED = "{reason} Nothing was changed."
NOT_UNDERSTOOD = "That cannot be decided here. Please open the question in the console."
