"""Words of danger to a life: one's own, somebody else's, now or planned. Figures of speech are left out."""

from assistant.matching.safety.rules import gap, pattern

SELF = (
    r"(?:my ?sel[fv]e?|mysefl|me ?self|him ?self|his ?self|her ?self|them ?sel(?:f|ves)|themselfs|ourselves|"
    r"one ?self)"
)
SUICIDE = (
    r"(?:suic[iy]?d\w*|suicude|su[ie]?s[iy]d[ea]\w*|suis[iy]d\w*|suc[iy]+d\w*|suac[iy]d\w*|sucic[iy]d\w*|siuc[iy]d\w*|"
    r"sueic\w*|suciude|sewer ?slide)"
)
WEAPON = (
    r"(?:knife|knives|gun|firearm|shotgun|pistol|rifle|machete|weapon|axe|sword|bomb|grenade|explosives?|blade|"
    r"scalpel|baseball bat|acid)(?! (?:crime|violence|injur\w+|wounds?|amnesty|control|reflux|surgery|carrying))"
)
PILLS = r"(?:pills?|tablets?|meds|medication|medicines?|paracetamol|ibuprofen|insulin|sleepers|antidepressants|morphine|bleach)"
LIVES = r"(?:here|alive|around|living|existing|on this (?:earth|planet)|in this world|part of this world)"
MORE = r"(?: any ?more| any ?longer| much longer| no more| like this)"
END = r"(?= please| help| and\b| because| cos\b| but| so\b| i\b| im\b| its\b| it\b| my\b| life| with (?:life|living|it all|everything)|$)"
NOBODY = r"(?:nobody|no ?one|anyone|anybody|any ?one|who|they|everyone|everybody)"
THEM = (
    r"(?:him|her|them|me|us|someone|somebody|some ?one|everyone|everybody|people|one of (?:them|us)|"
    r"(?:my|our|his|her|their|the|that|this|a)(?: own)?(?: [^ ]++)?"
    r" (?:manager|boss|sister|matron|consultant|colleagues?|team|staff|wife|husband|partner|ex|mum|mother|dad|father|"
    r"parents|kids?|child|children|baby|family|brother|neighbour|patients?|doctor|nurses?|supervisor|man|woman|"
    r"guy|friend|girlfriend|boyfriend|chief exec\w*))"
)
PERSON = (
    r"(?:he|hes|hell|she|shes|shell|they|theyre|theyve|theyll|someone|somebody|some ?one|man|woman|men|person|"
    r"patient|visitor|relative|guy|bloke|lad|boy|girl|youth|intruder|colleague|friend|husband|wife|partner|"
    r"boyfriend|girlfriend|ex|dad|father|stepdad|mum|mother|son|daughter|brother|sister|neighbour|manager|nurse|doctor)"
)

