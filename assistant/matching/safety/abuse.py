"""Insults, threats and racist remarks meant for whoever reads them. Anger about an answer is not abuse."""

from assistant.matching.safety.phrases import group, phrases
from assistant.matching.safety.racism_words import (
    GO_HOME,
    HATRED,
    INSULTED,
    PLURAL,
    SLUR,
    SPEECH,
    UNFIT,
    VICTIM,
)

# Insulting whoever uses them.
STRONG = group(r"""
    idiots?|morons?|imbeciles?|cretins?|tw[ao]ts?|tw\*+t?s?|wank(?:er|ers|stain)|w\*+k?e?r?s?|toss(?:er|ers)|bastards?
    b\*+s?|bitch(?:es)?
    cunts?|c\*+t?s?|dick ?heads?|pricks?|prats?|arse ?holes?|ass ?holes?|a\*+e?holes?|bell ?ends?|knob ?heads?|knobs?
    scum\w*|retards?
    spastics?|spaz\w*|mongs?|pillocks?|dumb ?ass(?:es)?|dip ?shits?|sh(?:it|\*+t?) ?heads?|dumbos?|mother ?fuckers?
    fuckers?|fuck ?wits?
    fuck ?heads?|f\*+(?:er|wit)s?|whores?|sluts?|slags?|paedos?|nonces?|half ?wits?|nit ?wits?|dim ?wits?
    cock ?suckers?|gobshites?
    pieces? of (?:shit|sh\*+t?|crap|junk|garbage|trash|turd|filth|s\*+)|bags? of shit|sacks? of shit|shit ?bags?
    scrotes?|plonkers?|muppets?|b(?:i|\*)?tch|bstards?|dik ?heds?|arse ?wholes?|thickos?|num(?:b)?skulls?|eejits?
    bampots?
    bawbags?|twonks?|gits|git(?! (?:hub|lab|repo\w*|branch|commit))|fat ?heads?|toss ?pots?|weirdos?|shit for brains
    twerps?|dickwads?|douche\w*|mroons?|dopes?
    arse ?lickers?|hypocrites?|shitbags?|goons?
""")
# Insulting only when said of somebody.
MILD = (
    group(r"""
    fools?|clowns?|losers?|parasites?|trash|garbage|filth|vermin|cows?|pigs?|rats?|witch|hags?|pervert|cocks?|dicks?
    turds?|arses?|donkeys?
    numpt(?:y|ies)|dunces?|simpletons?|cockroach\w*|snakes?|disgrace|waste of (?:space|oxygen|air|electricity|skin)
    nazis?|fascists?
    (?:heap|pile|load) of (?:shit|junk|crap|rubbish|scrap)|liars?|cowards?|crooks?|jokes?
    stupid|dumb|thick|pathetic|brainless|brain ?dead|retarded|moronic|idiotic|disgusting|worthless|evil|vile|ugly
    gormless|spineless|dim|dense|clueless|dozy|dopey|thieving|toads?|slugs?|leech(?:es)?|freaks?|traitors?
    frauds|weasels?|spongers?|whingers?
    imbecilic|repulsive|shit|s\*+t?|full of shit|insane|scummy|inbred|insufferable|stupidest|dumbest|thickest
    dumber \w+|thicker \w+
""")
    + r"(?! "
    + group(r"""
    enough|idea|of me|form|website|system|page|link|questions?|polic\w+|rules?|process|names?|answers?|offer
    programme|mistakes?|to ask|data|reports?|documents?|text|prose|paragraphs?|slides?|papers?|light
""")
    + ")"
)
# What may stand between "you" and the insult.
FILLER = group(r"""
    are|r|re|is|s|so|such|really|an?|the|fucking|f\*+\w*|fuckin|effing|bloody|bleeding|freaking|sodding
    absolute(?:ly)?|total(?:ly)?|complete(?:ly)?
    utter(?:ly)?|proper|just|all|lot|people|bunch|of|little|big|lazy|useless|fat|old|nothing|but|must|be|guys|nhs
    confederation|silly|stupid|dumb
    thick|pathetic|black|brown|white|asian|indian|muslim|woke|racist|dirty|filthy|smelly|ignorant|arrogant|incompetent
    miserable|ugly|worthless
    sad|bots?|robots?|computer|machine|and|or|very|quite|pack|load|damn|god|mindless|brainless|corrupt|lying|horrible
    nasty|sick|evil|vile
    massive|right|real|two faced|as|rude|ai|chatbot|bit|too|being|seriously|daft|soft|foreign|immigrant|african
    absolute|utterly|fkn|fkin|fking|f\*+ing|smug|clueless|patronising|sanctimonious|lazy|slimy|dozy|dopey|pointless|woke
    snivelling|tedious|wee|daft|thieving|greedy|single|dumb|jumped up|self righteous|sorry|excuse for
""")
YOU = "(?:you|u|ya|yous|youse|youre|ur|your|yall|yer)"
BOT = "(?:bot|robot|machine|computer|program|ai|chatbot|chat bot|assistant|software|algorithm)"
INSULT = phrases(
    r"""
    <you>(?: <filler>){0,7} (?:<strong>|<mild>)
    (?:how|are|r|why are|arent)~1 (?:you|u)(?: <filler>){0,4} (?:<strong>|stupid|thick|dumb|retarded|brain ?dead|\
        dense)(?! enough)
    how (?:stupid|dumb|thick|pathetic) (?:are|r) (?:you|u)
    what (?:a|an)(?: <filler>){0,4} (?:<strong>|clown|fool|loser) (?:you|u)
    (?:stupid|dumb|brain ?dead|brainless|pathetic|worthless|retarded|idiotic|moronic) (?:\w+ )?<bot>(?! (?:question|\
        voice))
    ^(?:<filler> |oh |well |yes |no |ok |now ){0,6}<strong>(?: <bot>| the lot of you| you lot| all of you| you are| \
        off| everyone| lot| you)*$
    ^(?:you |oh )?(?:<filler> ){0,3}(?:stupid|dumb|ugly|silly|fat|old|lazy|dirty|thick|daft) (?:<strong>|cows?|\
        pigs?|hag|witch|fools?|clowns?)$
    (?:your|the|nhs) (?:\w+ )?<staff>(?: <filler>| run by| full of){0,6} (?:<strong>|<mild>)
    <maker> (?:wrote|made|built|runs?|designed|programmed|works?|created|coded|trained)~6 (?:<strong>|clowns?|\
        fools?|stupid|brain ?dead|thick|should be shot)
    (?:run|written|made|programmed|built|designed|staffed) by (?:<filler> ){0,4}(?:<strong>|clowns?|fools|monkeys)
    (?:bunch|load|pack|shower) of (?:\w+ )?(?:<strong>|clowns|fools|cowboys|liars|parasites|shit|crooks)
    (?:everyone|everybody|all of you|every one of you)~4 (?:is|are)(?: <filler>){0,5} <strong>
    ^(?:oi |hey |listen |look |right |ok |just |well ){0,2}(?:<filler> ){0,4}<strong> (?:answer|put me|give|i asked|\
        i said|\
        just|the lot|every last|innit)
    ^(?:what|which|when|where|who|how|why|give|explain|just|thanks|cheers|oi|hey|answer|can|listen|right|\
        get)(?: \w+){0,9} \
        (?<!a )(?<!an )(?<!the )(?<!of )(?<!word )(?<!by )(?<!mean )(?<!called )(?<!being )(?<!like )(?<!term )\
        (?<!means )(?<!say )(?<!and )(?<!or )(?<!is )(?<!use )(?<!define )(?<!spell )<strong>(?<!s)$
    (?:useless|stupid|dumb|thick|crap|shit|pathetic|worthless|trash|bloody|fucking|idiot|bastard|\
        brainless) (?:\w+ )?<bot>$
    ^(?:\w+ ){0,3}<strong> of (?:an? )?(?:\w+ )?<bot>|(?:you|u) (?:are|r)? ?(?:fkn |fucking |a |absolutely |completely \
        |bloody |utterly |totally )*(?:useless|crap|worthless|pathetic)$
    ^(?:loser|freak|rot|brainless)(?: (?:loser|bot|machine|thing|you|people))*$
    (?:delete|uninstall|unplug) yourself|do (?:us|everyone|me)(?: all)? a favour and (?:crash|die|shut down|delete)
    hope (?:they|someone|somebody) (?:switch|turn|shut|bin|scrap|unplug)\w* (?:you|u) ?(?:off|down)?
    (?:dropped|drop) (?:you )?(?:on your|your) (?:head|hard drive)|(?:your|more than) two brain cells
    crawl back under (?:your|the) rock
    your (?:mum|mother|mom|mam|sister|wife)s? (?:is )?an?~1 (?:<strong>|<mild>)|yo(?:ur)? (?:mum|mama|mother)$
""",
    you=YOU,
    filler=FILLER,
    strong=STRONG,
    mild=MILD,
    bot=BOT,
    maker=group(r"""
    who ?ever|the (?:person|people|idiots?|one) who|people who|everyone who|anyone who|those who|who
"""),
    staff=group(r"""
    staff|team|people|colleagues|organisation|confederation|company|bosses|directors|managers|leaders|board|lot
"""),
)
CURSE = phrases(
    r"""
    <off> (?:right )?off(?= |$)(?! (?:the|a|course|work|sick|time|duty)\b)
    (?:fuck|f\*+k?|fck|fuk|eff|fcuk|screw|sod|bugger|f) (?:you|u|ya|yourself|yourselves|yall|the lot of you|\
        all of you|this bot)(?= |$)
    ^(?:oh |just |please |well |why dont you ){0,2}(?:f u|fu|stfu|gtfo|kys|foad|die|get (?:lost|stuffed|bent|fucked|\
        f\*+ed|knotted)|shut it|up yours|suck it|choke)(?: and die|<bot>| you \w+(?: \w+)?| all of you| bitch| you)*$
    go (?:to hell|and die|die|kill|hang|drown|jump off|f\*+|f|fuck|screw)(?= (?:your\w*|urself|u|you|off|a|in)|$)
    eat (?:shit|s\*+t?)
    kiss my|lick my|suck (?:my|on my|these)|blow me|shut (?:the (?:fuck|hell|f\*+\w*) )?up(?! shop)(?= |$)
    shut (?:your|ur|yer) \w+
    drop dead(?! (?:dates?|deadlines?|gorgeous|beautiful|stunning|time|day|handsome))|kys
    (?:kill|hang|drown) (?:yourself|urself|your self|yourselves)|(?:rot|burn) in hell
    shove (?:it|your \w+) up
    (?:hate|despise|loathe|detest) (?:you|u)(?: all| lot| people| bot)?(?= and|$)
    you(?: people| lot| all)? (?:disgust|repulse) me|you(?: people| lot| all)? make me (?:sick|puke|vomit)
    you (?:really |all )?suck|(?:nobody|no one) (?:likes|loves) (?:you|u)
    you (?:all |lot |people )?(?:deserve|need|ought|should)(?: to)? (?:die|shooting|sacking and|be (?:shot|hanged|\
        beaten|put down|killed|slapped)|rot|burn|suffer|get cancer|a (?:good )?(?:slap|kicking|hiding))
    (?:hope|wish) (?:you|u|your (?:family|mum|kids)|youre)(?: all| lot)? (?:die|dies|dead|get (?:cancer|aids|hit|\
        shot)|rot|burn|choke|suffer|drop)
    show (?:me|us) (?:your|ur) (?:\w+ )?(?:tits|boobs|bits|dick|pussy|body|breasts|bum|arse)|send (?:me )?nudes
    nice tits|get your (?:tits|kit) (?:out|off)
    (?:want|wanna|gonna|going) (?:to |a )?(?:fuck|shag|f\*+k?|bang|rape) (?:you|u)(?= |$)|(?:have sex|sleep) with me
    sit on my (?:face|lap)
""",
    bot=f"(?: {BOT})",
    off=group(r"fuck|f\*+k?|fck|fk|fuk|fvck|eff|feck|f|piss|p\*+|sod|bugger|naff|jog|fcuk|phuck"),
)
THREAT = phrases(
    r"""
    <shall>(?: \w+){0,6}? (?:kill|hurt|smash|destroy|batter|beat|stab|punch|shoot|strangle|slap|burn|murder|hunt|\
        knife|kick|bomb|slit|throttle|bury) (?:you|u|your (?:\w+ )?<yours>|the lot of you)(?= |$)
    <shall>~1 (?:find|come and find|get|come for|do|end|ruin|track|break|bash|hit) (?:you|u|your <yours>)(?= down| \
        and|$| all)
    (?:someone|somebody) (?:should|ought to|will|needs to) (?:kill|shoot|hurt|slap|punch|burn) (?:you|u)
    (?:i|we) know where (?:you|u|your \w+) (?:live|lives|work|works)|find (?:out )?where (?:you|u) (?:live|work)
    watch (?:your|ur) backs?|expect a brick|dead meat|youre (?:dead|a dead man)(?= |$)|you are dead
    (?:youll|ull|you will|you are going to|youre going to|you lot will) (?:\w+ )?(?:regret|pay for|be sorry|die|\
        get hurt|get whats coming)
    (?:im|i am|we are) coming (?:for|after|to get) (?:you|u)|(?:wait )?(?:till|until) i (?:find|get) (?:you|u)
    ill be waiting (?:for you|outside)
    (?:find|kill|hurt|punch|batter|shoot|get hold of|smash|get)(?: \w+)? who ?ever (?:runs?|wrote|made|built|coded|\
        designed|programmed|switched)
    <shall>~9 (?:break|smash|knock|punch|kick) (?:his|her|their|your) (?:face|legs|fingers|neck|teeth|head|skull)
    brick through your|(?:lead|boss|director|chief exec|staff|team) deserves? (?:a good )?(?:slap|kicking|shooting|\
        hiding)
    youll (?:hang|swing|burn|pay|bleed) for|sleep with one eye open
    put (?:every one of|all of) you in (?:a e|hospital|the ground|a box)
    (?:deserve|ought|should) to be (?:hacked|hanged|shot)
""",
    shall=group(r"""
    ill|i will|i shall|im going to|im gon+a|i am going to|gon+a|i want to|id like to|we will|were going to|i swear
    going to|im coming
"""),
    yours=group("face|head|staff|offices?|team|family|teeth|legs|neck|skull|people|place|building|throat|kids"),
)
# Racist remarks. Beside a word of telling they are somebody else's, reported.
RACIST_REMARK = phrases(
    r"""
    <slur>|<insulted>|<hatred>|<go_home>
    (?:all )?(?:the |these |those )?(?:<plural>|your lot|your kind|you lot) (?:are|r|is|should|cant|dont|shouldnt|\
        will|always|make|come|just|only)~4 <unfit>
    (?:<plural>|you lot) <unfit>
    <plural>(?: \w+){0,2} (?:out|go (?:back )?home|not welcome|tak(?:ing|e) our jobs|tak(?:ing|e) over)(?= |$)
    (?<!do you )(?:hate|despise|cant stand|sick of|kill|gas|shoot|deport|ban|get rid of|kick out|\
        hang)(?: all)?(?: of)?(?: the| \
        these| those| you)? (?:\w+ )?<plural>(?! (?:being|getting|who|network))
    too many (?:\w+ )?<plural>(?! (?:leave|leaving|face|experience|are (?:leaving|stuck|bullied|being)))
    (?:send|ship|deport|chuck) (?:them|em|(?:the |all the |these )?<plural>)(?: all| lot)? (?:back|home)
    (?:england for the english|keep (?:britain|england|the nhs) white)
    (?:whites?|white people|white race) (?:are|is) (?:superior|better|cleverer)
    (?:muslims?|islam|jews?|immigration) (?:is|are) (?:an? )?(?:cancer|plague|poison|disease|evil)
    (?:get|keep) (?:the |these |all )?<plural> out
    (?:you|u|youre|ya)(?: <filler>){0,5} (?:monkeys?|apes?|terrorists?|savages?|immigrants?|foreigners?|jews?|\
        slaves?|gypsy)(?= |$)
""",
    slur=SLUR,
    insulted=INSULTED,
    hatred=HATRED,
    go_home=GO_HOME,
    plural=PLURAL,
    unfit=UNFIT,
    filler=FILLER,
)
TOLD_OF = phrases("<speech>", speech=SPEECH)
# What somebody else thinks or says of a people is reported too.
VIEW = phrases(
    r"""
    the name ive got|<holder> on the phone
    <holder>~4 (?:kept|keeps?|explained|repeat\w*|shout\w*|thinks?|thought|believes?|reckons?|says?|said|puts? it)
    <holder>~4 (?:claims?|goes|told|insists?|views?|opinion)
""",
    holder=group(r"""
    manager|boss|sister|colleagues?|he|she|consultant|matron|patients?|relatives?|people|someone|somebody|staff|director
    doctor|nurse|teacher|trainer|visitor|they|registrar|supervisor|porter|everyone|some|chap|bloke|girls|lads|guys?|man
    woman|family
"""),
)
VICTIM_NAMED = phrases("<victim>", victim=VICTIM)
# An insult that somebody else spoke is not ours to refuse.
REPORTED = phrases(
    r"""
    <teller>(?: \w+){0,3} (?:call\w*|sa(?:id|ys|y|ying)|tell\w*|told|shout\w*|scream\w*|yell\w*|text\w*|email\w*|\
        wrote|sent|swore|goes|mutter\w*)
    (?:calls?|called|calling|told|tells?) (?:me|us|him|her|my|our)(?! (?:what|who|how|where|about|the|your|more|why))
""",
    teller=group(r"""
    he|she|they|manager|boss|patients?|colleagues?|consultant|someone|somebody|people|who|that|relatives?|visitor|was
    were|been|being|got|gets?
    keeps?|man|woman|guy|husband|wife|supervisor|director|sister|matron|doctor|nurse|dem|porter|teacher
"""),
)


def is_insulting(sentence: str) -> bool:
    """True for an insult, obscenity or threat meant for the reader, and not told of somebody else."""
    meant = INSULT.search(sentence) or CURSE.search(sentence) or THREAT.search(sentence)
    return bool(meant) and not REPORTED.search(sentence)


def is_racist(sentence: str) -> bool:
    """True when the sentence holds a slur or a racist remark, whoever says it."""
    return bool(RACIST_REMARK.search(sentence))


def is_told(sentence: str) -> bool:
    """True when the sentence tells what somebody said, wrote or did to somebody."""
    return bool(VIEW.search(sentence) or (TOLD_OF.search(sentence) and VICTIM_NAMED.search(sentence)))
