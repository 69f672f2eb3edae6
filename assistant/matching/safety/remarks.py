"""Contempt stated as one's own opinion of a people, and sexual remarks to whoever reads."""

from assistant.matching.safety.phrases import group, phrases
from assistant.matching.safety.racism_words import PLURAL, SPEECH

# Nobody reports being "not trusted" or "slow" in these words, so a report is not taken for an opinion.
BASE = group(r"""
    lazy|dirty|filthy|stupid|thick|vermin|scum|animals|savages|criminals|cheats|crooks|thieves|terrorists|rapists
    parasites|cockroaches|rats|pigs|subhuman|leeches|inferior|liars|cant be trusted|frauds|drunks|devils|evil|trash
    cancer|spongers|scroungers|workshy|less than human|barbarians|uncivilised|thieving
""")
PEOPLE = group(
    r"""
    <plural>|whites|trannies|gays|poles|gypsies|scousers|jocks|the (?:irish|welsh|scots|english|french|chinese|polish)
    (?:polish|romanian|irish|eastern european|black|asian|foreign) (?:cleaners|carers|hcas|rats|workers|staff)
""",
    plural=PLURAL,
)
OPINION = phrases(
    r"""
    ^(?:sorry but |honestly |frankly |all |the |these |those |most ){0,3}<people> (?:are|is|r) (?:all |just |mostly \
        |nothing but |a |the |lot |drunken |robbing |filthy |dirty |lazy |lying )*<base>
    ^(?:sorry but )?<people> (?:all )?cant be trusted
    ^(?:and |but |sorry but )?(?:i|we) (?:really |just |fucking )*(?:hate|despise|loathe|detest|cant stand|cant abide|\
        dont (?:like|trust)|do not (?:like|trust)|dont want)(?: any| the| all| those| these)* <people>(?= and i|\
         and we| \
        full stop| end of| never| in (?:our|my|the) (?:hospital|country|ward)|$)
    the only good (?:migrant|muslim|immigrant|foreigner|jew|black) is
    <people> arent (?:a race|human|people)|(?:im|i am) proud to be (?:a )?racist|hitler had the right idea|race traitor
    (?:jews|muslims|the jews) (?:run|control|own) (?:all|everything|it|the)
    (?:stop importing|deport) (?:the lot|all of them|them all|foreign\w*|immigrants)
    <people> (?:go home|out)$|this country belongs to (?:white|english)
    <people> are only good for|not like us~4 lower|black lives dont matter
""",
    people=PEOPLE,
    base=BASE,
)
TOLD_BY = phrases(
    r"""
    <speech>|me|my|treated|patients? who|colleague\w*|manager|view|opinion|attitude|thinks?|believ\w*|apparently
    according|is it|why do people|feel
""",
    speech=SPEECH,
)

SEXUAL = phrases(r"""
    talk dirty(?= to me|$)|what are you wearing(?= sexy| bot| under| right now| darling| love|$)
    sexy (?:bot|robot|thing)
    (?:hey|hi|hello|youre|you are|so|ok|oi|darling) sexy|(?:bend|bent) you over|on your knees (?:robot|bot|bitch|now)
    get (?:your|yer|ur) (?:\w+ )?(?:knickers|pants|clothes|bra) off|fancy a (?:shag|quickie|fuck|bonk)|do you swallow
    (?:your|ur) bra size|call me daddy|naughty nurse|moan for me|(?:are you|r u) (?:a )?(?:virgin|horny|frigid)
    (?:can|could|let) (?:i|me) (?:touch you|feel you) up|(?:lady|woman|girl|she|you|youre)~4 gagging for it
    send (?:me )?(?:your|ur|some)? ?nudes
    (?:picture|photo|pic)s? of (?:your|ur) (?:boobs|tits|bum|arse|body|dick|pussy)
    (?:suck|sucking|ride) (?:me off|my cock)
    (?:wanna|want to|want a) (?:cyber|sext)|what would you do to me|strip for me|(?:your|ur) (?:sexy|hot) (?:body|voice)
    c u next tuesday (?:bot|robot)
""")


def is_contempt(parts: list[str]) -> bool:
    """True when one of a message's sentences states contempt for a people, and none tells of somebody's words."""
    return any(OPINION.search(part) for part in parts) and not any(TOLD_BY.search(part) for part in parts)


def is_sexual(sentence: str) -> bool:
    """True for a sexual remark to whoever reads."""
    return bool(SEXUAL.search(sentence))