# What stands here is met with care whatever surrounds it.
EXPLICIT = pattern(
    rf"(?:kil+(?:ing|ed|s)?|murder(?:ing|ed)?|hang(?:ing|ed)?|hung|harm(?:ing|ed|s)?|injur(?:e|ing)|cut(?:ting|s)?"
    rf"|shoot(?:ing)?|shot|stab(?:bing|bed)?|drown(?:ing|ed)?|poison(?:ing|ed)?|strangl(?:e|ing)|suffocat(?:e|ing)"
    rf"|starv(?:e|ing)|electrocut(?:e|ing)|unaliv(?:e|ing)|hurt(?:ing|s)?|end(?:ing)?) {SELF}"
    rf"(?! (?:off|in the foot|laughing|with laughter|over|trying|with work|working|lifting|moving|falling|short|some)"
    rf"| to (?:get|meet|finish|deliver|hit|make))",
    rf"(?:want\w*|wanna|gon+a|going|going to|might|will|ill|tried|trying|about|neck|neck\w*|(?<!the )top|topping)(?: to)?"
    rf" (?:off|top|neck|offing|do) {SELF}(?: in)?",
    rf"(?:top|topping|necking) {SELF}",
    rf"(?:do|did|doing|done) (?:away with )?{SELF} in|done? away with {SELF}|shoot {SELF}",
    r"(?:ways?|how|want|wants|wanted|told \w+|easy|easiest) to (?:kill|hang|harm|hurt) (?:your|my|one) ?sel[fv]e?",
    r"(?:told|tells?|telling|tell|asked) (?:me|him|her|them) (?:to )?(?:go )?(?:and )?kill (?:your|my|him|her|them) ?sel(?:f|ves)",
    rf"(?:committ?(?:ing|ed|s)?|attempt(?:ing|ed|s)?|consider(?:ing|ed|s)?|contemplat(?:e|ing|ed|es)|threaten(?:ing|ed|s)?"
    rf"|tried|try|trying|planning|plan|plans|planned|drove \w+ to|driven to|point of|verge of|brink of|thinking (?:about|of)"
    rf"|think (?:about|of)|thoughts? (?:about|of)|considers|tempted by|close to|way out is|by) (?:the |a )?{SUICIDE}"
    rf"(?! (?:prevent\w+|awareness|polic\w+|strateg\w+|training|programmes?|rates?))",
    rf"(?:i|im|ive|am|is|are|was|were|hes|shes|theyre|feel|feeling|feels|felt|been|being|become|becoming|getting|got|gone|go|"
    rf"be|so|very|really|actively|currently|having|have|had|has|quite|bit|constant|daily|these) {SUICIDE[:-1]}|suicid[ae]l)"
    rf"(?! (?:prevent\w+|awareness|polic\w+|strateg\w+|training|programmes?|rates?|patients?|lead|risk|first|statist\w+|data"
    rf"|network|and self|ideation (?:rates|data|among)|workstream|stats|figures|research|report|course|staff))",
    rf"{SUICIDE} (?:note|letter|attempt|pact)(?! (?:data|rates?|statist\w+|figures|prevent\w+))",
    r"(?:end|ending|ended|take|taking|took|taken|finish|finishing|ned)(?: it| things)?(?: all)? (?:my|her|his|their|your)"
    r"(?: own)? (?:li(?:fe|ves|ef)|exist[ea]nce)",
    r"(?:my|this|her|his|their) (?:whole )?life (?:to (?:end|be over|stop|finish)|is over|needs to end|isnt worth|is not worth"
    r"|is worthless|is pointless|has no (?:meaning|point|purpose|value))",
    r"en(?:d|ding|ded) it all|end(?:ing)? things (?:tonight|today|now|soon|for good|once and for all|tomorrow|myself)",
    r"(?:want\w*|wanna|going to|gon+a|ready to|about to|plan\w* to|decided to|rather|need to|like to|thinking of|time to"
    r"|might(?: just)?|just|going) (?:just )?en(?:d|ding) (?:it|things)(?= now| today| tonight| soon| all| once| for good|$)",
    r"(?:want\w*|wanna|wish\w*|need\w*|make|making|for)(?: \w+)? (?:all|everything|the pain|the hurt|this pain|my pain|it all|this life|my life)"
    r"(?: just)? (?:to )?(?:just )?(?:end|stop|be over|go away|finish)(?= |$)",
    r"(?:want|wants|wanted|wanting|wana|wanna|wish|wishes|wishing|like|love|prefer|rather|ready|hope|hoping|need|"
    r"decided|deserve|deserves|trying|tried|going|gon+a|plan|planning)(?: just)?(?: to| i could| i would| that i)? (?:just |be better )*"
    r"(?:die|be dead)(?! (?:of|than|out|off|down|hard|my)\b)",
    r"wish\w*(?: that)? (?:i|he|she|they|id|hed|shed|theyd)(?: \w+)? (?:was|were|been|am|wasnt|werent|not|never|hadnt|dead|gone|could|would|didnt|had)"
    r"(?: \w+)? ?(?:dead|gone|here|alive|born|die|died|disappear|exist|existed|vanish|wake|woken)",
    r"wish\w* (?:i|he|she|they|id) (?:was |were )?(?:dead|never born|died|wasnt here|wasnt alive|didnt exist|not alive|not here|gone)",
    r"better (?:off )?(?:being )?dead|better (?:off )?(?:with ?out|w o) (?:me|him|her|them|us)"
    r"|better (?:place )?(?:off )?(?:if|when|once) (?:i|im|id|he|hes|she|shes)(?: just)?(?: was| were| is| am| had)? ?(?:wasnt|werent|not|gone|dead|died|never|disappeared)",
    rf"(?:easier|better|best|happier|relieved)(?: for \w+)?(?: \w+)? if (?:i|he|she|they)(?: \w+)? (?:wasnt|werent|was not|were not|was gone|were gone|was dead|were dead|died|disappeared|not) ?(?:just )?{LIVES}?",
    rf"(?:if|when|once|that|whether)(?: i| im| id| he| she| ive)(?: \w+)? (?:wasnt|werent|were ?nt|was not|were not|am not|not) {LIVES}",
    rf"{NOBODY}{gap(2)} (?:miss|notice|care|cares|mourn|cry|bothered|realise|find)(?: me| him| her| us)?(?: \w+)? (?:if|when|whether|that) (?:i|im|id|ive|he|hes|she|shes)"
    rf"(?: just| was| were| had| is)? (?:die|died|dies|dead|gone|disappear\w*|vanish\w*|killed|live|lived|wasnt|werent|not|were|was)",
    r"(?:if|whether) (?:i|he|she) (?:live|lived|lives|survive) or (?:die|died|dies)|(?:care|matter) if (?:i|she|he) (?:die|dies|died|wake up|dont wake up)",
    rf"(?:dont|do ?nt|do not|didnt|doesnt|does not|doesn t|no longer|not|never|nolonger|cant|cannot|doesnt even|stopped) (?:\w+ ){{0,2}}"
    rf"(?:want\w*|wanna|wana|wish|see myself|feel like|like|deserve|bear)(?: \w+)?(?: to)? (?:be |being |keep |go on |carry on |continue |stay )*(?:{LIVES})"
    r"(?! (?:for|at|on|in|until|when|all day|long enough|early|because the)\b)(?= |$)",
    r"(?:dont|do not|didnt|doesnt|does not|no longer|not|never|nolonger) (?:\w+ ){0,2}(?:want\w*|wanna|wana|wish)(?: to)? "
    r"(?:live|exist|wake(?: up)?|carry on|go on|keep going|continue|go on living)"
    rf"(?={MORE}| with (?:this pain|myself|it|life|living|the pain)| living| in this world| at all| tomorrow| again| ever| without (?:him|her|them)| and| because| but| i\b|$)",
    r"(?:no|any|see|without|lost (?:the|my|all)|lose (?:the|my)|losing (?:the|my)|lost) (?:a |any )?(?:reason|purpose|will|desire|wish|strength|energy|point)(?: \w+)? (?:in |to |of |for )?(?:me )?"
    r"(?:to )?(?:live|living|life|go on|going on|carry on|carrying on|be here|being here|be alive|being alive|exist|existing|continue living|keep living|wake up)"
    r"(?! (?:with|trying|filling|waiting|reading|listening|working|sitting|doing)\b)",
    r"what(?:s| is)? (?:even )?(?:the |th )?point (?:of|in|to)? ?(?:me )?(?:living|life|going on|being here|being alive|carrying on|existing|my life|it all|any of it|trying any ?more|staying alive)"
    r"(?! (?:with|in|at|on|for)\b)",
    r"(?:nothing|nowt|little|no ?one)(?: left)?(?: here)? to live for|nothing left for me|reason to live|(?:not|isnt|aint|nt) worth (?:living|carrying on)|worth living"
    r"|life (?:isnt|is not|s not|aint|not) worth|(?:dont|cant|do not|cannot|no longer) see (?:a|any|my) (?:future|way forward|tomorrow) for (?:me|myself)"
    r"|(?:see|got|have|with) no future(?: for (?:me|myself))?(?=$| and| i )",
    r"(?:no|only|any|no other|easy) way out(?! of)",
    r"(?:tired|sick|weary|fed up|enough|done|finished|through|bored|exhausted) (?:of|with|by) (?:this |my |being )?(?:life|living|alive|existing|existence|here any ?more|trying to live)"
    r"(?! (?:on|in|as|at|with|abroad|here|cycle|sciences?)\b)",
    r"giv(?:e|ing|en) up on (?:life|living|myself)|given up (?:the will|wanting) to",
    r"(?:not|never|dont|wont|didnt|doesnt|to not|don t) (?:to )?wak(?:e|ing|en) (?:back )?up(?! (?:at|early|for|to|call)\b)|(?:never|not|dont) (?:want to )?wak(?:e|ing) again",
    r"sleep (?:for ?ever|and never|forever and|permanently)|(?:disappear|vanish|gone|go away|rest) (?:for ?ever|for good|permanently|completely from)|cease to exist|stop existing"
    r"|(?:want|wanted|wants|wish i could|wanna|like)(?: to)?(?: just)? (?:disappear|vanish|cease|not exist|be gone|be no more|fade away)(?= |$)",
    r"(?:i|im|ive|he|hes|she|shes|they|theyre|keep|keeps|always|constantly|about|cant stop) (?:\w+ )?(?:think|thinking|thought|thoughts|dream|dreaming|fantasi[sz]\w+|obsess\w*|talk|talks|talking|talked|speaks|jok\w+|hint\w*|imagin\w*|ideas|research\w*|google\w*)"
    r" (?:about|of|on|that) (?:\w+ )?(?:death|dying|die|ending (?:it|things|everything)|not being here|not waking|being dead|how to die|jumping|harming|overdos\w+|my funeral|my own funeral|going away for good)(?! (?:my|in on|through|rates|at work|onto)\b)",
    r"(?:thoughts?|ideas|plans?) of (?:ending|killing|harming|hurting|dying|death|jumping|overdos\w+)(?! (?:support|programme|the programme|membership|the contract))|dark thoughts|plan to die",
    r"(?:taken|took|take|taking|tak|had|having|on) an? (?:massive |big |small |accidental |huge |deliberate )?(?:overdose|od)(?! (?:policy|kit|pathway|training))|overdosed|(?:i|she|he|they|ill|might|will|to|me) overdose",
    rf"(?:taken|took|take|taking|tak|swallow\w*|had|ate|downed|necked) (?:all|too many|a load|loads|a lot|lots|a whole|the whole|a handful|handfuls|a bunch|a packet|packets|a box|boxes|the entire|way too many|\d+|a bottle|every|twenty|thirty|forty|fifty)"
    rf"{gap(4)} {PILLS}",
    rf"(?:stockpil\w+|hoard\w*|saving up|saved up|stored up|counting out|counted out|lining up|lined up|swallow\w*|collecting|collected)(?: [^ ]++){{0,4}}? {PILLS}",
    rf"{PILLS} (?:in front of me|ready|next to me|beside me|in my hands?|lined up|saved up|by the bed|by my bed)",
    rf"(?:too many|lots of|how many|how much|enough|these) {PILLS}{gap(5)} (?:die|kill|overdose|fatal|lethal|end|over with)",
    r"(?:how many|how much)(?: [^ ]++){1,4}? (?:to (?:die|overdose|kill|be fatal)|is (?:fatal|lethal)|are (?:fatal|lethal))",
    r"(?:got|have|bought|buying|found|tied|tying|get|has)(?: \w+)? (?:rope|noose|ligature)(?! (?:left|on my|on her|in my locker))",
    r"(?:painless|quick|quickest|easiest|best|easy|peaceful|surest) (?:way|method|means) (?:to (?:die|go|end (?:it|my|your))|of (?:dying|killing|ending))",
    r"(?:jump\w*|throw\w*|threw|chuck\w*|leap\w*|hurl\w*|fling\w*)(?: (?:my|him|her|them) ?sel(?:f|ves))? (?:off|from|in ?front of|under|out of|into)(?: \w+){0,3}"
    r" (?:bridge|roof|cliff|balcony|window|car park|train|tube|bus|lorry|traffic|ledge|tracks|building|river|sea|multi ?storey|truck|car)",
    r"(?:step\w*|walk\w*|go\w*|lie|lying|stand\w*)(?: out)? (?:in ?front of|under|out into|into)(?: \w+){0,2} (?:train|bus|lorry|traffic|tube|sea|river|truck|tracks|a car|moving car)",
    r"(?:driv\w*|crash\w*|steer\w*|swerv\w*|veer\w*)(?: \w+){0,4} (?:into (?:a|the|an)(?: oncoming)? (?:wall|tree|lorry|river|traffic|barrier|truck|bridge)|off (?:a|the)(?: \w+)? (?:road|bridge|cliff|edge))",
    r"(?:im|i am|ill|hes|shes|theyre|he is|she is|is|was|about|gon+a|i might|just)(?: \w+)? (?:going to |about to |gon+a |to |ready to |threatening to )?jump(?:ing)?(?= off\b| now| tonight|$)(?! off (?:the|this|a) call)",
    r"(?:im|i am|shes|she is|hes|he is|theyre|standing|stood|sat|sitting)(?: \w+)? (?:on|at|by|near) (?:the |a |top of |the top of )*(?:\w+ )?(?:bridge|roof|rooftop|ledge|cliff|railway line|railway tracks|train tracks|tracks|multi ?storey)",
    r"(?:standing|stood|im|sitting) (?:right )?(?:on|at) (?:the|a) edge(?= |$)(?! of (?!the (?:roof|platform|cliff|bridge)))",
    r"goodbye (?:letters?|notes?|messages?|texts?|emails?|video)|sa(?:id|y|ying) (?:my|her|his|their|our|final|last) (?:\w+ )?good ?byes?|(?:this is|its|texted \w+|one last|final|saying) (?:my )?(?:last )?good ?bye(?= \w+ (?:and|to|wont)| to everyone|$)"
    r"|texted \w+ good ?bye|good ?bye (?:for ?ever|world|everyone|everybody|cruel world)|last (?:letter|message|note) to my|(?:written|wrote|writing) (?:a |my )?(?:notes?|letters?) to my (?:family|kids|children|wife|husband|mum|parents)|put(?:ting)? my affairs in order",
    rf"wont (?:be|see|have to see)(?: \w+)? (?:alive|around|here|with us|on this earth|see (?:tomorrow|morning|christmas))(?:{MORE}| much| for (?:much )?long(?:er)?| tomorrow| after tonight| to see| by morning)?(?= and|$| i )"
    r"|wont (?:see|make it (?:to|through)) (?:tomorrow|the night|tonight|the morning|the week|christmas|another day)|(?:wont|not) (?:hear|see) (?:from )?(?:me|him|her) (?:ever )?again",
    r"(?:soon be|be) (?:gone|at peace|dead|out of (?:my|this) (?:pain|misery))(?: soon| by| tomorrow| tonight| for good|$)|no ?longer be a (?:burden|problem)|wont (?:have to worry about me|be a (?:burden|problem|bother))|ill (?:finally )?be at peace|put me out of my misery",
    r"(?:im|i am|feel like|feeling like|being|only|just|such|nothing but|feel|as|always) (?:just |only |such )?a (?:\w+ )?burden(?! of)|(?:he|she) is a burden",
    r"do something (?:really )?(?:stupid|silly|drastic|terrible|bad|awful|to (?:my|him|her) ?self|permanent)(?= |$)|(?:scared|afraid|frightened|worried) (?:of |about )?(?:what (?:i|he|she|they) (?:might|may|will|could)(?: go and)? do(?= |$)|myself)|dont trust myself"
    r"|(?:cant|cannot|not able to|unable to) keep (?:my|him|her|them) ?sel(?:f|ves) safe|(?:danger|risk|threat) to (?:my|him|her|them) ?sel(?:f|ves)|(?:not|shouldnt|cant|mustnt|dont want to) be (?:left )?(?:alone|on my own) (?:tonight|right now|with my)|keep myself safe|a danger to (?:others|other people)",
    r"(?:cut|cutting|slit|slitting|slash\w*|slic\w*) (?:my|his|her|their|the) (?:\w+ )?(?:wrists?|arms?|legs?|thighs?|throat|veins)|(?:started|been|begun|back to) cutting(?: again)?$",
    rf"\bkms\b|\bctb\b|unaliv\w+|catch the bus tonight|(?:self harm(?:s|ed|ing)?|harm(?:ing)? my ?self) (?:again|most|every|to cope|last|tonight|today|because|at home|at work)|(?:i|ive|im|she|shes|he|hes|been|is|has|started|keep|son|daughter|friend|colleague) (?:\w+ )?self harm(?:s|ed|ing)?(?! (?:polic\w+|prevent\w+|train\w+|lead|strateg\w+|programmes?|rates?|network|project|group))",
    r"want\w* (?:him|her|them|my (?:husband|manager|boss|wife|ex)|everyone|everybody) dead",
)

