"""Insults, threats and racist remarks meant for whoever reads them. Anger about an answer is not abuse."""

from assistant.matching.safety.racism_words import BLACK_INSULT, GO_HOME, GO_BACK, PEOPLES, PLURAL, SLUR, SPEECH, UNFIT, VICTIM
from assistant.matching.safety.rules import gap, pattern

STRONG = (
    r"(?:idiots?|morons?|imbeciles?|cretins?|twats?|tw\*+t?s?|wank(?:er|ers|stain)|w\*+k?e?r?s?|toss(?:er|ers)|bastards?|b\*+s?|bitch(?:es)?|cunts?|c\*+t?s?|"
    r"dick ?heads?|pricks?|arse ?holes?|ass ?holes?|a\*+e?holes?|a\*+|bell ?ends?|knob ?heads?|knobs?|scum\w*|retards?|spastics?|spaz\w*|mongs?|pillocks?|dumb ?ass(?:es)?|"
    r"dip ?shits?|shit ?heads?|sh\*+heads?|dumbos?|mother ?fuckers?|fuckers?|fuck ?wits?|fuck ?heads?|f\*+(?:er|wit)s?|whores?|sluts?|slags?|paedos?|nonces?|half ?wits?|nit ?wits?|dim ?wits?|"
    r"pieces? of (?:shit|sh\*+t?|crap|junk|garbage|trash|turd|filth|s\*+)|bags? of shit|sacks? of shit|cock ?suckers?|tw[ao]ts|gobshites?|shit ?bags?|scrotes?|plonkers?|muppets?)"
)
MILD = (
    r"(?:fools?|clowns?|losers?|parasites?|trash|garbage|filth|vermin|cows?|pigs?|rats?|witch|hags?|pervert|cocks?|dicks?|turds?|arses?|donkeys?|numpt(?:y|ies)|dunces?|simpletons?|cockroach\w*|snakes?|dogs?|"
    r"heaps? of (?:shit|junk|crap|rubbish|scrap)|pile of (?:shit|junk|crap|rubbish)|jokes?|disgrace to|waste of (?:space|oxygen|air|electricity|skin|time|money)|nazis?|fascists?|liars?|nobod(?:y|ies)|cowards?|crooks?)"
)
ADJECTIVE = (
    r"(?:stupid|dumb|thick|pathetic|brainless|brain ?dead|retarded|moronic|idiotic|disgusting|worthless|evil|vile|ugly|dim|gormless|spineless|dense|braindead|imbecilic|repulsive|shit|sh\*t|s\*\*t|crap at everything|"
    r"full of shit|a disgrace|nuts|mental|mad|insane|scummy|inbred|insufferable|dumber \w+|thicker \w+|as thick as|not worth)(?! (?:enough|idea|of me))"
)
FILLER = (
    r"(?:are|r|re|is|s|so|such|really|a|an|the|fucking|f\*+\w*|fuckin|effing|bloody|bleeding|freaking|sodding|absolute|absolutely|total|totally|complete|completely|utter|utterly|proper|just|all|lot|people|bunch|of|little|big|lazy|useless|"
    r"fat|old|nothing|but|must|be|guys|at|nhs|confederation|silly|stupid|dumb|thick|pathetic|black|brown|white|asian|indian|muslim|woke|racist|dirty|filthy|smelly|ignorant|arrogant|incompetent|miserable|ugly|worthless|sad|bot|robot|computer|"
    r"machine|and|or|very|quite|pack|load|damn|god|frigging|mindless|brainless|corrupt|lying|horrible|nasty|sick|evil|vile|massive|right|real|fake|two faced|as|big|to|me|complete and utter|useless|rude|ai|chatbot|half|bit|unbelievably|incredibly|that|too|being|seriously)"
)
YOU = r"(?:you|u|ya|yous|youse|youre|ur|your|yall|u r|thou|yer)"
BOT = r"(?:bot|robot|machine|computer|program|programme|ai|chatbot|chat bot|assistant|software|toaster|calculator|algorithm)"
OFF = r"(?:fuck|f\*+k?|fck|fk|fuk|fvck|eff|feck|f|piss|p\*+|sod|bugger|naff|jog|do one and fuck|frig|fcuk|phuck)"
START = r"^(?:(?:oh|well|just|please|ok|okay|go|and|right|no|now|why dont you|bot|hey|hi|hello|lol|so|you can|you lot can|you can all|all of you|the lot of you|everyone) ){0,3}"

