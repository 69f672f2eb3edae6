"""The words that racism is done in and told in: who is meant, what is said, who says it."""

from assistant.matching.safety.rules import pattern

PLACES = (
    r"(?:africa|india|pakistan|bangladesh|china|nigeria|ghana|kenya|somalia|zimbabwe|jamaica|the caribbean|asia|"
    r"the philippines|philippines|manila|poland|romania|bongo ?bongo land|arabia|iraq|iran|syria|afghanistan|turkey|"
    r"uganda|sudan|mumbai|delhi|kerala|lagos|wuhan)"
)
PEOPLES = (
    r"(?:black|asian|african|caribbean|west indian|indian|pakistani|bangladeshi|bengali|chinese|filipin[oa]|nigerian|"
    r"ghanaian|kenyan|somali|sudanese|eritrean|ethiopian|ugandan|zimbabwean|jamaican|arab|muslim|sikh|hindu|jewish|brown|"
    r"gypsy|traveller|roma|romanian|polish|bulgarian|albanian|irish|east(?:ern)? european|foreign|foreigner|immigrant|"
    r"migrant|overseas|international|internationally (?:recruited|educated|trained)|dark ?skinned|mixed race|"
    r"mixed heritage|coloured|non white|not white|tamil|sri lankan|nepal(?:i|ese)|thai|vietnamese|korean|japanese|"
    r"kurdish|turkish|iranian|iraqi|afghan|syrian|egyptian|malaysian|south asian|east asian|brazilian|portuguese|"
    r"keralan|malayali|punjabi|gambian|congolese|cameroonian|sierra leonean|zambian|south african|global majority|"
    r"bme|bame|ethnic minority|minority ethnic|black or asian|person of colou?r|people of colou?r|wom[ae]n of colou?r)"
)
PLURAL = (
    r"(?:blacks|browns|asians|indians|pakistanis|muslims|jews|africans|gypsies|travellers|immigrants|migrants|foreigners|"
    r"refugees|arabs|romanians|nigerians|filipinos|filipinas|somalis|coloureds|bengalis|chinese|poles|albanians|"
    r"caribbeans|sikhs|hindus|illegals|asylum seekers|"
    r"(?:black|asian|brown|african|indian|muslim|foreign|coloured|overseas|chinese|filipino|nigerian|jewish) "
    r"(?:people|women|men|folk|folks|nurses|doctors|staff|ones|patients|lot|guys|girls))"
)
# Slurs, spelled and masked. They are here to be recognised and are never repeated in a reply.
SLUR = (
    r"(?:n[i*]g+(?:er|a|ah|uh|r)s?|n\*+(?:g+)?(?:er|a|r)?s?|nig ?nogs?|pak[iy]s?|p[a*]\*?k[i*]s?|p\*+(?:ki|i)s?|wogs?|w\*gs?|"
    r"ching ?chong(?: ling long)?|chink(?:y|ies|s)?(?! in)|ch\*+k?y?|coons?|c\*\*ns?|gooks?|golliwogs?|gollywogs?|"
    r"raghead\w*|rag ?heads?|towel ?heads?|sand n\S*|dark(?:ie|y|ies)|sambos?|jungle bunn(?:y|ies)|spics?|kaffirs?|kikes?|"
    r"yids?|pikeys?|gypp?os?|coolies?|curry ?munchers?|porch monkeys?|spear ?chuckers?|half ?breeds?|slit ?eye[ds]?|"
    r"camel ?jockeys?|wetbacks?|zipper ?heads?|muzz(?:ie|y|ies)|muzrats?)"
)
SLUR_NAMED = r"(?:the )?(?:n|p|w) (?:word|bomb)|racial (?:slurs?|epithets?|names?|insults?)|ethnic slurs?"
# What a person is called, or likened to. Harmless alone, so they count only after a word such as "called me".
LABEL = (
    rf"(?:{SLUR}|{SLUR_NAMED}|racist names|monkeys?|apes?|gorillas?|chimp\w*|baboons?|animals?|savages?|slaves?|boy|"
    r"terrorists?|bombers?|suicide bomber|taliban|isis|jihadis?|bin laden|osama|immigrants?|illegals?|illegal immigrants?|"
    r"migrants?|foreigners?|refugee|asylum seekers?|alien|brownie|blackie|blacky|brown ?skin|chocolate\w*|coconut|bounty|oreo|"
    r"coloured|half ?caste|mongrel|oriental|chinaman|china ?man|ling ling|ninja|poppadom|gandhi|mowgli|aladdin|apu|bud bud|gyps(?:y|ies)|"
    r"uncle tom|mammy|kunta kinte|the help|exotic|ghetto|noodle\w*|kung flu|corona\w*|covid|chinese virus|letter ?box|"
    r"rats?|vermin|cockroach\w*|diversity hires?|tokens?|quota hire|angry black (?:woman|man)|(?:racist |all sorts of |horrible |nasty |awful |racial )names|names (?:because|every|all|like|at work)|dirty|smelly|filthy|you people|you lot|those people|"
    r"freshy|freshie|fob|nazi|jewboy|blacks?(?= (?:b\S+|c\S+|pig|monkey|thing|one|boy|girl|guy|lady|woman|man|nurse|doctor|so))|"
    r"(?:bloody|fucking|f\*\S*|stupid|lazy|dirty|little|the|some|another) " + PEOPLES + r"|aggressive|intimidating|scary|black|brown|"
    + PEOPLES[3:-1] + r" (?:b\*\S*|bitch|bastard|cow|cunt|pig|scum))"
)
BLACK_INSULT = r"black (?:b\*+\w*|bitch\w*|bastards?|cows?|cunts?|c\*+\w*|pigs?|whore|monkeys?)|(?:dirty|filthy|smelly|stinking|bloody|fucking|f\*+\w*) (?:black|brown|asian|indian|muslim|foreign|immigrant|jew|arab|african|foreigner|pole)\w*"