# A life in danger now, or somebody who means to harm somebody.
DANGER = pattern(
    rf"(?:{PERSON}|i|ive|im|ill|theres)(?: [^ ]++){{0,3}}? (?:has|have|got|had|with|holding|carr(?:y|ies|ying)|wav(?:es|ed|ing)|pulled|pull|pulls|pulling|brought|bring|brings|bringing|wielding|brandish\w*|armed with|drew|grabbed)(?: \w+){{0,2}} {WEAPON}",
    rf"(?:there is|theres|there are) (?:a|an|someone|somebody)(?: \w+){{0,3}} (?:{WEAPON}|gunman|shooter|attacker|intruder|fire in|fire on)|threaten\w*(?: [^ ]++){{0,3}}? with (?:a|an|his|her)(?: \w+)? {WEAPON}|bomb threat|(?:threw|throw\w*|thrown) acid|active shooter|building is on fire|house is on fire",
    r"(?:been|was|got|just|is|getting|being) (?:stabbed|knifed|gunned|strangled|choked|beaten up|raped|kidnapped)(?! in the back)|been shot(?! down)|being (?:beaten|held hostage|held against)",
    rf"(?<!dont )(?<!not )(?:want|wants|wanted|wanna|going|gon+a|about|plan|planning|plans|feel like|thinking|urge|urges|ready|threat\w*|ill|i will|hell|he will|shell|she will|theyll|they will|i might|he might|i could|im|voices? \w+|trying|tried|mean|tempted|thoughts|says|said)"
    rf"(?: \w+)?(?: to| of| about)? (?:kil+(?:ing)?|murder(?:ing)?|stab(?:bing)?|strangl(?:e|ing)|shoot(?:ing)?|knife|poison(?:ing)?|smother(?:ing)?|drown(?:ing)?|hurt(?:ing)?|harm(?:ing)?|attack(?:ing)?|batter(?:ing)?|rap(?:e|ing)) {THEM}"
    rf"(?! (?:an|a) (?:email|line|note|message)| feelings?| career| reputation| if{gap(4)} (?:miss|late|forget|fail|deadline|do not (?:send|get|finish)|dont (?:send|get|finish|submit|reply|do|have|hand|meet|bring|deliver))| when (?:she|he) (?:sees|finds|hears)| for (?:being late|forgetting|missing))",
    rf"threaten\w*(?: [^ ]++){{0,3}}? to (?:kill|hurt|stab|shoot|rape|burn|attack|beat|murder|harm|hit|set fire|smash|batter|come (?:to|round))|threaten\w* (?:my|her|his|our|their) (?:life|lives)|death threats?|threat(?:s|ened)? (?:to|on|against) (?:my|her|his|our|their) (?:life|lives)",
    rf"(?:trying|tried|tries|going|gon+a|about|attempting|says hell|said hell) (?:to )?(?:break (?:in|down|into)|set fire|burn (?:it|this|the|my|our|down)|blow (?:up|it up)|strangle|choke|suffocate|run (?:me|him|her|them) over)(?= |$)|hell (?:burn|kill|stab|shoot|hurt)(?= )",
    r"(?:husband|partner|boyfriend|girlfriend|wife|ex|dad|father|stepdad|step dad|step father|stepfather)(?: \w+){0,2} (?:beats?|beating|hits?|hitting|punch(?:es|ed|ing)|strangl\w+|chok(?:es|ed|ing)|rap(?:es|ed|ing)|attack(?:s|ed|ing)|hurts?|hurting|assault\w*|abus(?:es|ing|ed|ive)|violent|kicks?|kicking|controls) ?(?:to|towards)? ?(?:me|us|her|him|them|the kids|my kids|my mum|$)",
    rf"(?:he|hes|shes|she|theyre|they|someone|somebody|patient|man|husband|is|are) (?:is |are |s )?(?:beating|strangling|choking|punching|kicking|stabbing|attacking|raping|hurting|hitting|smothering) (?:{THEM})(?! (?:targets?|goals?))",
    r"(?:im|i am|we are|were|shes|she is|hes|he is|theyre|they are|my life is|lives? (?:is|are)|child(?:ren)? (?:is|are)|bab(?:y|ies) (?:is|are)|kids are|colleague is|friend is|family is|could be|might be|someone is|somebody is|staff are|feel)(?: \w+){0,2} in(?: \w+){0,2} danger"
    r"(?! of (?:losing|missing|becoming|being (?:left|cut|forgotten)|failing|closing|slipping))|fear(?:s|ing|ed)? for (?:my|her|his|our|their|my own) (?:own )?(?:life|lives|safety)|scared for (?:my|her|his|their) life|(?:not|dont feel|doesnt feel|dont feel very|isnt|isn t|am not|never) safe (?:at home|right now|tonight|here at home|in my own home|in my home|on my own|alone|with (?:him|her|myself|my husband|my partner))|unsafe at home"
    r"|(?:afraid|scared|frightened|terrified) to go home|(?:afraid|scared|frightened|terrified) (?:of|that)? ?(?:he|my (?:husband|partner|ex)|hes)(?: \w+)? (?:will|going to|might|ll) ?(?:kill|hurt|find|beat)?",
    r"(?:call|ring|rung|phone|dial|need|send|get|called|dialling|should i call)(?: \w+)? (?:999|ambulance|the police now|police now|the police immediately|the police please)(?! (?:trust|service|response|staff|handover))|(?:outside|into|in) (?:my|our|her) (?:house|home|flat|front door|door)(?: right now| now| with| and|$)(?<!in my home)(?<!in our home)|breaking in(?:to|$)|is following (?:me|her)|following me (?:home|now|right now)|(?:is|been) stalking me|help me (?:hes|he is|theyre|shes)",
    r"(?:is not|isnt|not|stopped|hardly|barely|hes not|shes not|cant) breath(?:ing|e)(?! (?:campaign|report|movement|poster|space|event|life))|(?:is|hes|shes|theyre|and|lying|found|knocked|gone|fallen|collapsed|him|her|patient) (?:now )?(?:unconscious|unresponsive)(?! (?:bias|racism|assumptions?))"
    r"|(?:bleeding (?:heavily|badly|out|a lot|to death|everywhere|profusely|from)|wont stop bleeding|cant stop the bleeding|losing (?:a lot of|too much) blood)|having an? (?:heart attack|stroke|seizure|cardiac arrest|fit)(?= |$)|(?:is|hes|shes|im) choking",
    rf"{PERSON}(?: has| have| just| is)* collapsed|(?:child|kid|kids|children|baby|daughter|son|boy|girl|toddler)(?: \w+){{0,3}} being (?:abused|beaten|hurt|hit|raped|starved|neglected|molested|groomed)|(?:someone|somebody|he|she|they|people|a patient|a man)(?: \w+){{0,2}} (?:is|are|going to|gon+a|will|s) (?:going to |about to )?(?:die|be killed|get killed|get hurt)(?: \w+)? ?(?:if|unless|soon|now|$)",
)

