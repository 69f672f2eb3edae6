"""Racism that somebody has met, seen or been told of, as against questions about how to work on it."""

from assistant.matching.safety.phrases import Rule, any_holds, group, phrases
from assistant.matching.safety.racism_words import (
    GO_HOME, HATRED, HOME, INSULTED, LABEL, MARK, OWN, PEOPLES, PLACES, PLURAL, RACISM, SLUR, SLUR_NAMED, SPEECH, STAFF, UNFIT, VICTIM,
)
from assistant.matching.safety.requests import REQUEST, STATISTICS, WANTED

I = phrases("i|im|ive|id|me|my|myself|mine")
WE = phrases("i|im|ive|id|me|my|we|weve|us|our|ours")
SOMEBODY = phrases(r"""
    i|im|ive|id|me|my|us|she|he|her|him|shes|hes|they|them|dem|someone|somebody|friend|one of (?:my|our|the)|people|people like
    (?:a|an|the|my|our|some|another|this|that|two)~2 (?:patients?|relatives?|visitors?|<staff>)|overheard|our~2 (?:nurses?|staff|doctors?)
""", staff=STAFF)

# What is done to people. Alone it says nothing about racism.
HARM = phrases(r"""
    pass(?:ed)? over|overlook\w*|turned (?:down|away)|reject\w*|refus\w*|den(?:y|ied|ies|ying)|ignor\w*|exclud\w*|left out|bull(?:y|ied|ies|ying)
    harass\w*|victimi[sz]\w*|abus\w*|insult\w*|mock\w*|laugh\w*|shout\w*|scream\w*|yell(?:s|ed|ing)?|spat|spit\w*|hits?|kick\w*|punch\w*|slapp?\w*
    shov\w*|pushed|assault\w*|attack\w*|threaten\w*|sack\w*|fired|dismiss\w*|suspend\w*|disciplin\w*|demot\w*|downgrad\w*|investigat\w*|nmc|gmc
    hcpc|blam\w*|scapegoat\w*|accus\w*|punish\w*|criticis\w*|micro ?manag\w*|pick\w* on|target(?:ed|ing)|singl\w+ out|mistreat\w*
    treat\w* (?:me|us|him|her|them|like|differently|badly|unfairly|worse|so|we|people)|disrespect\w*|undermin\w*|humiliat\w*|belittl\w*|patronis\w*
    look\w* down|talk\w* (?:down|over|to like)|spoken? (?:to|down|over)|speak to (?:me|us|her|him) (?:slowly|like|as)|hat(?:e|es|ed) (?:me|us|her|him)|(?:hates|hated) (?:black|asian|foreign\w*|muslim\w*)|dislik\w*|judged|stereotyp\w*|discriminat\w*|isolat\w*|sidelin\w*
    silenc\w*|(?:forc|push|manag)\w* (?:me |him |her )?out|paid (?:\w+ )?less|less pay|worst|unfair\w*|los(?:t|ing) (?:my|the|her|his) (?:job|post)
    (?:stare|stares|stared|staring)|follow(?:ed|s) (?:me|my|her|him|around)|question(?:ed|s|ing) (?:me|my|her|him)|scrutini[sz]\w*|doubt(?:ed|s) (?:me|my)|underestimat\w*|assum(?:e|ed|es)|made to
    ma(?:de|ke|kes|king) fun|fun of|jok(?:e|es|ed|ing)|teas(?:e|ed|ing)|comment(?:s|ed)|remark\w*|disregard\w*|mistak\w*|mistook|on nights
    capability|hard(?:er)? time|scared|afraid|frightened|unsafe|held back|barrier|only (?:got|hired|get|here|given)|rude\w*|nasty|hostile
    swor\w*|swear\w*|sneer\w*|snid\w*|gossip\w*|invisible|second class|expected to|like dirt|in pain|pain relief|unprofessional|heavy patients
    dump\w*|redeploy\w*|extra shifts|ghosted|penalis\w*|marked down|fail(?:ed|ing|s) (?:me|my|her|him)|outsider|terrified|torment\w*|deported|ostraci\w*|froz\w+ out|snub\w*
    final (?:written )?warning|performance plan|get nothing|humili\w*|horrible to|cruel|ma(?:de|ke|kes) (?:me|us|her|him) feel|wasnt racis\w*|banter
    (?:didnt|did not|never|not|cant|cannot|wont|dont|doesnt|wasnt|isnt|no one|nobody|hasnt|wouldnt|wont) (?:\w+ ){0,3}?<denied>
""", denied=group(r"""
    get|got|given|promot\w*|hir\w*|shortlist\w*|select\w*|chosen|allow\w*|let|listen\w*|believ\w*|trust\w*|taken|take|respect\w*
    includ\w*|invit\w*|consider\w*|interview\w*|serv\w*|speak|talk|sit|good enough|asked|acknowledg\w*|greet\w*|look like|touch|treat
    treated|want|wanted|understand (?:my|me|her|his)|belong|welcome
"""))
# Whatever it is that somebody is singled out for.
RACE = phrases(r"""
    <peoples>|<mark>|<racism>|<plural>|<slur>|<slur_named>|<places>|swastikas?|hitler|nazis?|kkk|monkeys?|eid|ramadan|diwali|passport|whites?
    slaves?|diversity (?:hire|box)|(?:more|proper|good|learn|speak|own|poor) english|english (?:one|name|doctor|nurse|person)|british
    by being brown|people like (?:me|us|her|him)|mud hut|where (?:im|i am|shes|she is|hes|you are|youre) (?:\w+ )?from|quotas?|tribal
    covid was|boat people|illegal immigrant|england flag|the colour of|foreign\w*|curry|spices?|pray(?:ing|er|ers)? (?:room|mat|times)?|accents?
""", peoples=PEOPLES, mark=MARK, racism=RACISM, plural=PLURAL, slur=SLUR, slur_named=SLUR_NAMED, places=PLACES)

