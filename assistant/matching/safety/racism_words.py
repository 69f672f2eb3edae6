"""The words that racism is told in: who is meant, what is said and done, who says it.

Slurs stand here to be recognised, spelled and masked. None is ever repeated in a reply.
"""

from assistant.matching.safety.phrases import group

PLACES = group(r"""
    africa|india|pakistan|bangladesh|china|nigeria|ghana|kenya|somalia|zimbabwe|jamaica|the caribbean|asia
    (?:the )?philippines
    manila|poland|romania|bongo ?bongo land|arabia|iraq|iran|syria|afghanistan|turkey|uganda|sudan|mumbai|delhi|kerala
    lagos|wuhan
""")
# How people are described, in the terms that members use themselves.
PEOPLES = group(r"""
    blacks?|asian|african|caribbean|west indian|indian|pakistani|bangladeshi|bengali|chinese|filipin[oa]|nigerian
    ghanaian|kenyan
    somali|sudanese|eritrean|ethiopian|ugandan|zimbabwean|jamaican|arab|muslim|sikh|hindu|jewish|brown|gypsy|traveller
    roma
    romanian|polish|bulgarian|albanian|irish|east(?:ern)? european|foreign|foreigner|immigrant|migrant|overseas
    dark ?skinned
    internationally (?:recruited|educated|trained)|international (?=nurse|doctor|staff|midwi|colleague|medical)
    mixed race
    mixed heritage|coloured|non white|not white|tamil|sri lankan|nepal(?:i|ese)|thai|vietnamese|korean|japanese
    kurdish|turkish
    iranian|iraqi|afghan|syrian|egyptian|malaysian|(?:south|east) asian|brazilian|portuguese|keralan|malayali|punjabi
    gambian
    congolese|cameroonian|sierra leonean|zambian|south african|global majority|ethnic minority|minority ethnic|bme
    bame
    (?:person|people|wom[ae]n|m[ae]n|staff|nurse) of colou?r|hispanic|latin[oax]
""")
PLURAL = group(
    r"""
    blacks|browns|asians|indians|pakistanis|muslims|jews|africans|gypsies|travellers|immigrants|migrants|foreigners
    refugees
    arabs|romanians|nigerians|filipin[oa]s|somalis|coloureds|bengalis|chinese|poles|albanians|caribbeans|sikhs|hindus
    illegals
    asylum seekers|boat people|<sort> (?:people|women|men|folks?|nurses|doctors|staff|ones|patients|lot|guys|girls)
""",
    sort=group("black|asian|brown|african|indian|muslim|foreign|coloured|overseas|chinese|filipino|nigerian|jewish"),
)
SLUR = group(r"""
    n[i*]g+(?:er|a|ah|uh|r)s?|n\*+(?:g+)?(?:er|a|r)?s?|nig ?nogs?|pak[iy]s?|p[a*]\*?k[i*]s?|p\*+(?:ki|i)s?|wogs?
    w\*gs?
    ching ?chong|chink(?:y|ies|s)?(?! in)|ch\*+k?y?|coons?|c\*\*ns?|gooks?|gol+[iy]wogs?|rag ?head\w*|towel ?heads?
    sand n\S*
    dark(?:ie|y|ies)|sambos?|jungle bunn(?:y|ies)|kaffirs?|kikes?|yids?|pikeys?|gypp?os?|coolies?|curry ?munchers?
    porch monkeys?
    spear ?chuckers?|half ?breeds?|slit ?eye[ds]?|camel ?jockeys?|wetbacks?|zipper ?heads?|muzz(?:ie|y|ies)|muzrats?
    jew ?boys?
""")
SLUR_NAMED = group(r"(?:n|p|w) (?:word|bomb)|racial (?:slurs?|epithets?|names?|insults?)|ethnic slurs?")
INSULTED = group(r"""
    black (?:b\*+\w*|bitch\w*|bastards?|cows?|cunts?|c\*+\w*|pigs?|whore|monkeys?)
    (?:dirty|filthy|smelly|stinking|bloody|fucking|f\*+\w*) (?:black|brown|asian|indian|muslim|foreign|immigrant|\
        jew|arab|african|pole)\w*
""")
HATRED = group("white power|heil hitler|sieg heil|white lives matter")
# What a person is called, or likened to. Harmless alone, so these count only after a word such as "called me".
LABEL = group(
    r"""
    <slur>|<slur_named>|<insulted>|monkeys?(?! ?pox)|apes?|gorillas?|chimp\w*|baboons?|animals?|savages?|slaves?|boy
    terrorists?|bombers?
    suicide bomber|taliban|isis|jihadis?|bin laden|osama|immigrants?|illegals?|illegal immigrants?|migrants?
    foreigners?|refugee
    asylum seekers?|alien|brownie|black(?:ie|y)|brown ?skin|chocolate\w*|coconut|bounty|oreo|half ?caste|mongrel
    oriental|china ?man
    ling ling|ninja|poppadom|gandhi|mowgli|aladdin|apu|bud bud|gyps(?:y|ies)|uncle tom|mammy|kunta kinte|the help
    exotic|ghetto
    noodle\w*|kung flu|corona\w*|covid|chinese virus|letter ?box|rats?|vermin|cockroach\w*|diversity(?: hires?)?
    tokens?|quota hire
    angry black (?:woman|man)|(?:racist |all sorts of |horrible |nasty |awful )names
    names (?:because|every|all|like|at work)|nazi
    dirty|smelly|filthy|you people|you lot|those people|fresh(?:y|ie)|fob|aggressive|intimidating|thie(?:f|ves)
    criminals?|<peoples>
""",
    slur=SLUR,
    slur_named=SLUR_NAMED,
    insulted=INSULTED,
    peoples=PEOPLES,
)
GO_HOME = group(
    r"""
    <leave> (?:<whom> )*(?:back )?(?:home )?(?:to )?(?:my|your|his|her|their|our|ur|\
        the)(?: own)? (?:own )?(?:\w+ )?<land>
    <leave> (?:<whom> )*(?:back )?(?:home )?(?:to )?wh?ere(?:ver)? (?:the \w+ )?<one>(?: \w+)? ?(?:came|comes?|\
        belongs?|are|is|was|from|were)
    <leave> (?:<whom> )*back (?:home )?(?:to )?<places>
    (?:told|tells?|should) (?:\w+ )?(?:to )?go (?:back )?(?:to )?<places>
""",
    places=PLACES,
    whom=group("you|her|him|them|us|me|all|straight|the hell|right|em"),
    one=group("i|you|she|he|we|they|u|ya|im|youre|theyre|shes|hes"),
    leave=r"(?<!want to )(?<!wants to )(?<!wanted to )(?<!like to )"
    + group(r"""
    go|goes|going|went|get|gets|send|sent|sending|f\S* off|piss off|sod off|bugger off|crawl|swim
"""),
    land=group("countr(?:y|ies)|homeland|village|jungle|yard|boat|continent|island|mud hut|hut|trees?|dinghy"),
)
HOME = group(r"""
    go (?:back )?home|send (?:\w+ )?(?:home|back)|sent (?:home|back)
    get out of (?:our|this|my|the) (?:country|hospital)
    dont belong (?:here|in this country)|not welcome here
""")
# Said of a whole people, these are racist remarks.
UNFIT = group(r"""
    lazy|stupid|dirty|smell\w*|stink\w*|thick|aggressive|all the same|liars?|criminals?|thie(?:f|ves)|terrorists?
    inferior|breed\w*
    not (?:as|very) (?:clever|bright|intelligent)|trusted|too sensitive|less intelligent|violent|slow|uncivili[sz]ed
    backwards?
    tak(?:e|ing) (?:our|all|over)|ruin\w*|destroy\w*|steal\w*|scroung\w*|scum|animals?|savages?|incompetent|dangerous
    cliquey|loud
    shouldnt be (?:here|allowed)|should (?:all )?(?:go|be (?:deported|sent|banned|shot)|leave)
    dont (?:belong|wash|integrate|feel pain)
    cant (?:speak|be trusted|drive|lead|manage|do the job)|make bad|only good for|corrupt|cheats?|vermin|parasites?
    rapists?
    (?:more|higher|less) pain|exaggerat\w*|drug dealers|spread|disgust\w*|hopeless|useless|rude|drama\w*
    overreact\w*|(?:always|keep) complain\w*|complaining
    always late
    come over here|not welcome|dont want to work|sponging|on benefits|their place
""")
# Words for telling what somebody said, wrote or did. A slur beside one of them is reported, not meant.
SPEECH = group(r"""
    call(?:ed|s|ing)?|sa(?:id|ys|ying|y)|told|tells?|telling|shout\w*|scream\w*|yell\w*|wrote|writes|written|writing
    scrawl\w*
    spray\w*|graffiti\w*|daub\w*|text(?:ed|s)?|post(?:ed|s|ing)?|sent|mutter\w*|whisper\w*|heard|hears?|overhear\w*
    us(?:ed|es|ing)
    hurl\w*|refers?|referred|nicknam\w*|jok(?:ed|es|ing|e)|mock\w*|laugh\w*|chant\w*|quot\w+|painted|carved|sticker
    signs?|note|letter
    whats ?app|meme\w*|locker|slurs?|(?<!n )(?<!p )(?<!w )word|asked|asks|asking|repl(?:y|ied)|commented|comments?
    remark\w*|suggest\w*
    snapped|spat
    thr[eo]w\w*|describe[ds]|label\w*|sang|singing|drop(?:ped|s)|insult\w*|abus\w+|goes|hiss\w*|accus\w*|tweet\w*
    email\w*|keeps|saw|seen
    keyed|found|scratched|banter|stuck|drew|drawn|overheard
""")
STAFF = group(r"""
    colleagues?|nurses?|doctors?|staff|friends?|managers?|sister|porters?|midwi(?:fe|ves)|team|students?|carers?
    registrar|consultants?
    wife|husband|mum|mother|dad|father|son|daughter|brother|kids?|pharmacists?|physios?|hcas?|receptionists?
    paramedics?|guard
    cleaners?|trainees?|partner|nephew|niece|mate|interpreter|therapist|domestics?|bosse?s?|supervisor|matron
    surgeons?|gp|anaesthetist
    radiographers?|family|baby|neighbours?|assistant|director|mentor|junior|one|woman|man|lady|girl|guy|lad|boy|people
    face|child|anyone
""")
VICTIM = group(
    r"""
    me|us|her|him|them|my \w+|our \w+|(?:my|our|a|the|an|another|this|one of (?:my|our|the))~2 <staff>
""",
    staff=STAFF,
)
RACISM = (
    r"(?<!anti )(?<!non )"
    + group(r"""
    racis[tm]s?|racially
    racial (?:abuse|harassment|discrimination|bullying|hatred|profiling|prejudice|bias|comments?|remarks?|jokes?)
    race (?:hate|discrimination|hatred)|discriminat\w+|micro ?agg?ress?\w*|islamophob\w*|anti ?semit\w*|xenophob\w*
    bigot\w*|slurs?
    prejudice[ds]?|hate crimes?|racial (?:slurs?|insults?|stereotyp\w+|epithets?)
""")
    + r"(?! "
    + group(r"""
    report|strateg\w+|training|work|resources?|guide|guidance|programmes?|offers?|polic\w+|plan|toolkit|agenda
    questions?|stuff
    action plan|course|workshop|pledge|charter|framework|data|in the strategy|webinar|seminar|(?:as|is) a public
    on (?:the|our) agenda
    event|lead|steering|research|materials?|network|project|is a|concerns
""")
    + ")"
)
MARK = group(r"""
    race|skin|skin ?tone|colou?r of (?:my|her|his|our|their)|complexion|ethnicity|accents?|nationality|heritage
    religion|hijab
    headscarf|head scarf|turban|niqab|kippah|afro|dread\w*|braids|locs|natural hair
    (?:foreign|african|asian|muslim|indian|arabic)\w* (?:\w+ )?name
    (?:ethnic |cultural )?background|origins?|roots|country of birth|mother tongue
    where (?:i|she|he|we|they|im|shes|hes) (?:\w+ )?from
    (?:my|her|his|our|their) colou?r
""")
# Why somebody was singled out, when the sentence itself says "because of".
OWN = group(r"(?:my|her|his|our|their) (?:hair|(?:sur)?name|english|culture|faith|passport|visa)")