GO_HOME = (
    r"(?<!want to )(?<!wants to )(?<!wanted to )(?<!like to )(?:go|goes|going|went|get|gets|send|sent|sending|f\S* off|piss off|sod off|bugger off|crawl|swim|take yourself) "
    r"(?:(?:you|her|him|them|us|me|all|straight|the hell|right|them all|us all|em) )*(?:back )?(?:home )?(?:to )?"
    r"(?:(?:my|your|his|her|their|our|ur|ya|me|the)(?: own)? (?:own )?(?:fucking |bloody |f\S* )?(?:countr(?:y|ies)|home country|homeland|village|jungle|yard|boat|land|continent|island|mud hut|hut|tree|trees|dinghy)"
    rf"|wh?ere(?:ver)? (?:the \w+ )?(?:i|you|she|he|we|they|u|ya|im|youre|theyre|shes|hes)(?: \w+)? ?(?:came|come|comes|belong|belongs|are|is|was|from|were)(?: from)?|where(?:ver)? it is \w+ (?:came|come) from)"
)
GO_BACK = rf"(?<!to )(?:go|goes|going|get|send|sent|f\S* off|piss off) (?:(?:you|her|him|them|us|me|all) )*back (?:home )?(?:to )?{PLACES}|(?:told|tell|tells|should) (?:\w+ )?(?:to )?go (?:back )?(?:to )?{PLACES}"
HOME = r"go (?:back )?home|send (?:\w+ )?(?:home|back)|sent (?:home|back)|get out of (?:our|this|my|the) (?:country|hospital)|dont belong (?:here|in this country)|not welcome here"
WHITE_ONLY = r"(?:white|english|british|local|proper|real|normal|indigenous|caucasian)"
CLINICIAN = (
    r"(?:nurses?|doctors?|carers?|staff|hands?|midwi(?:fe|ves)|consultants?|surgeons?|hcas?|health visitors?|gps?|"
    r"physios?|therapists?|paramedics?|pharmacists?|receptionists?|healthcare assistants?|dentists?|one|ones|someone|"
    r"somebody|person|people|face|name|colleagues?|dr|phlebotomists?|care workers?|students?|radiographers?|porters?|interpreters?|"
    r"clinicians?|medics?|crew|girl|girls|man|woman|lady|guy)"
)
PATIENT = (
    r"(?:patients?|relatives?|famil(?:y|ies)|visitors?|residents?|clients?|service users?|lady|ladies|gentleman|man|woman|"
    r"he|she|they|someone|somebody|people|mother|father|son|daughter|mum|dad|husband|wife|customers?|callers?|parents?|"
    r"pensioner|guy|bloke|one|couple|carers?|theyve|some|old boy|public|mums|dads|girl|lad|child)"
)
# Words for telling what somebody said, wrote or did. A slur beside one of them is reported, not meant.
SPEECH = (
    r"(?:call(?:ed|s|ing)?|sa(?:id|ys|ying|y)|told|tells?|telling|shout\w*|scream\w*|yell\w*|wrote|writes|written|"
    r"writing|scrawl\w*|spray\w*|graffiti\w*|daub\w*|text(?:ed|s)?|post(?:ed|s|ing)?|sent|mutter\w*|whisper\w*|heard|hears?|"
    r"overhear\w*|overheard|us(?:ed|es|ing)|hurl\w*|referred|refers|refer|nicknam\w*|jok(?:ed|es|ing|e)|mock\w*|laugh\w*|chant\w*|"
    r"quot\w+|painted|carved|sticker|signs?|note|letter|whats ?app|meme\w*|locker|slurs?|word|asked|asks|asking|reply|replied|"
    r"commented|comments?|remark\w*|suggest\w*|snapped|spat|thr[eo]w\w*|described|describes|label\w*|sang|singing|drop(?:ped|s)|insult\w*|abus\w+|"
    r"goes|like|hiss\w*|accus\w*|tweet\w*|email\w*|emailed|started|keeps|saw|seen)"
)
VICTIM = (
    r"(?:me|us|her|him|them|at my|(?:my|our|a|the|one of (?:my|our|the)|another|this)(?: [^ ]++){0,2}? (?:colleagues?|nurses?|doctors?|staff|"
    r"friends?|managers?|sister|porters?|midwi(?:fe|ves)|team|students?|carers?|registrar|consultants?|wife|husband|mum|mother|dad|father|son|"
    r"daughter|brother|kids?|pharmacists?|physios?|hcas?|receptionists?|paramedics?|security guard|cleaners?|trainees?|partner|nephew|niece|mate|interpreter|therapist|domestics?))"
)
UNFIT = (
    r"(?:lazy|stupid|dirty|smell\w*|stink\w*|thick|aggressive|all the same|liars?|criminals?|thie(?:f|ves)|terrorists?|"
    r"not (?:as|very) (?:clever|bright|intelligent)|trusted|too sensitive|less intelligent|inferior|breed\w*|violent|slow|"
    r"uncivili[sz]ed|backwards?|taking (?:our|all|over)|tak(?:e|ing) over|ruin\w*|destroy\w*|steal\w*|scroung\w*|scum|animals?|savages?|incompetent|"
    r"dangerous|shouldnt be (?:here|allowed)|should (?:all )?(?:go|be deported|be sent|leave|be shot)|dont belong|cant (?:speak|be trusted|drive|lead|manage|do the job)|dont (?:wash|integrate|feel pain|make good)|"
    r"make bad|only good for|loud|corrupt|cheats?|vermin|parasites?|more pain|higher pain|less pain|rapists?|drug dealers|spread|disgust\w*|the problem|hopeless|useless|rude|drama|overreact\w*|always late)"
)
RACISM = (
    r"(?<!anti )(?<!non )(?:racis[tm]s?|racially|racial (?:abuse|harassment|discrimination|bullying|slurs?|hatred|profiling|prejudice|insults?|bias|attack|comments?|remarks?|jokes?|stereotyp\w+)"
    r"|race (?:hate|discrimination|hatred)|discriminat\w+|micro ?agg?ress?\w*|islamophob\w*|anti ?semit\w*|xenophob\w*|bigot\w*|prejudice[ds]?|hate crimes?|racial slurs?|slurs?)"
    r"(?! (?:report|strateg\w+|training|work|resources?|guide|guidance|programmes?|offers?|polic\w+|plan|toolkit|agenda|questions?|action plan|course|workshop|pledge|charter|framework|data|in the strategy|webinar|seminar|as a public|is a public|on (?:the|our) agenda|event|lead|steering|research|stuff from you|materials?|network|project))"
)
NO_REQUEST = r"you|your|yours|training|trained|strateg\w+|reports?|course|support|offers?|programmes?|network|polic\w+|article|webinar|talk|research|guid\w+|toolkit|tackl\w+|address\w*|data|anti|help|workshop|plan|resources?|how|what|work|project|campaign|asked|questions?|rid|away|involved|serious|better|good|challenged"

FIRST = pattern(r"i|im|ive|id|ill|me|my|mine|we|were|weve|us|our|myself")