# Words and deeds that are told plainly: no request around them makes them anything else.
CALLED = phrases(r"""
    call(?:ed|s|ing|in)?(?: to)? (?:<victim>|my face)(?: (?!(?:about|to|for|into|from|regarding|on|back|in)\b)[^ ]++){0,3}? <label>
    (?:was|were|been|being|got|gets?|getting|am|im|is|are|be) (?:\w+ ){0,2}call(?:ed|in|ing)(?: (?!(?:about|for|to|into|regarding|back|in|upon)\b)[^ ]++){0,4}? <label>
    (?:nicknam\w*|refer\w* to|label\w*|compar\w*|liken\w*|describ\w*) <victim>~3 (?:as |to )?(?:a |an |the )?<label>
""", victim=VICTIM, label=LABEL)
DEED = phrases(r"""
    (?:monkey|ape|gorilla|jungle|animal) (?:noises?|sounds?|chants?|gestures?|impressions?|emojis?)|(?:make|makes|making|made|tell|tells|cracks?)~2 monkey jokes|(?:image|picture|photo|drawing|face) (?:of|on) (?:a |an )?(?:monkey|ape|gorilla)
    bananas?~4 (?:desk|locker|at (?:me|him|her|us)|pigeon ?hole|chair|bag|windscreen)|(?:threw|thr[eo]wn?\w*|left|put|offered|waved)~3 bananas?
    swastikas?|nazi salutes?|gol+[iy]wogs?|noose~3 (?:on|in|at|hanging|left|drawn)|(?:drew|drawn|left|hung|found) a noose|black ?face|blacked up|ku klux|kkk|hitler (?:jokes?|should)
    slit\w* eyes?|slant\w* eyes?|pull\w* (?:his|her|their) eyes|all look (?:the same|alike)|(?:race|racist) card|chip on (?:my|her|his) shoulder
    (?:black|brown|your|dirty|foreign|white) hands~3 (?:on|off|near|touch|him|her|his|my)|(?:pull|ripp|grabb?|yank|tug|tugg|snatch|remov|tak|lift)\w*~4 <worn>
    (?:told|made|asked|tore|took)~5 (?:off|remove)~2 <worn>|touch\w*~3 (?:hair|afro|braids|dreads|locs)|(?:hair|afro|braids|locs)~4 (?:unprofessional|scruffy|unclean|untidy|messy|wild)
    (?:keep|keeps|asked|ask|asks|asking)~4 where (?:im|i am|i|shes|hes|she|he|we|were|they|you|youre)~1 (?:really|originally|actually|properly)?~1 from
    speak(?:s|ing)? (?:such )?(?:good|excellent|perfect) english|english (?:so|very|really) well
    (?:mistaken|mistook|mistak\w+|taken|took|assum\w*|thought|thinks?|treated|presum\w*)~4 (?:for|im|i was|i am|shes|hes|she is|he is|were|me) (?:as |for )?(?:just )?(?:the |a |an )?(?:\w+ )?<servant>
    (?:mix\w*|muddl\w*)~2 up with~3 <peoples>|confus\w* (?:me|us|her|him) with~3 <peoples>|(?:call|address)\w* (?:me|us|her|him)~3 (?:another|the other|wrong|other) (?:\w+ )?<peoples>|(?:me|us) for (?:the|another|a different)(?: only)?(?: other)? <peoples>
    (?:refus\w*|wont|cant|cannot|never|dont|doesnt|deliberately|couldnt)~3 (?:bothered to |bother to )?(?:learn\w*|say|pronounc\w*|use|get)~2 (?:my|her|his|our|their) (?:\w+ )?names?
    mispronounc\w*~1 (?:my|her|his) name|(?:gave|given|gives?|use) (?:me|us|her|him) (?:an |a )?(?:english|western|british|easier|white)(?: sounding)? ?names?|renamed (?:me|her|him)
    (?:my|her|his) name (?:is|was) too (?:hard|difficult|long|foreign)|(?:diversity|token|quota|dei|tick box|tokenistic) (?:hire|appointment|appointee|case)
    (?:hired|job|appointed|role|promoted|recruited|there|here|place|into medicine)~5 (?:to tick|because of (?:the )?quotas?|(?:for|because of) being (?:brown|black|asian)|because of diversity|tick\w* (?:a|the) (?:\w+ )?box)
    treat\w* (?:<victim>|we|them) (?:like|as) ?~3 (?:slaves?|servants?|second class|foreigners?|criminals?|animals?|dogs?|subhuman)|second class citizens?|like (?:a )?slaves?$|treat\w*~3 (?:nurse|nurses|us|we) like dogs?
""", peoples=PEOPLES, victim=VICTIM, places=PLACES, worn=group("hijab|headscarf|head scarf|turban|niqab|veil|patka|kippah"), servant=group(r"""
    cleaners?|cleaning|porter|domestic|hca|healthcare assistant|health care assistant|tea lady|housekeep\w*|interpreter|caterer|help|waiter
    taxi driver|security|student|carer|waitress|nurse
"""))
MOCKERY = phrases(r"""
    <mocks>~6 (?:accents?|(?:the )?(?:way|how) <who> (?:talk|speak|sound|pronounce|say)\w*|<whose> <own>|indian food)
    correct\w* (?:my|her|his|our) (?:accent|english|pronunciation)|(?:my|her|his|our) english (?:isnt|is not|is (?:bad|poor|broken|terrible)|wasnt)
    (?:cant|cannot|dont|pretend\w* not to|couldnt) understand (?:my|her|his|our) (?:accent|english)|(?:food|lunch|i|we|she|he|us) (?:\w+ )?(?:stinks?|smells?|reeks?)
    (?:speak|talk|spoke)\w*~2 (?:me|us|her|him)~3 (?:slowly|as if~3 (?:understand|speak))|smell\w* (?:of|like) (?:curry|garlic|spices?)|stink\w* of
""", who="(?:i|she|he|we|they|you)", whose="(?:my|her|his|our|their)", mocks=group(r"""
    mock\w*|mimic\w*|imitat\w*|laugh\w*|giggl\w*|snigger\w*|ma(?:de|ke|kes|king) fun|(?:tak\w+|took) the (?:mick|mickey|piss)|teas(?:e|es|ed|ing)
    ridicul\w*|jok\w+|parrot\w*|put\w* on|sneer\w*|complain\w*|pick\w* on|on about|cop(?:y|ies|ying)|comment\w*|remark\w*|insult\w*|critici[sz]\w*
"""), own=group(r"""
    english|names?|surname|pronunciation|food|lunch|hijab|headscarf|head scarf|turban|skin|culture|clothes|dress|hair|afro|braids|religion
    prayers?|praying|country|spices|smell|language|complexion|accents?
"""))
LANGUAGE_BAN = phrases(r"""
    (?:told|tells?|telling|asked|sa(?:id|ys)|shout\w*|warned|order\w*|instruct\w*)~5 (?:speak|talk)(?:ing)? (?:\w+ )?english|learn (?:\w+ )?english
    (?:not to|to stop|stop|not allowed to|cant|banned from|dont|instead of) (?:speak|talk|convers)\w*~4 (?:own language|our language|my language|their language|mother tongue|<tongue>)
""", tongue=group(r"""
    tagalog|urdu|punjabi|hindi|malayalam|yoruba|polish|arabic|igbo|twi|tamil|bengali|gujarati|somali|shona|romanian|portuguese|cantonese|mandarin
"""))
REFUSAL = phrases(r"""
    <patient>~5 <refuses>~6 (?:by me|let (?:me|us)|me to|see me|have me|me touch\w*|my hand|touch me|instead of me|near (?:me|them|her|him)|from me|us to)
    <patient>~5 <refuses>~6 (?:that |a |an |any |our |the |no )?(?:<peoples>~1 <staff>|<peoples>$)
    <patient>~6 <asks>~6 <whites>|(?:get|send) me (?:a |an )<whites>|anyone (?:but|except|other than) (?:a |an |the )?<peoples>
""", peoples=PEOPLES, staff=STAFF, patient=group(r"""
    patients?|relatives?|famil(?:y|ies)|visitors?|residents?|clients?|service users?|lad(?:y|ies)|gentleman|m[ae]n|wom[ae]n|he|she|they|someone
    somebody|people|mother|father|son|daughter|mum|dad|husband|wife|customers?|callers?|parents?|pensioner|guy|bloke|couple|public|girl|boss
    hca|colleagues?|nurses?
"""), refuses=group(r"""
    refus\w*|reject\w*|declin\w*|object\w*|avoid\w*|(?:wont|will not|wouldnt|would not|dont|do not|doesnt|does not|didnt|did not)(?: \w+){0,2}? (?:want\w*|let|like|accept|allow|speak to|talk to|be|have|trust)
"""), asks=group("asked|asks|ask|asking|demand\w*|insist\w*|prefer\w*|wants?|wanted|request\w*|rather|only|keeps?"), whites=group(r"""
    (?:white|english|british|local|proper|real|normal|indigenous|more english) (?:looking )?(?:<staff>|one)|(?:someone|somebody|anyone)~2 (?:white|english|british|local|who speaks)
    <staff> who~3 (?:white|english|british|proper|not (?:black|foreign|asian|brown))
""", staff=STAFF))
BECAUSE = phrases(r"""
    <because>~5 (?:<mark>|<own>)|<because>~3 (?:i am|im|i was|shes|she is|hes|he is|theyre|they are|were|we are|being|having|isnt|not)(?: (?:a|an|the|only|not|just|from|visibly))* (?:<peoples>|<places>|abroad|white|british|english)
    <because> (?:my|her|his|our|their) (?:\w+ )?(?:is|was|are|were) <peoples>
""", mark=MARK, own=OWN, peoples=PEOPLES, places=PLACES, because=group(r"""
    because|becuz|becos|cos|coz|cuz|cause|bc|due to|owing to|on account of|based on|on the basis of|down to|just for|simply for|for being|for having
    over|thanks to|reason (?:is|was|being)|to do with|about|as|since|on the grounds of
"""))
MET = phrases(r"""
    <met>(?: (?!(?:<not_that>)\b)[^ ]++){0,5}? <racism>|<racism>(?: [^ ]++){0,2}? (?:to|toward|towards|against|at) <victim>
    (?:being|been|was|am|im|is|was|are|get|gets|getting|got|feel|feeling|keep|keeps)~2 (?:racially|discriminated|(?<!anti )racist)
""", racism=RACISM, victim=VICTIM, not_that=r"""you|your|yours|training|trained|strateg\w+|reports?|course|offers?|programmes?|networks?|polic\w+
    |article|webinar|talk|research|guid\w+|toolkit|tackl\w+|address\w*|data|anti|workshop|plan|resources?|how|what|work|project|campaign|asked
    |questions?|rid|involved|serious|better|good|challenged|ally""".replace("\n    ", ""), met=r"(?<!to )(?<!lived )" + group(r"""
    experienc(?:e|ed|es|ing)|suffer\w*|fac(?:e|es|ed|ing)|endur\w*|encounter\w*|receiv\w*|subjected|victims?|target(?:ed)?|(?:dealt|dealing) with|(?:i|we|to) deal with|put(?:ting)? up with|go(?:ing|ne)? through
    went through|gets?|got|getting|receiving end|witness\w*|saw|seen|see|hear|hears|heard|overheard|hearing|reported|reporting|complain\w*|grievance|raised?
    (?:fed up|tired|sick|exhausted|worn out|upset|hurt|shaken|traumati[sz]ed|scared|afraid|frightened|depressed|stressed|ill|angry|anxious|humiliated)
    had|having|live with|lived with|living with|left|leaving|leave|resign\w*|quit|because of|due to|made|makes|making|told|tells|telling|sent|sends|shar(?:ed|es|ing)
    post(?:ed|s|ing)|wrote|written|shout\w*|us(?:ed|es|ing)|said|says|saying|full of|happen\w*|there (?:is|was|are|were|has been)|theres|found
    believ\w*|nothing (?:was|has been|is being)?|ignor\w*|evidence of|rife|culture|my experiences? of|know if this is|sure if (?:this|it) is|wonder if (?:this|it) is|speak (?:up|out)|spoke (?:up|out)|called out
"""))
MET_MYSELF = phrases("(?:i|ive|im|id|me|my \\w+)~4 <met>", met=MET.pattern)
RACIST_PERSON = phrases(r"""
    (?<!anti )racist (?:<staff>|culture|environment|workplace|bull(?:y|ies|ying)|abuse|incident|attack|remarks?|comments?|jokes?|graffiti|language|behaviou?r|treatment|names?|memes?|messages?|emails?|banter|slurs?|insults?|rant|gestures?|things?|stuff|attitudes?)
    (?:<victim>|he|she|they|it|hes|shes|theyre|its|my|our)~3 (?:is|are|was|were|being|been|be|so|very|really|openly|s|are all|seems?|turned)~3 (?<!anti )racist|(?:hes|shes|theyre)~2 (?<!anti )racist
    racism (?:is|was|s)~1 (?:rife|everywhere|constant|rampant|bad|getting|awful|normal|unbearable|destroying|making|affecting|killing)|(?:rife|rampant) with racism
""", staff=STAFF, victim=VICTIM)
HAPPENED = phrases(r"""
    happen\w*|yesterday|today|last (?:night|week|month|year|shift|monday|friday)|this (?:morning|week|afternoon)|tonight|every (?:single )?(?:day|shift|week)|daily|all the time|constantly|always|often
    made|makes|making|told|tells|telling|sent|sends|said|says|us(?:es|ed|ing)|heard|hear|overheard|witnessed|saw|gets?|got|getting|had|having|there (?:is|was|are|were)|theres|came|full of|found|received|my|i|me|im|us
""")
REPORTING = phrases(r"""
    (?:want|need|like|wish|trying|tried|going) to (?:\w+ )?<report>(?: (?!the\b|your\b|how\b)[^ ]++){0,5}? <racism>
    (?:how|where|who|can|could|should)~2 (?:do|can|should|could|would)? ?i(?: \w+)? <report>(?: (?!how\b|strateg|tackl)[^ ]++){0,6}? <racism>
    i(?: [^ ]++){0,2}? (?:reported|complained|complaint|told|informed|spoke up|spoke out|escalated|raised)(?: (?!figures|wres|data|on\b)[^ ]++){0,8}? (?:<racism>|n word|p word)
    who can i (?:talk|speak|turn) to(?: [^ ]++){0,6}? (?:been|being|is|was) (?<!anti )racist
""", racism=RACISM, report=group(r"""
    report(?! on)|complain(?: \w+)? (?:about|of)|disclose|tell (?:someone|somebody|you) about|log|flag|whistleblow\w*|make a (?:complaint|report)
    raise a (?:grievance|complaint|concern)|speak (?:out|up)|lodge a|talk (?:to \w+ )?about|speak to (?:someone|somebody)|go if
"""))
CONTRAST = phrases(r"""
    white (?:(?!paper|british)\w+ )?(?:<staff>|persons?|counterparts?|candidates?|ones?|peers?|applicants?|members|workers?|folks?|graduate|band \w+)
    (?:is|are|all|were|was|theyre) white|whites|locals|others? get|white (?:hca|bloke|guy)|the english|never (?:stop|treat|ask|check|say|question)~2 white
""", staff=STAFF)
UNEQUAL = phrases(r"""
    (?:less|fewer|no) (?:experience\w*|qualified|senior|time|years|qualifications)|trained|applied|passed over|never|always|instead|than (?:me|us|i)
    but|get nights|nights|and (?:i|im|ive|me|we) (?:get|got|was|didnt|never|have to|had to|wasnt|cant|dont|still|end up|always|am|only)|while|whereas
    unlike|treat\w*|differently|different|(?:better|good|best|easy|easier|nice|day) (?:shifts|patients|hours|bays?|jobs|work|roles)|allowed|went to
    hired|promot\w*|away with|(?:do|did|does|done|make|made) the same|happens?|interrupted|ignored|favou?r\w*|preferred|chosen|picked|gets? the|got
    one rule|disciplin\w*|suspend\w*|blam\w*|exclud\w*|invited|ahead of|over me|credit|twice|same (?:mistake|job|thing)|believed|late|paid|werent|wasnt
    (?:takes?|taking|orders|instructions)|like that
""")
RACIST_SAYING = phrases(r"""
    (?:all )?(?:<plural>|<peoples>|you lot|you people|your (?:lot|kind|sort)|those people|these people|people like (?:me|you|us))~4 <unfit>
    <slur>|<insulted>|<hatred>|<go_home>|<slur_named>(?! (?:means?|ok|okay|allowed))|chinese virus|kung flu
    sign(?:ed)? up to work with|with people like (?:you|me|us)|people like (?:you|me|us|her|him)~1 (?:should|shouldnt|cant|dont|arent|are|never)|one of (?:them|those) (?:boat|foreign|black|asian)\w*
    (?:come|came|comes|over|here|off|arrived)~2 (?:on |in |off )(?:a|the) (?:small )?(?:boats?|dinghy|banana boat|back of a lorry)|boat people|mud hut|electricity in (?:africa|<places>)
    (?:look|looks|really|properly|truly|actually) (?:british|english enough|welsh|like a (?:real )?(?:doctor|nurse|consultant|surgeon))|more english|proper (?:doctor|english)|(?:tak|steal)\w* our jobs
    (?:dont|do not|didnt|doesnt) want (?:your|their|my|our) (?:sort|kind|lot)|(?:your|my|our) (?:sort|kind)(?= |$)
""", plural=PLURAL, peoples=PEOPLES, unfit=UNFIT, slur=SLUR, insulted=INSULTED, hatred=HATRED, go_home=GO_HOME, slur_named=SLUR_NAMED, places=PLACES)
SAID = phrases("<speech>|should|ought|need to|wants?|wanted|why dont (?:i|we|she|he)|dont want", speech=SPEECH)
TO_SOMEBODY = phrases(r"<victim>|<speech>~3 <victim>|at (?:me|us|her|him)", victim=VICTIM, speech=SPEECH)
SENT_HOME = phrases(r"<speech>~6 <home>|<home>~3 (?:on|locker|sign|note|written)", speech=SPEECH, home=HOME)
BY_WHOM = phrases(r"by an?|patients?|relative|visitor|country|back home|kind|sort|belong|flag|locker|riots?|immigr\w+|<peoples>|<plural>|racis\w+", peoples=PEOPLES, plural=PLURAL)
ONLY = phrases(r"""
    only (?:the |us |we )?(?:other )?<peoples>(?: and <peoples>)? (?:nurses?|staff|ones?|people|doctors?|colleagues?|hcas?|girls|members|carers|person|wom[ae]n|man|midwives|here)
    (?:the|this|we|us|them)~1 <peoples> (?:girls|nurses|nurse|ones|staff|doctors)~2 (?:always|get|gets|are|have|put|on)|(?:i was|im|was) the only one (?:asked|told|made|stopped|searched|not|who wasnt|left)
    as (?:a |an |the only )?(?:\w+ )?<peoples>
""", peoples=PEOPLES)
PUT_UPON = phrases(r"""
    nights?|get(?:s|ting)? (?:put|asked|moved|sent|told|blamed|checked|the|nothing)|moved|sent|told|blam\w*|have to|made to|checked|searched|redeployed|given|give|shouted|worst|heavy
    heaviest|ignored?|never|not|pick\w*|always|questioned|stopped|failed|suspended|without|spoken|talked|passport|visa|shout\w*|hard|exaggerat\w*
""")
AFRAID = phrases(r"(?:since|after|during|because of) the (?:\w+ )?(?:riots?|protests|unrest|brexit|referendum|far right)")
FEAR = phrases(r"scared|afraid|frightened|unsafe|(?:dont|not) feel safe|attack\w*|abus\w*|worse|spat|shout\w*|terrified|anxious")
ASIDE = phrases(r"""
    (?:jok\w+|laugh\w*|comments?|remarks?|rant\w*|moan\w*|slagging|going on|bitching|sneering) (?:\w+ )?about (?:the )?(?:<plural>|(?:me|us|her|him) being|my being|terrorists?|hitler)
""", plural=PLURAL)

