"""What racism says and does: names, sayings, mockery, refusals, signs left on a desk."""

from assistant.matching.safety.phrases import group, phrases
from assistant.matching.safety.racism_words import (
    GO_HOME,
    HATRED,
    HOME,
    INSULTED,
    LABEL,
    PEOPLES,
    PLACES,
    PLURAL,
    SLUR,
    SLUR_NAMED,
    SPEECH,
    STAFF,
    UNFIT,
    VICTIM,
)

# Words and deeds that are told plainly: no request around them makes them anything else.
CALLED = phrases(
    r"""
    call(?:ed|s|ing|in)?(?: to)? (?:<victim>|my face)(?: (?!(?:about|to|for|into|from|regarding|on|back|\
        in)\b)[^ ]++){0,3}? <label>
    (?:was|were|been|being|got|gets?|getting|am|im|is|are|be) (?:\w+ ){0,2}call(?:ed|in|ing)(?: (?!(?:about|for|to|\
        into|regarding|back|in|upon)\b)[^ ]++){0,4}? <label>
    (?:nicknam\w*|refer\w* to|label\w*|compar\w*|liken\w*|describ\w*) <victim>~3 (?:as |to )?(?:a |an |the )?<label>
""",
    victim=VICTIM,
    label=LABEL,
)
DEED = phrases(
    r"""
    (?:monkey|ape|gorilla|jungle|animal) (?:noises?|sounds?|chants?|gestures?|impressions?|emojis?)
    (?:make|makes|making|made|tell|tells|cracks?)~2 monkey jokes
    (?:image|picture|photo|drawing|face) (?:of|on) (?:a |an )?(?:monkey|ape|gorilla)
    bananas?~4 (?:desk|locker|at (?:me|him|her|us)|pigeon ?hole|chair|bag|windscreen)
    (?:threw|thr[eo]wn?\w*|left|put|offered|waved)~3 bananas?
    swastikas?|nazi salutes?|gol+[iy]wogs?|noose~3 (?:on|in|at|hanging|left|drawn)
    (?:drew|drawn|left|hung|found) a noose|black ?face|blacked up|ku klux|kkk|hitler (?:jokes?|should)
    (?:straighten|wash)\w* (?:my|her|your) hair|prayer (?:break|time)s?~5 (?:refus\w*|den\w*|smok\w*)
    slit\w* eyes?|slant\w* eyes?|pull\w* (?:his|her|their) eyes|all look (?:the same|alike)|(?:race|racist) card
    chip on (?:my|her|his) shoulder
    (?<!in )(?:black|brown|your|dirty|foreign|white) hands~3 (?:on|off|near|touch|him|her|his|my)
    (?:pull|ripp|grabb?|yank|tug|tugg|snatch|remov|tak|lift)\w*~4 <worn>
    (?:told|made|asked|tore|took)~5 (?:off|remove)~2 <worn>|touch\w*~3 (?:hair|afro|braids|dreads|locs)
    (?:hair|afro|braids|locs)~4 (?:unprofessional|scruffy|unclean|untidy|messy|wild)
    (?:keep|keeps|kept|always) ask\w*~4 where <who>~2 from
    (?:asked|asks|ask|asking)~4 where <who>~1 (?:really|originally|actually|properly) from
    names? (?:is|was) unpronounceable|only (?:promot|hir|recruit|appoint|favour|listen)\w*~2 (?:white|their own)
    speak(?:s|ing)? (?:such )?(?:good|excellent|perfect) english|english (?:so|very|really) well
    (?:mistaken|mistook|mistak\w+|taken|took|assum\w*|thought|thinks?|treated|presum\w*)~4 (?:for|im|i was|i am|\
        shes|hes|she is|he is|were|me) (?:as |for )?(?:just )?(?:the |a |an )?(?:\w+ )?<servant>
    (?:mix\w*|muddl\w*)~2 up with~3 <peoples>|confus\w* (?:me|us|her|him) with~3 <peoples>
    (?:call|address)\w* (?:me|us|her|him)~3 (?:another|the other|wrong|other) (?:\w+ )?<peoples>
    (?:me|us) for (?:the|another|a different)(?: only)?(?: other)? <peoples>
    (?:refus\w*|wont|cant|cannot|never|dont|doesnt|deliberately|couldnt)~3 (?:bothered to |bother to )?(?:learn\w*|\
        say|pronounc\w*|use|get)~2 (?:my|her|his|our|their) (?:\w+ )?names?
    mispronounc\w*~1 (?:my|her|his) name
    (?:gave|given|gives?|use) (?:me|us|her|him) (?:an |a )?(?:english|western|british|easier|\
        white)(?: sounding)? ?names?
    renamed (?:me|her|him)
    (?:my|her|his) name (?:is|was) too (?:hard|difficult|long|foreign)
    (?:diversity|token|quota|dei|tick box|tokenistic) (?:hire|appointment|appointee|candidate|case)
    (?:hired|job|appointed|role|promoted|recruited|there|here|place|into medicine)~5 (?:to tick|\
        because of (?:the )?quotas?|(?:for|because of) being (?:brown|black|asian)|because of diversity|tick\w* (?:a|\
        the) (?:\w+ )?box)
    treat\w* (?:<victim>|we|them) (?:like|as) ?~3 (?:slaves?|servants?|second class|foreigners?|criminals?|animals?|\
        dogs?|subhuman)
    second class citizens?|like (?:a )?slaves?$|treat\w*~3 (?:nurse|nurses|us|we) like dogs?
""",
    peoples=PEOPLES,
    victim=VICTIM,
    places=PLACES,
    who=group("im|i am|i|shes|hes|she|he|we|were|they|you|youre"),
    worn=group("hijab|headscarf|head scarf|turban|niqab|veil|patka|kippah"),
    servant=group(r"""
    cleaners?|cleaning|porter|domestic|hca|healthcare assistant|health care assistant|tea lady|housekeep\w*
    interpreter|caterer|help|waiter
    taxi driver|security|student|carer|waitress|nurse
"""),
)
MOCKERY = phrases(
    r"""
    <mocks>~6 (?:accents?|(?:the )?(?:way|how) <who> (?:talk|speak|sound|pronounce|say)\w*|<whose> <own>|indian food)
    correct\w* (?:my|her|his|our) (?:accent|english|pronunciation)
    (?:my|her|his|our) english (?:isnt|is not|is (?:bad|poor|broken|terrible)|wasnt)
    (?:cant|cannot|dont|pretend\w* not to|couldnt) understand (?:my|her|his|our) (?:accent|english)
    (?:food|lunch|i|we|she|he|us) (?:\w+ )?(?:stinks?|smells?|reeks?)
    (?:speak|talk|spoke)\w*~2 (?:me|us|her|him)(?! through)~3 (?:slowly|as if~3 (?:understand|speak))
    smell\w* (?:of|like) (?:curry|garlic|spices?)|stink\w* of
""",
    who="(?:i|she|he|we|they|you)",
    whose="(?:my|her|his|our|their)",
    mocks=group(r"""
    mock\w*|mimic\w*|imitat\w*|laugh\w*|giggl\w*|snigger\w*|ma(?:de|ke|kes|king) fun
    (?:tak\w+|took) the (?:mick|mickey|piss)|teas(?:e|es|ed|ing)
    ridicul\w*|jok\w+|parrot\w*|put\w* on|sneer\w*|complain\w*|pick\w* on|on about|cop(?:y|ies|ying)|comment\w*
    remark\w*|insult\w*|critici[sz]\w*
"""),
    own=group(r"""
    english|names?|surname|pronunciation|food|lunch|hijab|headscarf|head scarf|turban|skin|culture|clothes|dress|hair
    afro|braids|religion
    prayers?|praying|country|spices|smell|language|complexion|accents?
"""),
)
LANGUAGE_BAN = phrases(
    r"""
    (?:told|tells?|telling|asked|sa(?:id|ys)|shout\w*|warned|order\w*|instruct\w*)~5 (?:speak|\
        talk)(?:ing)? (?:\w+ )?english
    learn (?:\w+ )?english
    (?:not to|to stop|stop|not allowed to|cant|banned from|dont|instead of) (?:speak|talk|\
        convers)\w*~4 (?:own language|our language|my language|their language|mother tongue|<tongue>)
""",
    tongue=group(r"""
    tagalog|urdu|punjabi|hindi|malayalam|yoruba|polish|arabic|igbo|twi|tamil|bengali|gujarati|somali|shona|romanian
    portuguese|cantonese|mandarin
"""),
)
REFUSAL = phrases(
    r"""
    <patient>~5 <refuses>~6 (?:by me|let (?:me|us)|me to|see me|have me|me touch\w*|my hand|touch me|instead of me|\
        near (?:me|them|her|him)|from me|us to)
    <patient>~5 <refuses>~6 (?:that |a |an |any |our |the |no )?(?:<peoples>~1 <staff>|<peoples>$)
    <patient>~6 <asks>~6 <whites>|(?:get|send) me (?:a |an )<whites>
    anyone (?:but|except|other than) (?:a |an |the )?<peoples>
""",
    peoples=PEOPLES,
    staff=STAFF,
    patient=group(r"""
    patients?|relatives?|famil(?:y|ies)|visitors?|residents?|clients?|service users?|lad(?:y|ies)|gentleman|m[ae]n
    wom[ae]n|he|she|they|someone
    somebody|people|mother|father|son|daughter|mum|dad|husband|wife|customers?|callers?|parents?|pensioner|guy|bloke
    couple|public|girl|boss
    hca|colleagues?|nurses?
"""),
    refuses=group(r"""
    refus\w*|reject\w*|declin\w*|object\w*|avoid\w*
    (?:wont|will not|wouldnt|would not|dont|do not|doesnt|does not|didnt|did not)(?: \w+){0,2}? (?:want\w*|let|like|\
        accept|allow|speak to|talk to|be|have|trust)
"""),
    asks=group(r"asked|asks|ask|asking|demand\w*|insist\w*|prefer\w*|wants?|wanted|request\w*|rather|only|keeps?"),
    whites=group(
        r"""
    (?:white|english|british|local|proper|real|normal|indigenous|more english) (?:looking )?(?:<staff>|one)
    (?:someone|somebody|anyone)~2 (?:white|english|british|local|who speaks)
    <staff> who~3 (?:white|english|british|proper|not (?:black|foreign|asian|brown))
""",
        staff=STAFF,
    ),
)
RACIST_SAYING = phrases(
    r"""
    (?:all )?(?:<plural>|<peoples>|you lot|you people|your (?:lot|kind|sort|people)|those people|these people|\
        people like (?:me|you|us))~4 <unfit>
    <slur>|<insulted>|<hatred>|<go_home>|<slur_named>(?! (?:means?|ok|okay|allowed))|chinese virus|kung flu
    sign(?:ed)? up to work with|(?:work|deal|put up|sit|talk|live|cope|bother)\w*~1 with people like (?:you|me|us)
    people like (?:you|me|us|her|him)~1 (?:should|shouldnt|cant|dont|arent|are|never)
    one of (?:them|those) (?:boat|foreign|black|asian)\w*
    (?:come|came|comes|over|here|off|arrived)~2 (?:on |in |off )(?:a|the) (?:small )?(?:boats?|dinghy|banana boat|\
        back of a lorry)
    boat people|mud hut|electricity in (?:africa|<places>)
    (?:look|looks|really|properly|truly|actually) (?:british|english enough|welsh|like a (?:real )?(?:doctor|nurse|\
        consultant|surgeon))
    more english|proper (?:doctor|english)|(?:tak|steal)\w* our jobs
    (?:dont|do not|didnt|doesnt) want (?:your|their|my|our) (?:sort|kind|lot)|(?:your|my|our) (?:sort|kind)(?= |$)
""",
    plural=PLURAL,
    peoples=PEOPLES,
    unfit=UNFIT,
    slur=SLUR,
    insulted=INSULTED,
    hatred=HATRED,
    go_home=GO_HOME,
    slur_named=SLUR_NAMED,
    places=PLACES,
)
SAID = phrases(
    "<speech>|(?:i|we|she|he) should|wants|wanted|(?:didnt|doesnt|dont) want|why dont (?:i|we|she|he)", speech=SPEECH
)
TOLD_OF = phrases("<speech>", speech=SPEECH)
TO_SOMEBODY = phrases(r"<victim>|<speech>~3 <victim>|at (?:me|us|her|him)", victim=VICTIM, speech=SPEECH)
SENT_HOME = phrases(r"<speech>~6 <home>|<home>~3 (?:on|locker|sign|note|written)", speech=SPEECH, home=HOME)
BY_WHOM = phrases(
    r"""
    by an?|patients?|relative|visitor|country|back home|kind|sort|belong|flag|locker|riots?|immigr\w+|racis\w+
    <peoples>|<plural>
""",
    peoples=PEOPLES,
    plural=PLURAL,
)
ASIDE = phrases(
    r"""
    (?:jok\w+|laugh\w*|comments?|remarks?|rant\w*|moan\w*|slagging|going on|bitching|\
        sneering) (?:\w+ )?about (?:the )?(?:<plural>|(?:me|us|her|him) being|my being|terrorists?|hitler)
""",
    plural=PLURAL,
)
