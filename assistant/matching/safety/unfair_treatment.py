"""Being treated worse, who it is that is singled out, and the ways in which people tell of it."""

from assistant.matching.safety.phrases import group, phrases
from assistant.matching.safety.racism_words import (
    MARK,
    OWN,
    PEOPLES,
    PLACES,
    PLURAL,
    RACISM,
    SLUR,
    SLUR_NAMED,
    STAFF,
    VICTIM,
)

# What is done to people. Alone it says nothing about racism.
HARM = phrases(
    r"""
    pass(?:ed)? over|overlook\w*|turned (?:down|away)|reject\w*|refus\w*|den(?:y|ied|ies|ying)|ignor\w*|exclud\w*
    left out|bull(?:y|ied|ies|ying)
    harass\w*|victimi[sz]\w*|(?<!child )(?<!domestic )(?<!substance )(?<!drug )(?<!alcohol )abus\w*|insult\w*
    mock\w*|laugh\w*|shout\w*|scream\w*|yell(?:s|ed|ing)?|spat|spit\w*
    hits?|kick\w*|punch\w*|slapp?\w*
    shov\w*|pushed|assault\w*|attack\w*|threaten\w*|sack\w*|fired|dismiss\w*|suspend\w*|disciplin\w*|demot\w*
    downgrad\w*|investigat\w*|(?:to|by|before) the (?:nmc|gmc)|(?:nmc|gmc) (?:referral|hearing|case|panel)
    hcpc|blam\w*|scapegoat\w*|accus\w*|punish\w*|criticis\w*|micro ?manag\w*|pick\w* on|target(?:ed|ing)|singl\w+ out
    mistreat\w*
    treat\w* (?:me|us|him|her|them|like|differently|badly|unfairly|worse|so|we|people)|disrespect\w*|undermin\w*
    humiliat\w*|belittl\w*|patronis\w*
    look\w* down|talk\w* (?:down|over|to like)|spoken? (?:to|down|over)|speak to (?:me|us|her|him) (?:slowly|like|as)
    hat(?:e|es|ed) (?:me|us|her|him)|(?:hates|hated) (?:black|asian|foreign\w*|muslim\w*)|dislik\w*|judged
    stereotyp\w*|discriminated|discriminat(?:e|es|ing) (?:against|me|us|her|him)|isolat\w*|sidelin\w*
    silenc\w*|(?:forc|push|manag)\w* (?:me |him |her )?out|paid (?:\w+ )?less|less pay|worst|unfair\w*
    los(?:t|ing) (?:my|the|her|his) (?:job|post)
    (?:stare|stares|stared|staring)|follow(?:ed|s) (?:me|my|her|him|around)|question(?:ed|s|ing) (?:me|my|her|him)
    scrutini[sz]\w*|doubt(?:ed|s) (?:me|my)|underestimat\w*|assum(?:e|ed|es)|made to
    ma(?:de|ke|kes|king) fun|fun of|jok(?:e|es|ed|ing)|teas(?:e|ed|ing)|comment(?:s|ed)|remark\w*|disregard\w*
    mistak\w*|mistook|on nights
    capability|hard(?:er)? time|scared|afraid|frightened|unsafe|held back|barrier|only (?:got|hired|get|here|given)
    rude\w*|nasty|hostile
    swor\w*|swear\w*|sneer\w*|snid\w*|gossip\w*|invisible|second class|expected to|like dirt|in pain|pain relief
    unprofessional|heavy patients
    dump\w*|redeploy\w*|extra shifts|ghosted|penalis\w*|marked down|fail(?:ed|ing|s) (?:me|my|her|him)|outsider
    terrified|torment\w*|deported|ostraci\w*|froz\w+ out|snub\w*
    final (?:written )?warning|performance plan|get nothing|humili\w*|horrible to|unpronounceable|someone else
    somebody else|like rubbish|singled me|wont have|cruel|pulled up|stopped by
    should be (?:so |very |more )?grateful|lucky to be|like (?:a )?(?:child|children|thief|thieves|criminal|idiots?)
    straighten|prove my|wash my|cultural fit|name like mine|get a ?way with|touching|threatened
    ma(?:de|ke|kes) (?:me|us|her|him) feel|wasnt racis\w*|banter
    (?:didnt|did not|never|not|cant|cannot|wont|dont|doesnt|wasnt|isnt|no one|nobody|hasnt|wouldnt|\
        wont) (?:\w+ ){0,3}?<denied>
""",
    denied=group(r"""
    gets?|got|given|takes?|promot\w*|hir\w*|shortlist\w*|select\w*|chosen|allow\w*|let|listen\w*|believ\w*|trust\w*
    taken|take
    respect\w*
    includ\w*|invit\w*|consider\w*|interview\w*|serv\w*|speak|talk|sit|good enough|asked|acknowledg\w*|greet\w*
    look like|touch|treat
    treated|want|wanted|understand (?:my|me|her|his)|belong|welcome
"""),
)
# Whatever it is that somebody is singled out for.
RACE = phrases(
    r"""
    <peoples>|<mark>|<racism>|<plural>|<slur>|<slur_named>|<places>|swastikas?|hitler|nazis?|kkk|monkeys?|eid|ramadan
    diwali|passport|visa|sponsorship|this country|(?:my|her|his) (?:hair|surname)|name like (?:mine|hers|his)
    cultural fit|one of them|whites?
    slaves?|diversity (?:hire|box)|(?:more|proper|good|learn|speak|own|poor) english
    english (?:one|name|doctor|nurse|person)|british
    by being brown|people like (?:me|us|her|him)|mud hut|where (?:im|i am|shes|she is|hes|you are|youre) (?:\w+ )?from
    quotas?|tribal
    covid was|boat people|illegal immigrant|england flag|the colour of|foreign\w*|curry|spices?
    pray(?:ing|er|ers)? (?:room|mat|times)?|accents?
""",
    peoples=PEOPLES,
    mark=MARK,
    racism=RACISM,
    plural=PLURAL,
    slur=SLUR,
    slur_named=SLUR_NAMED,
    places=PLACES,
)
BECAUSE = phrases(
    r"""
    <because>~5 (?:<mark>|<own>)
    <because>~3 (?:i am|im|i was|shes|she is|hes|he is|theyre|they are|were|we are|being|having|isnt|not)(?: (?:a|\
        an|the|only|not|just|from|visibly))* (?:<peoples>|<places>|abroad|white|british|english)
    <because> (?:my|her|his|our|their) (?:\w+ )?(?:is|was|are|were) <peoples>
""",
    mark=MARK,
    own=OWN,
    peoples=PEOPLES,
    places=PLACES,
    because=group(r"""
    because|becuz|becos|cos|coz|cuz|cause|bc|due to|owing to|on account of|based on|on the basis of|down to|just for
    simply for|for being|for having
    over|thanks to|reason (?:is|was|being)|to do with|about|as|since|on the grounds of
"""),
)
MET = phrases(
    r"""
    <met>(?: (?!(?:<not_that>)\b)[^ ]++){0,5}? <racism>
    <racism>(?: [^ ]++){0,2}? (?:to|toward|towards|against|at) <victim>
    (?:being|been|was|am|im|is|was|are|get|gets|getting|got|feel|feeling|keep|keeps)~2 (?:racially|discriminated|\
        (?<!anti )racist)
""",
    racism=RACISM,
    victim=VICTIM,
    not_that=group(r"""
    you|your|yours|training|trained|strateg\w+|reports?|course|offers?|programmes?|networks?|polic\w+|article
    webinar|talk|research|guid\w+
    toolkit|tackl\w+|address\w*|data|anti|workshop|plan|resources?|how|what|work|project|campaign|asked|questions?
    rid|involved|serious
    better|good|challenged|ally|play|book|books|reading|film|describes?|described|board|list
"""),
    met=r"(?<!to )(?<!lived )"
    + group(r"""
    experience[ds]?(?! of)|experiencing|suffer\w*|fac(?:e|es|ed|ing)|endur\w*|encounter\w*|receiv\w*|subjected
    victims?|target(?:ed)?|(?:dealt|dealing) with|(?:i|we|to) deal with|put(?:ting)? up with|go(?:ing|ne)? through
    went through|gets?|got|getting|receiving end|witness\w*|saw|seen|see|hear|hears|heard|overheard|hearing|reported
    reporting(?! (?:tools?|lines?|systems?|mechanisms?|process\w*|routes?|forms?|apps?|portals?))|complain\w*
    grievance|raised?
    (?:fed up|tired|sick|exhausted|worn out|upset|hurt|shaken|traumati[sz]ed|scared|afraid|frightened|depressed|\
        stressed|ill|angry|anxious|humiliated)
    had|having|live with|lived with|living with|left|leaving|leave|resign\w*|quit|because of|due to|made|makes|making
    told|tells|telling|sent|sends|shar(?:ed|es|ing)
    post(?:ed|s|ing)|wrote|written|shout\w*|us(?:ed|es|ing)|said|says|saying|full of|happen\w*
    there (?:is|was|are|were|has been)|theres|found
    believ\w*|nothing (?:was|has been|is being)?|ignor\w*|evidence of|rife|culture|my experiences? of|know if this is
    sure if (?:this|it) is|wonder if (?:this|it) is|speak (?:up|out)|spoke (?:up|out)|called out
"""),
)
MET_MYSELF = phrases("(?:i|ive|im|id|me|my \\w+)~4 <met>", met=MET.pattern)
MET_OURSELVES = phrases("(?:we|weve|us|our \\w+|our \\w+ \\w+)~3 <met>", met=MET.pattern)
RACIST_PERSON = phrases(
    r"""
    (?<!anti )racist (?:<staff>|culture|environment|workplace|bull(?:y|ies|ying)|abuse|incident|attack|remarks?|\
    comments?|jokes?|graffiti|language|behaviou?r|treatment|names?|words?|posters?|memes?|messages?|emails?|banter
    slurs?|insults?|\
        rant|gestures?|things?|stuff|attitudes?)
    (?:<victim>|he|she|they|it|hes|shes|theyre|its|my|our)~3 (?:is|are|was|were|being|been|be|so|very|really|openly|\
        s|are all|seems?|turned)~3 (?<!anti )racist
    (?:hes|shes|theyre)~2 (?<!anti )racist
    racism (?:made|makes|drove|forced|pushed|broke|cost|ruined|destroyed) (?:me|my|him|her|us)
    (?:so much|a lot of|too much|constant|daily|everyday|blatant|there (?:is|was)|\
    theres)~2 (?<!anti )racism~1 (?:in|on|at|here|from)~1 (?:my|this|our|the (?:ward|team|department|hospital|unit))
    racism (?:is|was|s)~1 (?:rife|everywhere|constant|rampant|bad|getting|awful|normal|unbearable|destroying|making|\
        affecting|killing)
    (?:rife|rampant) with racism
""",
    staff=STAFF,
    victim=VICTIM,
)
HAPPENED = phrases(r"""
    happen\w*|yesterday|today|last (?:night|week|month|year|shift|monday|friday)|this (?:morning|week|afternoon)
    tonight|every (?:single )?(?:day|shift|week)|daily|all the time|constantly|always|often
    made|makes|making|told|tells|telling|sent|sends|said|says|us(?:es|ed|ing)|heard|hear|overheard|witnessed|saw|gets?
    got|getting|had|having|there (?:is|was|are|were)|theres|came|full of|found|painted|sprayed|received|my|i|me|im|us
""")
REPORTING = phrases(
    r"""
    (?:want|need|like|wish|trying|tried|going) to (?:\w+ )?<report>(?: (?!the (?!racis)|your\b|\
        how\b)[^ ]++){0,5}? <racism>
    (?:how|where|who|can|could|should)~2 (?:do|can|should|could|would)? ?i(?: \w+)? <report>(?: (?!how\b|strateg|\
        tackl)[^ ]++){0,6}? <racism>
    i(?: [^ ]++){0,2}? (?:reported|complained|complaint|told|informed|spoke up|spoke out|escalated|\
        raised)(?: (?!figures|wres|data|on\b)[^ ]++){0,8}? (?:<racism>|n word|p word)
    who can i (?:talk|speak|turn) to(?: [^ ]++){0,6}? (?:been|being|is|was) (?<!anti )racist
""",
    racism=RACISM,
    report=group(r"""
    report(?! on)|complain(?: \w+)? (?:about|of)|disclose|tell (?:someone|somebody|you) about|log|flag|whistleblow\w*
    make a (?:complaint|report)
    raise a (?:grievance|complaint|concern)|speak (?:out|up)|lodge a|talk (?:to \w+ )?about
    speak to (?:someone|somebody)|go if
"""),
)
CONTRAST = phrases(
    r"""
    white (?:(?!paper|british)\w+ )?(?:<staff>|persons?|counterparts?|candidates?|ones?|peers?|applicants?|members|\
        workers?|folks?|graduate|band \w+)
    (?:is|are|all|were|was|theyre) white|whites|locals|others? get|white (?:hca|bloke|guy)|the english
    never (?:stop|treat|ask|check|say|question)~2 white
""",
    staff=STAFF,
)
UNEQUAL = phrases(r"""
    (?:less|fewer|no) (?:experience\w*|qualified|senior|time|years|qualifications)|trained|applied|passed over|never
    always|instead|than (?:me|us|i)
    but|get nights|nights
    and (?:i|im|ive|me|we) (?:get|got|was|didnt|never|have to|had to|wasnt|cant|dont|still|end up|always|am|only)
    while|whereas
    unlike|treat\w*|differently|different
    (?:better|good|best|easy|easier|nice|day) (?:shifts|patients|hours|bays?|jobs|work|roles)|allowed|went to
    hired|promot\w*|away with|(?:do|did|does|done|make|made) the same|happens?|interrupted|ignored|favou?r\w*
    preferred|chosen|picked|gets? the|got
    one rule|disciplin\w*|suspend\w*|blam\w*|exclud\w*|invited|ahead of|over me|credit|twice
    same (?:mistake|job|thing)|believed|late|paid|werent|wasnt
    (?:takes?|taking|orders|instructions)|like that
""")
WHITE_PREFERRED = phrases(r"less (?:qualified|experienced|senior) white|white \w+ with (?:less|no|fewer)")
ONLY = phrases(
    r"""
    only (?:the |us |we )?(?:other )?<peoples>(?: and <peoples>)? (?:nurses?|staff|ones?|people|doctors?|\
        colleagues?|hcas?|girls|members|carers|person|wom[ae]n|man|midwives|here)
    (?:the|this|we|us|them)~1 <peoples> (?:girls|nurses|nurse|ones|staff|doctors)~2 (?:always|get|gets|are|have|put|\
        on)
    (?:i was|im|was) the only one (?:asked|told|made|stopped|searched|not|who wasnt|left)
    as (?:a |an |the only )?(?:\w+ )?<peoples>
""",
    peoples=PEOPLES,
)
PUT_UPON = phrases(r"""
    nights?|get(?:s|ting)? (?:put|asked|moved|sent|told|blamed|checked|the|nothing)|moved|sent|told|blam\w*|have to
    made to|checked|searched|redeployed|given|give|shouted|worst|heavy
    heaviest|ignored?|never|not|pick\w*|always|questioned|stopped|failed|suspended|without|spoken|talked|passport|visa
    shout\w*|hard|exaggerat\w*
""")
AFRAID = phrases(
    r"(?:since|after|during|because of) the (?:\w+ )?(?:riots?|protests|unrest|brexit|referendum|far right)"
)
FEAR = phrases(
    r"scared|afraid|frightened|unsafe|(?:dont|not) feel safe|attack\w*|abus\w*|worse|spat|shout\w*|terrified|anxious"
)