PLAIN = (
    Rule(CALLED),
    Rule(DEED, WE),
    Rule(DEED, SAID),
    Rule(DEED, SOMEBODY),
    Rule(MOCKERY, SOMEBODY),
    Rule(LANGUAGE_BAN, SOMEBODY),
    Rule(RACIST_SAYING, SAID, TO_SOMEBODY),
    Rule(RACIST_SAYING, SAID, SOMEBODY),
    Rule(SENT_HOME, BY_WHOM),
    Rule(REPORTING),
    Rule(MET_MYSELF),
    Rule(RACIST_PERSON, I),
    Rule(BECAUSE, HARM, I),
)
TOLD = (
    Rule(DEED),
    Rule(MET, I),
    Rule(MET, WE, HAPPENED),
    Rule(REFUSAL),
    Rule(CONTRAST, UNEQUAL, I),
    Rule(CONTRAST, UNEQUAL, ONLY),
    Rule(phrases(r"less (?:qualified|experienced|senior) white|white \w+ with (?:less|no|fewer)")),
    Rule(ONLY, PUT_UPON),
    Rule(MET, SOMEBODY, HAPPENED),
    Rule(RACIST_PERSON, HAPPENED),
    Rule(ASIDE, SOMEBODY),
    Rule(AFRAID, FEAR),
    Rule(BECAUSE, HARM),
    Rule(RACE, HARM, SOMEBODY),
)


def speaks_of_racism_met(sentence: str) -> bool:
    """True when the sentence tells of racism that somebody met, saw or heard of."""
    if any_holds(PLAIN, sentence):
        return True
    if STATISTICS.search(sentence):
        return False
    return any(_is_told_before_request(rule, sentence) for rule in TOLD)


def is_a_story(message: str) -> bool:
    """True when a whole message speaks of race, of a person and of what was said or done, and asks for nothing."""
    if WANTED.search(message) or REQUEST.search(message) or STATISTICS.search(message):
        return False
    return bool(RACE.search(message) and SOMEBODY.search(message) and (SAID.search(message) or HARM.search(message)))


def _is_told_before_request(rule: Rule, sentence: str) -> bool:
    if not rule.holds(sentence):
        return False
    request, told = REQUEST.search(sentence), rule.patterns[0].search(sentence)
    return request is None or (told is not None and told.start() < request.start())