# The same in other languages that NHS staff speak, accents folded away.
OTHER_LANGUAGES = pattern(
    r"eisiau marw|lladd fy hun|hunan ?laddiad|ddim eisiau byw|diwedd(?:u)? fy mywyd",
    r"quiero (?:morir(?:me)?|matarme|suicidarme)|me quiero (?:morir|matar)|suicidarme|no quiero vivir",
    r"je veux (?:mourir|me tuer)|me suicider|envie de mourir|plus envie de vivre|me tuer",
    r"(?:chce|chcialbym|chcialabym) (?:sie zabic|umrzec)|zabic sie|samobojstwo|nie chce (?:juz )?zyc",
    r"vreau sa (?:mor|ma sinucid)|ma omor|sinucid\w*|nu mai vreau sa traiesc",
    r"quero (?:morrer|me matar)|me matar|nao quero (?:mais )?viver|voglio morire|uccidermi|ammazzarmi|ich will sterben|mich umbringen|selbstmord",
    r"(?:main |mai |mein )?(?:mar(?:na|ne) chaht[ai]|marna hai|jaan de d\w+)|khud ?kushi|khud ?khushi|aatma ?hatya|atma ?hatya|jeena nahi",
    r"gusto ko(?: nang| na)? (?:mamatay|magpakamatay)|magpakamatay|ayoko na(?:ng)? mabuhay|mo fe ku|achoro igwu onwe|intihar|kendimi oldur\w*",
)

