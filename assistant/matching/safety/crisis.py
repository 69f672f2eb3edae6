"""Words of somebody whose own life is at risk, or who fears for another's. Figures of speech are left out."""

from assistant.matching.safety import other_languages
from assistant.matching.safety.own_life import (
    DEAR,
    DEATH_NEAR,
    END_IT,
    FAREWELL,
    HARM_TO_SELF,
    LIFE_NOT_WORTH_IT,
    MEANS,
    PERSON,
    SELF_HARM,
    SUICIDAL,
    WISH_TO_END,
)
from assistant.matching.safety.phrases import Rule, any_holds, group, phrases

# Suicide, or death, as a subject of work: with one of these words near, it is an ordinary question.
SUBJECT = phrases(r"""
    preven\w*|pravention|vorbeug\w*|prewenc\w*|zapobieg\w*|pencegahan|onleme|atal|cosc|roktha+m|kuzuia
    polic(?:y|ies)|programmes?|programs?|training|trained|courses?|aware\w*|rates?|statistics?|stats|data
    figures
    research|reports?|strateg\w+|guidance|guidelines?|toolkits?|resources?|webinars?|postvention|alliance|conference
    modules?
    workshops?|e learning|first aid\w*|reduc\w+|among|charit\w+|inquir\w+|assessments?|pathways?|evidence|numbers
    trends|campaigns?
    bereave\w*|workstreams?|networks?|seminars?|events?|study|studies|support groups?|offers?|memorial|lessons
    case stud\w+|zero
    likely|percent|expectancy|mortality|maternity|maternal|end of life|palliative|equity|inequalit\w+|quality of life
    life course|wording|handbook|intranet|slides?|motion|acceptable
""")

PLAINLY = (Rule(HARM_TO_SELF), Rule(SUICIDAL), Rule(FAREWELL), Rule(MEANS), Rule(other_languages.WISHED))
UNLESS_A_SUBJECT = (
    Rule(SELF_HARM),
    Rule(other_languages.NAMED),
    Rule(DEATH_NEAR, DEAR),
    Rule(LIFE_NOT_WORTH_IT),
    Rule(END_IT),
    Rule(WISH_TO_END, PERSON),
)

MORE = group(r"any ?more|any ?longer|much longer|no more|like this|another day|another minute|another shift")
# Despair that may be about much less than a life; racism told in the same breath is answered as a disclosure.
DESPAIR = phrases(
    r"""
    (?:i|im|she|he|they|just|really|we|^)~1 ?(?:cant|cannot|can not|couldnt|\
        cudnt) (?:\w+ )?<bear>(?: <more>)*(?: living| with (?:myself|this pain))*<over>
    (?:im|i am|been|shes|hes|he is|she is)(?: \w+)? in (?:a|such a)(?: \w+){0,2} dark place
    (?:dont|do not|no longer) want to (?:carry on|go on|keep going|continue)(?: <more>)?$
    (?:ive|i have|i) (?:hit|reached) rock bottom|end of my rope
    feel(?:ing)? (?:so |completely |totally |utterly )?(?:hopeless|worthless|like giving up|empty inside)
    nothing matters any ?more|(?:had|have) enough of (?:it all|everything|this world)
    give up on everything|(?:want|need) (?:it|this|everything) (?:all )?to (?:end|be over|stop)$
    (?:im|i am) (?:so )?done with everything|decided to go$|no (?:place|room) for me in this world
""",
    more=MORE,
    bear=group(r"""
    go on|carry on|keep going|cope|bear (?:it|this|life)|face (?:it|another day|tomorrow|life|the day)
    live(?= any| like| with my)
    take (?:it|this|much more|any ?more|life)(?= any| much| more| like|$| no)|fight (?=any)|hold on|stand it|survive
    endure
    do (?:this|it|life)(?= any| no)|see a way
"""),
    over=r"(?= please| help| and\b| because| cos\b| but| so\b| i\b| im\b| its\b| my\b|$)",
)


def speaks_of_own_life(sentence: str) -> bool:
    """True when the sentence speaks of suicide or self-harm that threatens somebody, plainly or in a roundabout way."""
    if any_holds(PLAINLY, sentence):
        return True
    return any_holds(UNLESS_A_SUBJECT, sentence) and not SUBJECT.search(sentence)


def speaks_of_despair(sentence: str) -> bool:
    """True for words that people near a crisis use, and others too."""
    return bool(DESPAIR.search(sentence))