# Insults in the second person; whole messages that are nothing but an insult; what is wished on the reader.
INSULT = pattern(
    rf"{YOU}(?: {FILLER}){{0,7}} (?:{STRONG}|{MILD}|{ADJECTIVE})(?! (?:form|website|system|page|link|question|policy|rule|rules|process|name|answer|answers|website|offer|programme|idea|mistake|mistakes|health|to ask|that|about))",
    rf"(?:how|are|r|why are|is it|arent|what are) (?:\w+ )?(?:{FILLER} ){{0,2}}?(?:stupid|dumb|thick|retarded|brain ?dead|pathetic|an idiot|a moron)(?: (?:are|r) (?:you|u)|$| or what| or something)(?<!am i)",
    rf"are (?:you|u)(?: {FILLER}){{0,4}} (?:{STRONG}|stupid|thick|dumb|retarded|brain ?dead|deaf|simple|dense)(?! enough)(?= |$)",
    rf"(?:stupid|dumb|brain ?dead|brainless|pathetic|worthless|retarded|idiotic|moronic|dimwitted) (?:\w+ )?{BOT}",
    rf"{START}(?:{FILLER} ){{0,6}}{STRONG}(?: {BOT}| the lot of you| you lot| all of you| you are| off| everyone| lot| everywhere| you| the whole lot| the pair)*$",
    rf"{START}(?:stupid|dumb|ugly|silly|fat|old|lazy|dirty|thick) (?:{STRONG}|{MILD})$",
    rf"(?:your|the|nhs) (?:\w+ )?(?:staff|team|people|colleagues|organisation|confederation|company|bosses|directors|managers|leaders|members|chief exec\w*|board|lot|mother|mum)(?: {FILLER}| are| is| run by| full of){{0,6}} (?:{STRONG}|{MILD}|brain ?dead|retarded|stupid|thick|pathetic|scum)(?! (?:question|to))",
    rf"(?:who ?ever|the person who|the people who|the idiots? who|people who|everyone who|anyone who|those who|the one who) (?:wrote|made|built|runs?|designed|programmed|works?|created|coded|thought|trained|set){gap(7)} (?:{STRONG}|clowns?|fools?|stupid|brain ?dead|thick|dense|needs shooting|should be shot)",
    rf"(?:run|written|made|programmed|built|designed|staffed) by (?:{FILLER} ){{0,4}}(?:{STRONG}|clowns?|fools|monkeys|chimps|imbeciles|a child)|(?:bunch|load|pack|shower) of (?:\w+ )?(?:{STRONG}|clowns|fools|cowboys|liars|parasites|shit|crooks)",
    rf"{OFF} (?:right )?(?:off|of)(?= |$)(?! (?:the|a|course|work|sick|time|duty))|(?:fuck|f\*+k?|fck|fuk|eff|fcuk|screw|sod|bugger|stuff|damn|piss on|f) (?:you|u|ya|yourself|ur self|yourselves|yall|the lot of you|all of you|your\w*|this bot|the confederation|the nhs confed\w*)(?= |$)",
    rf"{START}(?:f u|fu|stfu|gtfo|kys|k y s|foad|die|get (?:lost|stuffed|bent|fucked|f\*+ed|to fuck|knotted|in the sea)|shut it|drop dead|up yours|bite me|eat (?:shit|s\*+t?)|rot in hell|burn in hell|suck it|suck a \w+|choke|jump off a cliff|go away you \w+|shove it)(?: and die| bot| you \w+| all of you)*$",
    r"go (?:to hell|and die|die|fuck|f\*+|f|screw|kill|hang|drown|jump off|play in traffic|boil your)(?= (?:your\w*|urself|u|you|off|a)|$)|eat (?:shit|s\*+t)|kiss my|lick my|suck (?:my|on my|these)|blow me|shut (?:the (?:fuck|hell|f\*+\w*) )?(?:the )?up(?! shop)(?= |$)|shut (?:your|ur|yer) \w+|drop dead|kys|(?:kill|hang|hurt|drown) (?:yourself|urself|your self|yourselves)|(?:rot|burn) in hell|shove (?:it|your \w+) up",
    r"(?:hate|despise|loathe|detest|cant stand) (?:you|u)(?: all| lot| people| bot| so much)?(?= and|$)|you (?:disgust|repulse) me|you make me (?:sick|want to (?:vomit|puke))|you (?:really |all )?suck|(?:nobody|no one) (?:likes|wants|loves) (?:you|u)|you (?:all )?(?:deserve|need|ought|should) (?:to )?(?:die|be (?:shot|hanged|beaten|put down|burned|killed|raped|slapped|switched off for good)|rot|burn|suffer|get cancer|a slap|a good (?:slap|hiding|kicking))",
    r"(?:i )?(?:hope|wish) (?:you|u|your (?:family|mum|mother|kids|children)|youre|you all|all of you) (?:all )?(?:die|dies|dead|get (?:cancer|aids|raped|hit|shot|sacked and)|rot|burn|choke|suffer|drop|catch|lose your)|your (?:mum|mother|mom|mam|sister|wife) is a|yo(?:ur)? (?:mum|mama|mother)$|show (?:me|us) (?:your|ur) (?:\w+ )?(?:tits|boobs|bits|dick|pussy|body|breasts|bum|arse)|send (?:me )?nudes|(?:want|wanna|fancy|like|gonna|going) (?:to |a )?(?:fuck|shag|f\*+k?|bang|rape|screw) (?:you|u)(?= |$)|(?:have sex|sleep) with me|sit on my|nice tits|get your (?:tits|kit) (?:out|off)|wanna (?:shag|fuck)|you sexy (?:bitch|slut|thing)",
)
THREAT = pattern(
    r"(?:ill|i will|i shall|im going to|im gon+a|i am going to|gon+a|i want to|id like to|i could|someone (?:should|ought to|will)|somebody (?:should|will)|we will|well|were going to|were gon+a|i swear ill|going to|im coming to) (?:\w+ )?(?:fucking |f\*+\w* )?(?:kill|hurt|smash|destroy|batter|beat|stab|punch|shoot|strangle|slap|burn|end|break|bash|murder|find|hunt|get|come for|knife|kick|ruin|track|bomb|slit|hit|do) (?:you|u|your (?:face|head|staff|office|offices|team|family|teeth|legs|neck|skull|people|lot))(?= |$)(?! (?:a|the|some|to|for|in touch|back|on|an|at your|this|through|that|information|details)\b)",
    r"i know where (?:you|u|your \w+) (?:live|lives|work|works|are|is)|we know where (?:you|u) (?:live|work)|watch (?:your|ur) backs?|(?:you|u) (?:will|ll|are going to|re going to|gon+a)(?: \w+)? (?:regret|pay for)|(?:youll|ull|youre going to|you lot will|youre gon+a|you are going to) (?:\w+ )?(?:regret|pay|be sorry|die|get hurt|get it|get whats coming)|(?:im|i am|we are|were) coming (?:for|after|to get) (?:you|u|your)|youre (?:dead|finished|a dead man|going to get it)|you are (?:dead|finished)(?: meat)?$|dead meat|i(?:ll| will) (?:find|get) (?:out where you|you and)|expect a brick|wait (?:till|until) i (?:find|get|see) (?:you|u)|ill be waiting (?:for you|outside)",
)
# A racist remark. Beside a word of telling it is somebody else's remark, reported.
RACIST_REMARK = pattern(
    SLUR, BLACK_INSULT, GO_HOME, GO_BACK,
    rf"(?:all )?(?:the |these |those )?(?:{PLURAL}|your lot|your kind|you lot) (?:are|r|is|should|cant|dont|shouldnt|will|always|make|need to|only|just)(?: [^ ]++){{0,4}}? {UNFIT}|(?:{PLURAL})(?: \w+){{0,2}} (?:out|go (?:back )?home|not welcome)(?= |$)",
    rf"(?:hate|despise|cant stand|fed up (?:of|with)|sick of|kill|gas|shoot|deport|ban|get rid of|kick out|hang)(?: all)?(?: of)?(?: the| these| those| you)? (?:bloody |fucking |f\*+\w* )?(?:{PLURAL})(?! (?:being|getting|who|network))",
    rf"too many (?:bloody |fucking |f\*+\w* )?(?:{PLURAL})(?! (?:leave|face|experience|are (?:leaving|stuck|bullied|being)))|(?:send|ship|deport) (?:them|em|the \w+|all \w+)(?: all| lot)? (?:back|home)|white (?:power|supremacy rules|is right|race is)|heil hitler|sieg heil|white lives matter|england for the english|keep (?:britain|england|the nhs) white|(?:whites?|white people|white race) (?:are|is) (?:superior|better|cleverer|more intelligent)|(?:monkeys|apes|savages) (?:running|in charge|in the nhs)|(?:muslims?|islam|blacks?|jews?) (?:is|are) (?:a )?(?:cancer|plague|poison|disease|evil)|(?:get|keep) (?:the |these |all )?(?:{PLURAL}) out",
    rf"(?:you|u|ur|youre|ya)(?: {FILLER}){{0,5}} (?:monkeys?|apes?|terrorists?|savages?|immigrants?|foreigners?|jew|jews|slaves?|gypsy)(?= |$)",
)
# Somebody else said it: then it is not ours to refuse.
REPORTED = pattern(
    rf"(?:he|she|they|manager|boss|patients?|colleagues?|consultant|someone|somebody|people|who|that|relatives?|visitor|was|were|been|being|got|gets?|get|keeps?|man|woman|guy|husband|wife|supervisor|director|sister|matron|doctor|nurse|dem|dey|porter|teacher)(?: \w+){{0,3}} (?:call\w*|sa(?:id|ys|y|ying)|tell\w*|told|shout\w*|scream\w*|yell\w*|text\w*|email\w*|wrote|sent|swore|goes|like|mutter\w*|whisper\w*)|(?:call|calls|called|calling|told|tell|tells) (?:me|us|him|her|my|our)(?! (?:what|who|how|where|about|the|your|more|why))"
)


def is_insulting(sentence: str) -> bool:
    """True for an insult, obscenity or threat meant for the reader, and not told of somebody else."""
    return bool(INSULT.search(sentence) or THREAT.search(sentence)) and not REPORTED.search(sentence)


def is_racist(sentence: str) -> bool:
    """True when the sentence holds a slur or a racist remark, whoever says it."""
    return bool(RACIST_REMARK.search(sentence))


TOLD_OF = pattern(SPEECH, VICTIM)


def is_told(sentence: str) -> bool:
    """True when the sentence tells what somebody said, wrote or did to somebody."""
    return bool(TOLD_OF.search(sentence))