# Suicide or self-harm as a subject of work: named together with one of these words, it is an ordinary question.
SUBJECT = pattern(
    r"prevent\w*|polic(?:y|ies)|programmes?|programs?|training|trained|courses?|aware\w*|rates?|statistics?|stats|data|figures|research|reports?"
    r"|strateg\w+|guidance|guidelines?|toolkits?|resources?|webinars?|postvention|alliance|conference|modules?|workshops?|e learning"
    r"|first aid\w*|reduc\w+|among|charit\w+|inquir\w+|review|assessments?|pathways?|evidence|numbers|trends|campaigns?|bereave\w*|workstreams?"
    r"|networks?|seminars?|events?|study|studies|support groups?|offers?|plan for|lead on|memorial|higher in|cluster|lessons|case stud\w+|world|zero|national|confidential enquiry"
)
MENTIONED = pattern(SUICIDE, r"self harm(?:s|ed|ing)?")

# Despair that may be about much less than a life; racism told in the same breath is answered as a disclosure.
DESPAIR = pattern(
    rf"(?:i|im|she|he|they|just|simply|really|you know i|we)(?: \w+)? (?:cant|cannot|can not|can ?t|couldnt|cudnt) (?:\w+ )?(?:go on|carry on|keep going|cope|bear (?:it|this|life)|face (?:it|another day|tomorrow|life|the day)|live|take (?:it|this|much more|any ?more|anything|life)|fight|hold on|stand it|survive|endure|do (?:this|it|life))(?:{MORE}| any| more| another day| living| with (?:myself|this pain))+{END}",
    rf"^(?:i |just |really |so )*(?:cant|cannot) (?:go on|carry on|cope|keep going|take it|do this){MORE}*{END}",
    rf"(?:i|he|she|they) (?:\w+ )?(?:cant|cannot|can not) (?:\w+ )?(?:go on|carry on|cope|keep going|bear it|face (?:another day|tomorrow|life)){MORE}*(?: living)?(?=$| please| and i| help| i\b)",
    r"(?:im|i am|ive been|been|shes|hes|he is|she is|feel like im)(?: \w+)? in (?:a|such a)(?: \w+){0,2} dark place|(?:hit|reached|at) rock bottom|end of my rope|all hope|no hope (?:left|for me|any ?more)|feel(?:ing)? (?:so |completely |totally |utterly )?(?:hopeless|worthless|like giving up|like nothing matters|so low|empty inside)"
    r"|nothing matters any ?more|(?:had|have) enough of (?:it all|everything|this world)|give up on everything|(?:want|need) (?:it|this|everything) (?:all )?to (?:end|be over|stop) ?(?:now|for good|for ?ever|$)|decided to go$|no (?:place|room) for me in this world|cant see a way (?:out|forward|through)|dont see (?:a|any) way out|screaming inside",
)


def speaks_of_crisis(sentence: str) -> bool:
    """True when the sentence speaks of risk to a life, plainly or in a common roundabout way."""
    if EXPLICIT.search(sentence) or DANGER.search(sentence) or OTHER_LANGUAGES.search(sentence):
        return True
    return bool(MENTIONED.search(sentence)) and not SUBJECT.search(sentence)


def speaks_of_despair(sentence: str) -> bool:
    """True for words that people near a crisis use, and others too."""
    return bool(DESPAIR.search(sentence))
