"""Words of a life in danger now, or of somebody who means to harm somebody."""

from assistant.matching.safety.phrases import group, phrases

WEAPON = (
    group(r"""
    knife|knives|gun|firearm|shotgun|pistol|rifle|machete|weapon|axe|sword|bomb|grenade|explosives?|blade|scalpel
    (?:baseball |cricket )?bat|acid|hammer|crowbar|screwdriver|scissors|syringe
""")
    + r"(?! (?:crime|violence|injur\w+|wounds?|amnesty|control|reflux|surgery|carrying))"
)
PERSON = group(r"""
    he|hes|hell|she|shes|shell|they|theyre|theyve|theyll|someone|somebody|man|woman|men|person|patient|visitor
    relative|guy
    bloke|lad|boy|girl|youth|intruder|colleague|friend|husband|wife|partner|boyfriend|girlfriend|ex|dad|father|stepdad
    mum|mother
    son|daughter|brother|sister|neighbour|manager|nurse|doctor
""")
PARTNER = group("husband|partner|boyfriend|girlfriend|wife|ex|dad|father|step ?dad|step ?father")
THEM = group(
    r"""
    him|her|them|me|us|someone|somebody|some ?one|everyone|everybody|one of (?:them|us)
    (?:the |those )?people (?:who|that|at|in|here)|people
    (?:my|our|his|her|their|the|that|this|a)(?: own)?~1 <person>
    (?:my|our|his|her|their|the|that|this|a)(?: own)?~1 (?:boss|matron|consultant|colleagues?|team|kids?|child|\
        children|baby|family
    patients?|nurses?|supervisor|parents|chief exec\w*|staff|midwife|registrar)
""",
    person=PERSON,
)
ATTACKED = group(r"""
    beats?|beating|hits?|hitting|punch(?:es|ed|ing)|strangl\w+|chok(?:es|ed|ing)|rap(?:es|ed|ing)|attack(?:s|ed|ing)
    hurts?|hurting|assault\w*|kicks?|kicking|abus(?:es|ing|ed|ive)|violent
""")
# "My boss will kill me if I miss the deadline" is a figure of speech.
NO_IDIOM = (
    "(?! "
    + group(r"""
    (?:an|a) (?:email|line|note|message)|feelings?|career|reputation|when (?:she|he) (?:sees|finds|hears)
    for (?:being late|forgetting|missing|a )|if~4 (?:miss|late|forget|fail|deadline|dont|do not)
""")
    + ")"
)

