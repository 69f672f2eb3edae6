"""What a message rules out: "not the ICS one, the one for nurses"."""

import re

NOT_WANTED = (
    r"^(?:(?:no|sorry|actually|oh|hm+)[,.!]?\s+)*"
    r"(?:(?:i|we)\s+(?:do\s*not|don'?t|did\s*not|didn'?t)\s+(?:mean|want|need)|"
    r"(?:(?:i\s+am|i'?m|we\s+are|we'?re|i\s+was|we\s+were)\s+not|(?:i\s+was|we\s+were)n'?t)\s+"
    r"(?:asking\s+(?:about|for)|talking\s+about|after|looking\s+for)|not(?!\s+(?:just|only|sure)\b))\s+"
)
RULED_OUT_FIRST = re.compile(
    NOT_WANTED
    + r"(?P<out>[^,;.!?]{2,80}?)\s*(?:[,;.!?]+|\s-+\s|\bbut\b)\s*(?:but\s+|i\s+mean\s+|rather\s+)?(?P<wanted>\S.*)$",
    re.IGNORECASE | re.DOTALL,
)
RULED_OUT_WHOLLY = re.compile(
    NOT_WANTED + r"(?P<out>(?:(?:the|your|that|those|about|any|more)\s|(?-i:(?<=ot\s)[A-Z]))[^,;.!?]{2,80}?)[\s.!]*$",
    re.IGNORECASE,
)
# "I have the guide already. What I want is ...": what is already there is ruled out by the sentence that follows.
HAD_ALREADY = re.compile(
    r"^(?:i|we)(?:'ve|\s+have)?\s+(?:already\s+(?:got|have|had|done|seen|read)\s+(?P<out>[^,;.!?]{2,80}?)|"
    r"(?:got|have|had|done|seen|read)\s+(?P<out_too>[^,;.!?]{2,80}?)\s+already)[\s.!]*$",
    re.IGNORECASE,
)
WANTED_INSTEAD = re.compile(
    r"^\W*(?:(?:now|so|but)\s+)?(?:what\s+(?:i|we)(?:'m|'re|\s+am|\s+are)?\s+(?:really\s+|actually\s+)?(?:want|need|after)|"
    r"(?:it'?s\b.*\b(?:after|want|need)|i\s+want|i\s+need|we\s+want|we\s+need|i'?m\s+after|we'?re\s+after))\b",
    re.IGNORECASE,
)
RULED_OUT_LAST = re.compile(
    r"^(?P<wanted>.{4,}?)(?:(?<![,;(\s-])[,;(\s-]++(?:"
    r"(?:rather\s+than|instead\s+of|as\s+opposed\s+to)\s+(?=(?:the|your|that|those|about|for)\s|(?-i:[A-Z]))|"
    r"not\s+(?=(?:the|your|that|those|about|for)\s))|[,;(-]\s?(?-i:not\s(?=[A-Z])))"
    r"(?P<out>[^,;.!?]{3,80}?)\s*[.!?)]*$",
    re.IGNORECASE | re.DOTALL,
)
GIVEN_INSTEAD = re.compile(
    r"^(?P<wanted>(?:i|we)\s(?:asked|wanted|was\sasking|were\sasking)\s.{4,}?),?\s(?:and|but)\s(?:i\s|we\s)?"
    r"(?:got|(?:was|were)\s(?:given|sent|shown)|you\s(?:gave|sent|showed)\s(?:me|us))\s"
    r"(?P<out>[^,;.!?]{2,80}?)(?:\sinstead)?[.!?]*$",
    re.IGNORECASE | re.DOTALL,
)
# "The guide isn't what I meant. The other one ...", "Wales is no good to me, I'm in Belfast. ..."
TURNED_DOWN = re.compile(
    r"^(?:no,?\s+)?(?P<out>[^,;.!?]{1,59}?[^\s,;.!?])\s+(?:"
    r"(?:is\s*n['’]t|is\s+not|was\s*n['’]t|was\s+not|are\s*n['’]t|are\s+not)\s+(?:what|the\s+one|the\s+ones)\s+"
    r"(?:i|we)(?:['’]m|\s+am|['’]re|\s+are)?\s+(?:meant?|want(?:ed)?|need(?:ed)?|after|asked\s+(?:for|about)|looking\s+for)|"
    r"(?:is|are)\s+no\s+(?:good|use)\s+(?:to|for)\s+(?:me|us))\b[\s,;-]*(?P<wanted>.*)$",
    re.IGNORECASE | re.DOTALL,
)
# "It's not about the seminars, I want ...", "Leaving the enhanced ones aside, show me ..."
SET_ASIDE = re.compile(
    r"^(?:(?:no,?\s+)?(?:it|this|that)(?:['’]s|\s+is)\s+not\s+(?:about|for)\s+(?P<out>[^,;.!?]{2,80}?)|"
    r"(?:leaving|setting|putting)\s+(?P<out_too>[^,;.!?]{2,80}?)\s+aside|"
    r"(?:apart\s+from|other\s+than|forget|never\s+mind)\s+(?P<out_as_well>(?:the|your|that|those)\s[^,;.!?]{2,80}?))"
    r"\s*(?:[,;]|\s-)\s*(?P<wanted>\S.*)$",
    re.IGNORECASE | re.DOTALL,
)
RULED_OUT_BESIDE = (RULED_OUT_FIRST, RULED_OUT_LAST, GIVEN_INSTEAD, SET_ASIDE)


def part_ruled_out(sentences: list[str]) -> tuple[list[str], str]:
    """The sentences without what they rule out, and that; nothing for a sentence that only rules out.

    "Not the board one. The one for chairs" spans two.
    """
    wanted, ruled_out = [], []
    for place, sentence in enumerate(sentences):
        forms = (*RULED_OUT_BESIDE, TURNED_DOWN) if len(sentences) > 1 else RULED_OUT_BESIDE
        found = next((match for form in forms if (match := form.match(sentence))), None)
        whole = RULED_OUT_WHOLLY.match(sentence) if not found and len(sentences) > 1 else None
        had = HAD_ALREADY.match(sentence) if WANTED_INSTEAD.match("".join(sentences[place + 1 : place + 2])) else None
        if found:
            wanted += [rest] if (rest := found["wanted"].strip()).strip(".!?") else []
            ruled_out.append(_what_is_out(found))
        elif whole:
            ruled_out.append(_what_is_out(whole))
        elif had:
            ruled_out.append(_what_is_out(had))
        else:
            wanted.append(sentence)
    return wanted, "; ".join(ruled_out)


def _what_is_out(match: re.Match[str]) -> str:
    return next(text for name, text in match.groupdict().items() if name.startswith("out") and text).strip()