DANGER = phrases(
    r"""
    (?:<person>|i|ive|im|ill|theres)~3 <wields>~2 <weapon>|(?:put|got|held|has) a <weapon> to
    there(?: is|s| are) (?:a|an|someone|somebody)~3 (?:<weapon>|gunman|shooter|attacker|intruder|fire in|fire on)
    threaten\w*~3 with (?:a|an|his|her)(?: \w+)? <weapon>|bomb threat|active shooter
    (?:building|house|ward) is on fire|(?:threw|throw\w*|thrown) acid
    (?:been|was|got|is|getting|being) (?:stabbed|knifed|strangled|choked|beaten up|raped|kidnapped)(?! in the back)
    been shot(?! down)|hostage
    <means>(?: \w+)?(?: to| of| about)? <kill> <them><no_idiom>
    (?:ill|i will|hell|shell|theyll|i swear~3|voices~5) <kill> <them><no_idiom>
    threaten\w*~3 to (?:kill|hurt|stab|shoot|rape|burn|attack|beat|murder|harm|hit|set fire|smash|batter|come (?:to|\
        round))
    death threats?|threat\w* (?:to |on |against )?(?:my|her|his|our|their) (?:life|lives)
    (?:slit|cut) (?:my|her|his|their) throat
    (?:trying|tried|going|gon+a|about|attempting|says hell|said hell)(?: to)? (?:break (?:in|down)|set fire|\
        burn (?:it|this|the|my|our|down)|blow (?:up|it up)|strangle|choke|suffocate|run (?:me|him|her) over)
    hell (?:burn|kill|stab|shoot|hurt)
    <partner>(?: \w+){0,2} <attacked> ?(?:to|towards|up)? ?(?:me|us|her|him|them|the kids|my kids|my mum)?(?= and| \
        again| every|$| when)
    (?:is|are|hes|shes|theyre|he is|she is) (?:beating|strangling|choking|punching|kicking|stabbing|attacking|\
        raping|hurting|hitting|smothering) <them>(?! (?:targets?|goals?))
    <alive>(?: \w+){0,2} in(?: \w+){0,2} danger(?! of (?:losing|missing|becoming|being (?:left|cut)|failing|closing|\
        slipping))
    fear(?:s|ing|ed)? for (?:my|her|his|our|their)(?: own)? (?:life|lives|safety)|scared for (?:my|her|his|their) life
    unsafe at home
    (?:not|dont feel|doesnt feel|isnt|am not|never|feel) (?:very )?(?:un)?safe (?:at home|tonight|\
        in my (?:own )?home|with (?:him|my husband|my partner|my ex))
    (?:afraid|scared|frightened|terrified)~2 (?:to go home|hell|(?:he|she|they|my <partner>|hes)(?: \w+)? (?:will|\
        going to|might|ll)(?: going to)? (?:kill|hurt|find|attack|come))
    (?<!take to )(?:call|ring|phone|dial|need|send|get|calling|rang|called)(?: \w+)? (?:999|ambulance|the police|\
        police)(?= now| quick\w*| please| immediately|$)
    (?:hes|shes|theyre|is|someone|somebody|they)~1 (?:outside|breaking into|trying to get into|in) (?:my|our|\
        her) (?:house|home|flat|front door)(?=$| and| right| now| with)
    breaking in$
    is following (?:me|her)|following me (?:home|now|right now)|(?:is|been) stalking (?:me|her)
    help me (?:hes|he is|theyre|shes)
    (?:is not|isnt|not|stopped|hardly|barely|cant) breath(?:ing|e)(?! (?:campaign|report|movement|poster|space|\
        event|life))
    (?:is|hes|shes|theyre|and|lying|found|knocked|gone|fallen|collapsed|him|her) (?:now )?(?:unconscious|\
        unresponsive)(?! (?:bias|racism|assumptions?))
    (?:bleeding|bleed)(?: \w+){0,2}? (?:heavily|badly|out|a lot|to death|everywhere|stop\w*)
    stop(?:ping)? (?:the|it) bleeding|losing (?:a lot of|too much) blood
    having an? (?:heart attack|stroke|seizure|cardiac arrest|fit)(?= |$)|(?:is|hes|shes|im) choking
    (?:wont|cant|not) wake (?:her|him|them|my \w+)(?= up|$)|gone blue
    (?:someone|somebody|nurse|colleague|patient|doctor) is being (?:attacked|assaulted)
    is threatening (?:the |a |our )?(?:staff|nurses?|patients?|doctors?|people|everyone)
    <person>(?: has| have| just| is)* collapsed
    (?:child|kid|kids|children|baby|daughter|son|boy|girl|toddler)~3 being (?:abused|beaten|hurt|hit|raped|starved|\
        neglected|molested|groomed)
    (?:someone|somebody|he|she|they|people|patient|man)(?: \w+){0,2} (?:going to|gon+a|about to) (?:die|be killed|\
        get killed|get hurt)
    want\w* (?:him|her|them|my (?:husband|manager|boss|wife|ex)|everyone|everybody) dead
""",
    weapon=WEAPON,
    person=PERSON,
    partner=PARTNER,
    them=THEM,
    attacked=ATTACKED,
    no_idiom=NO_IDIOM,
    wields=group(r"""
    has|have|got|had|with|holding|carr(?:y|ies|ying)|wav(?:es|ed|ing)|pulled|pull|pulls|pulling|brought|bring|brings
    bringing
    wielding|brandish\w*|armed with|drew|grabbed|hold of
"""),
    kill=group(r"""
    kil+(?:ing)?|murder(?:ing)?|stab(?:bing)?|strangl(?:e|ing)|shoot(?:ing)?|knife|poison(?:ing)?|smother(?:ing)?
    drown(?:ing)?
    hurt(?:ing)?|harm(?:ing)?|attack(?:ing)?|batter(?:ing)?|rap(?:e|ing)
"""),
    means=r"(?<!dont )(?<!not )"
    + group(r"""
    want|wants|wanted|wanna|going|gon+a|about|plan|planning|plans|feel like|thinking|urge|urges|ready|ill|i will|hell
    he will
    shell|she will|theyll|they will|i might|he might|i could|im|trying|tried|tempted|thoughts|will
"""),
    alive=group(r"""
    im|i am|we are|were|shes|she is|hes|he is|theyre|they are|li(?:fe|ves) (?:is|are)|child(?:ren)? (?:is|are)
    bab(?:y|ies) (?:is|are)
    kids are|colleague is|friend is|family is|could be|might be|someone is|somebody is|staff are|feel
"""),
)


def speaks_of_danger(sentence: str) -> bool:
    """True when the sentence speaks of violence, threats of it, or an emergency."""
    return bool(DANGER.search(sentence))
