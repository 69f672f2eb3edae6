"""The words in which people speak of ending a life, their own or that of somebody dear."""

from assistant.matching.safety.phrases import group, phrases

SELF = group(r"""
    my ?sel[fv]?e?|mysefl|myslef|me ?self|him ?self|his ?self|her ?self|them ?sel(?:f|ves)|themselfs|ourselves
""")
SUICIDE = group(r"""
    suic[iy]?d\w*|suicude|su[ie]?s[iy]d[ea]\w*|suis[iy]d\w*|suc[iy]+d\w*|suac[iy]d\w*|sucic[iy]d\w*|siuc[iy]d\w*
    sueic\w*|suciude|sewer ?slide
""")
SOMEBODY = group(r"""
    i|im|ive|id|ill|me|my|he|hes|hed|she|shes|shed|they|theyre|theyd|him|her|someone|somebody|nobody|no ?one|everyone
    everybody|anyone|any ?body|people|world|family|kids|children|friend|colleague|son|daughter|brother|husband|wife
    everything
""")
PILLS = group(r"""
    pills?|tablets?|meds|medication|medicines?|paracetamol|ibuprofen|insulin|antidepressants|morphine|bleach|drugs
""")

HARM_TO_SELF = phrases(
    r"""
    <harm> <self>(?! (?:off|in the foot|laughing|over|trying|with work|with laughter|working|lifting|moving|falling|\
        short))
    (?:want\w*|wanna|gon+a|going|might|will|ill|tried|trying|about)(?: to)? (?:off|top|neck|do) <self>(?: in)?
    (?:topping|necking|offing|(?<!the )top) <self>
    (?:do|did|doing|done) <self> in|done? away with <self>|set(?:ting)? fire to <self>|violent to <self>
    (?:danger|risk|threat) to <self>|<self> (?:safe|harm\w*|injur\w*)|do something(?: \w+)? to <self>
    (?:told|tells?|telling|asked?) (?:me|him|her|them) (?:to )?(?:go (?:and )?)?kill (?:your|my|him|her|\
        them) ?sel(?:f|ves)
    (?:is it|would it be|does it|how long|what happens)~6 (?:kill|hang|harm) (?:your|one) ?self
    (?:ways?|how|quickest|easiest) to (?:kill|hang|harm|hurt) (?:your|one) ?self
    (?:<self> safe|safe with <self>|(?:dont|cant|not) trust <self>(?! to (?:speak|say|answer|present))|\
        scared of <self>)
    <end> (?:it |things )?(?:all )?(?:my|her|his|their|your|me)(?: own)? (?:li(?:fe|ves|ef)|exist[ea]nce)
    (?:cut|cutting|slit|slitting|slash\w*|slic\w*)(?: open)? (?:my|his|her|their) (?:\w+ )?<limb>
    (?:im|ive been|been|started|back to|hes been|shes been) cutting(?: again| at night)?$
    (?:i|ive|im|she|shes|he|hes|been|has|son|daughter|friend|colleague) (?:\w+ )?self harm(?:s|ed|ing)?<work>
    self harm(?:ing|ed)?(?: again| most| every| to cope| last| tonight| today| because)|self harming$
    (?<!\d )kms(?! (?:away|from|stand|per|means?)\b)|ctb|unaliv\w+
    ^(?:(?:just|really|i|so|still) )*(?:want\w*|wana|wanna|wish)(?: (?:to|i could|just|i was))* (?:die|be dead|\
        dead)(?= tbh| now| tonight| so bad| rn|$)
    ^(?:just )?let me die$
""",
    harm=group(r"""
    kil+(?:ing|ed|s|in)?|murder(?:ing|ed)?|hang(?:ing|ed)?|hung|harm(?:ing|ed|s)?|injur(?:e|ing)|cut(?:ting|s)?
    shoot(?:ing)?
    shot|stab(?:bing|bed)?|drown(?:ing|ed)?|poison(?:ing|ed)?|strangl(?:e|ing)|suffocat(?:e|ing)|starv(?:e|ing)
    unalive|hurt(?:ing|s)?|end(?:ing)?|electrocut(?:e|ing)|throw(?:ing)?|burn(?:ing)?(?= to death)
"""),
    end=group("end|ending|ended|take|taking|takin|tak|took|taken|finish|finishing|ned"),
    limb=group("wrists?|arms?|legs?|thighs?|throat|veins"),
    self=SELF,
    work=r"(?! (?:polic\w+|prevent\w+|train\w+|lead|strateg\w+|programmes?|rates?|network|project|group))",
)

SUICIDAL = phrases(
    r"""
    (?:committ?|attempt|consider|contemplat|threaten|plan)\w* (?:the )?<suicide><work>
    (?:tried|try|driven to|point of|verge of|brink of|close to|way out is|died by|think\w* (?:about|\
        of)) <suicide><work>
    (?:i|im|ive|am|is|are|was|were|hes|shes|theyre|feel\w*|felt|been|becoming|getting|so|very|really|\
        actively) suic?id[ae]l<work>
    (?:feel\w*|felt|im|being|i am)~2 <suicide><work>
    <suicide> (?:note|letter|attempt|pact|thoughts|tonight|today|now)<work>
""",
    suicide=SUICIDE,
    work=r"(?! "
    + group(r"""
    prevent\w+|aware\w+|polic\w+|strateg\w+|training|programmes?|rates?|patients?|lead|risk|first|statist\w+|data
    network|and self
    workstream|stats|figures|research|report|course
""")
    + ")",
)

# Wishing an end, near words of life and death.
WISH_TO_END = phrases(
    r"""
    <wish>~4 <death>
    better (?:off |place )?(?:with ?out|w o) (?:me|him|her|them|us)(?! (?:on|in(?! it)|at|having)\b)
    (?:better|happier|best)(?: off| of| place)?~2 <dead>|(?:happier|easier|relieved|better|best|simpler)~5 <gone>
    <nobody>~4 (?:miss|notice|care|cares|mourn|cry|bothered|find|matter)~5 <gone>
    <gone>~5 (?:miss|notice|cares?|mourn|cry|bothered|care less|shed a tear|better|easier|happier)
    (?:care|matter|matters|bothered|whether) (?:if|whether)?~2 (?:live|lived|alive|wake up)(?: or (?:die|dead|not)|$)
    (?:not|never|dont|wont|didnt) (?:to )?wak(?:e|ing) (?:back )?up<late>
    sleep (?:for ?ever|and (?:never|not))|(?:disappear|vanish|gone|go away) (?:for ?ever|for good)|cease to exist
    (?:want\w*|wish i could|wanna|like)(?: to)?(?: just)? (?:disappear|vanish|fade away|not exist|not be here|\
        be gone)(?= |$)
""",
    wish=group(r"""
    want|wants|wanted|wanting|wana|wanna|want it|wish(?! you)|wishes|wishing|wished|prefer|rather|ready
    hope(?! (?:you|your|u)\b)|hopes|hoping|deserve|deserves
    tempted|no longer|tired of|sick of|done with|fed up (?:of|with)|enough of|had it with|weary of|exhausted by
    give up on|giving up on|given up on|meaning|nothing|decided
    pretending|trying|tried|going|gon+a|plan|planning|about to|thinking (?:of|about)|think (?:of|about)
    thoughts? (?:of|about)
    talk\w* (?:about|of)|dream\w* (?:about|of)|imagin\w*|google\w*|ways?|how to|afraid of|obsess\w* with|hate|see
    cant face|cant bear|cant stand|scared (?:of|to)|forced to|never|refuse to
"""),
    death=group(r"""
    die(?! (?:out|off|down|hard|my|laughing|of (?:boredom|laughter|embarrassment|shame|hunger|heat|thirst)|than))
    be dead|dead(?! (?:end|line|in the|on my|horse|wood|set|body|link|lock|weight))|(?:my|his|her|own) death
    death(?= every| all the| constantly| a lot|$)|dying(?! (?:to|for|my|in on|out|matters)\b)
    go on living|living (?:like )?this way|keep (?:on )?living|carry on living|stay(?:ing)? alive|being alive
    be alive|be living
    living(?! (?:in|with|wage|standards?|near|at|on|abroad|conditions|proof|room|costs?|there|things|well|healthy|\
        longer|together|lab|arrangements|archive|document|black|outside|by)\b)
    (?:be|being) here(?= any ?more| any ?longer|$| tomorrow| at all)
    exist(?:ing|ence)?(?= any|$| at all| and| or| in this)|never been born|not (?:been )?born|hadnt been born
    wasnt born
    (?<!you )live(?= like this| any| in this world| with (?:this pain|myself|it)|$| for (?:any ?more|now)| no more| \
        another)
    (?:my |this |own |her |his |their )life(?! (?:easier|better|simpler|as|in|at|story|experiences?|sciences?|\
        insurance|outside|so much|and work|work|hard|difficult|hell|a misery|more|less|with)\b)
    to live for|suicid\w*|ending (?:my|it all|everything|things)|killing my ?self|jump(?= off|ing|$)|jumping|harming
    hurting|overdos\w+|not being here|not waking|wak(?:e|ing) up(?= tomorrow| again| any|$)
"""),
    dead=group(r"dead|if i (?:was|were|am|died|just)|gone$|never (?:been )?born|without me"),
    gone=group(r"""
    (?:if|when|once|that|whether)~1 (?:i|im|id|ive|he|hes|she|shes|they)~2 (?:die|died|dies|dead|gone|disappear\w*|\
        vanish\w*|killed)
    (?:if|when|once|whether)~1 (?:i|im|id|ive|he|hes|she|shes|they)~1 (?:wasnt|werent|was not|were not|not|\
        never)~1 (?:here|alive|around|born|existed|exist)
    (?:if|whether)~1 (?:i|im|he|she|hes|shes)~2 (?:live|alive|lived) or (?:die|dead|died|not)
"""),
    nobody=group("nobody|no ?one|anyone|any ?body|who|they|everyone|everybody|people|family|kids|you"),
    late=r"(?! (?:at|early|for|so|to|call|on)\b)",
)

END_IT = phrases(
    r"""
    (?:easier|better|happier|nicer|relief) to be dead|en(?:d|ding|ded) it all
    (?:thinking|thought|talk\w*|dream\w*|plan\w*|consider\w*) (?:about|of|on)? ?ending (?:it|things|everything)
    (?:want\w*|wanna|going|gon+a|ready|about|plan\w*|decided|rather|time|might)(?: to)?(?: just)? end (?:it|\
        things)<now>
    en(?:d|ding) (?:it|things) (?:tonight|today|now|soon|for good|once and for all|tomorrow)
    (?:want|wants|wanted|need|wish|make|for|wanna)(?: \w+)? (?:all|everything|the pain|the suffering|my suffering|\
        the hurt|this pain|my pain|it all|it)(?: just)? to<stop>
    (?:want\w*|wanna|going) to (?:just )?end everything
    make (?:the|this) pain (?:stop|end|go away)|(?:want|need) (?:to be )?out of this (?:life|world|pain)
""",
    now=r"(?= now| today| tonight| soon| all| once| for good| so| because| and|$)",
    stop=r" (?:just )?(?:end|stop|be over|go away|finish)(?= for ?ever| for good| now$| so| and|$)",
)

LIFE_NOT_WORTH_IT = phrases(
    r"""
    (?:no|any|see|without|lost|lose|losing|whats|what is|what|the)~1 (?:reason|purpose|will|desire|wish|strength|\
        energy|point)<in> <going>
    (?:dont|cant|cannot|not|no longer|do not|didnt|barely) (?:really )?see (?:a|any|the|my|much)? ?(?:point|\
        reason)(?: \w+)? <going>
    (?:not|isnt|aint|nt|hardly|barely) worth (?:living|carrying on)|worth living
    life (?:isnt|is not|s not|aint|not) worth
    life (?:has|have|got|holds|feels|is|seems) (?:\w+ )?(?:no|meaningless|pointless|worthless|unbearable|nothing|\
        empty|not worth|over$|unlivable)
    (?:my|this|her|his) (?:whole )?life (?:to (?:end|be over|stop|finish)|is over|needs to end|is pointless)
    (?:hate|hated|loathe) (?:my|being) (?:life|alive)|nothing (?:left )?to live for
    nothing left (?:for me|to give|in me|to lose)
    (?:see|got|have|is|be|with) no (?:future|hope)(?: left)?(?: for (?:me|myself))?(?=$| and| i\b| any)|lost all hope
    no hope left|all hope is gone
    (?:cant|dont|cannot|do not) see (?:a|any|my) (?:future|tomorrow|way (?:out|forward|through))(?: for (?:me|\
        myself))?(?=$| any| and)
    (?:no|only|any|no other|easy) way (?:out|forward)(?: for (?:me|myself))?(?! (?:of|on|with|to)\b)(?=$| for me| \
        any| and| i\b| from this)
    no other (?:option|choice|way) (?:than|but) to (?:end|die|kill)
    (?:tired|sick(?: to death)?|weary|fed up|enough|done|finished|through|bored|exhausted) (?:of|with|by) (?:this |my |\
        being )?(?:life|living|alive|existing|existence|this world)<on>
    giv(?:e|ing|en) up on (?:life|living|myself)|given up the will|(?:i|he|she)(?: \w+)? (?:do|doing) life any ?more
    (?:i|im|hes|shes|feel like|feeling like|just|only|being|such|feel|always)(?: \w+)? a (?:\w+ )?burden(?! of)
    dark thoughts|wont be a burden
    no (?:point|use|reason) (?:to|in|for) (?:me|my life|my existence)(?= being| any|$)
    life (?:isnt|is not|just isnt) for me|no fight left(?: in me)?|dont want (?:tomorrow|another day|morning) to come
    (?:hurts?|painful) to (?:be alive|exist|live)
    (?:cant|cannot|dont want to|no longer) (?:go on|keep|carry on) living
    dont think~3 (?:be|see)~1 (?:here|around|alive)~1 (?:by|after|next|this|for)
    (?:bus|lorry|car|train|truck) (?:would|to) hit me
    still alive(?=$| and)|should (?:have|ve|of) died|regret surviving|dont deserve to (?:live|be here|exist)
    (?:im|i am) (?:just |such )?a waste of (?:space|oxygen)
    (?:im|am|feel|just|hes|shes|is|really|was|been)~1 ready to go(?=$| and die)
    ready to (?:die|meet my maker)(?=$| and| now| tonight)|check(?:ing)? out for good
    (?:i|id|just) (?:\w+ )?(?:want|like|need|love|long|going) to (?:be|join|go to be) with (?:my|him|\
        her) (?:\w+ ){0,2}(?:who (?:died|passed)|in heaven|again in heaven|on the other side)
""",
    going="(?:in |to |of |for |me )*"
    + group(r"""
    live|living|life|go on|going on|carry on|carrying on|be here|being here|be alive|being alive|exist|existing
    continue living|wake up
    any of it|it all|staying alive|get up in the morning|keep going|going
""")
    + r"(?! (?:on|at|with|trying|filling|waiting|reading|listening|working|sitting|doing|to|in)\b)",
    on=r"(?! (?:on|in|as|at|with|abroad|here|cycle|sciences?|support)\b)",
    **{"in": r"(?: \w+)?(?: in| to| of| for)?"},
)

# Death in one sentence with oneself or somebody dear, where it is no figure of speech.
DEATH_NEAR = phrases(r"""
    (?<!drop )(?<!half )(?<!brain )(?<!battery is )(?<!batterys )(?<!car is )(?<!phone is )(?<!project is )\
        (?<!programme is )(?<!link is )dead(?! (?:end|ends|line|in the|on my|on our|horse|wood|set|weight|link|links|\
        tired|easy|good|\
        cert|ringer|lock|zone|battery|car|sea|slow|phone))
    (?:my|own|about|want|wants|of|than|for|in|is|be|only|choose|chose|like) death(?! (?:rates?|certific\w+|notice|\
        in service|in custody|benefits?|row|valley|toll|by powerpoint))
    (?:to|just|could|would|can|will|should|might|must|id|ill|ill just|rather|i) (?:just )?die(?! (?:out|off|down|\
        hard|for|laughing|of|than|younger|young|early|earlier|sooner|in childbirth|from))
    (?:not|be|being|am|im|still|feel) alive(?! and well| and kicking)
    (?:if|when|once)~1 (?:i|im|id|ive|he|she)~2 (?:wasnt|werent|was not|were not|not|never) (?:here|alive|around|born)
    (?:im|is|hes|shes|someones|somebodys|someone|are) dying(?! (?:to|for|of (?:boredom|laughter|embarrassment|heat)|\
        my|younger|from))
""")

FAREWELL = phrases(r"""
    good ?bye (?:letters?|notes?|messages?|texts?|emails?|video|cruel world|for ?ever|world|everyone|everybody)
    sa(?:id|ys?|ying) (?:my|her|his|their|final) (?:\w+ )?good ?byes?
    (?:this is|texted \w+|messaged \w+|last|final|message saying|text saying) (?:my )?(?:last )?good ?bye
    good ?bye and (?:that )?(?:he|she|they|i) (?:cant|wont|couldnt)
    (?:wrote|written|writing|left|leaving|write) (?:a |my |some |me a )?(?:\w+ )?(?:notes?|letters?) (?:to|\
        for) (?:my|his|her|their) (?:\w+ )?(?:family|kids|children|wife|husband|mum|parents|son|daughter|partner)
    tell (?:my|the) (?:family|kids|children|wife|husband|mum|parents|partner)(?: that)? (?:i|im) (?:love|loved|\
        sorry|am sorry)
    sorry for everything (?:good|i)|(?:put|putting|got|getting) my affairs in order
    wont (?:be|see)(?: \w+)? (?:alive|around|here|with us) (?:any ?more|much longer|for (?:much )?long(?:er)?|\
        for christmas|tomorrow|after tonight|to see|by (?:morning|then))(?= and|$| i\b)
    wont be (?:alive|around)(?: \w+){0,2}$
    wont (?:see|last|make it (?:to|through)) (?:tomorrow|(?:the |this )?(?:night|weekend|week|morning|year)|tonight|\
        christmas|another (?:day|night|year)|my next birthday|till morning)$
    last (?:day|night|message|shift)~1 (?:on earth|alive)
    (?:giving|given|gave) away~2 (?:things|stuff|possessions|belongings)|(?:my|own|his|her) funeral|made my peace
    look after my (?:kids|children|cat|dog|mum|wife|family)~1 (?:when|after|once) im gone|written (?:my|a) will and
    (?:wont|not) (?:hear|see) (?:from )?(?:me|him|her) (?:ever )?again
    (?:soon be|be) (?:at peace|dead soon|out of (?:my|this) (?:pain|misery))|ill be gone (?:soon|by|tomorrow|tonight)
    have to worry about me (?:any|after)|put me out of my misery
    do something (?:really )?(?:stupid|silly|drastic|terrible|awful|permanent)(?= tonight| to|$)
    (?:scared|afraid|frightened|worried) (?:of |about )?what (?:i|he|she|they) (?:might|may|will|\
        could)(?: go and)? do(?= to|$| next| tonight)
    (?:not|shouldnt|cant|mustnt|dont want to) be (?:left )?(?:alone|on (?:my|her|his) own) (?:tonight|right now|\
        with my thoughts)
    dont trust my ?self
""")

MEANS = phrases(
    r"""
    (?:taken|took|take|taking|had|having|done) an? (?:\w+ )?(?:overdose|od)(?! (?:policy|kit|pathway|training))
    overdosed|^(?:an )?overdose$|(?:tried|trying|try|going|want\w*) to od|(?:i|she|he|they|ill|might|will|to) overdose
    <swallowed> <many>~4 <pills>
    (?:i|ive|she|shes|shed|he|hes|hed) (?:has |had |just |have )*(?:taken|swallowed|necked|downed) (?:the |some |\
        her |his |my )?<pills>$
    (?:stockpil\w+|hoard\w*|saving up|saved up|stored up|count(?:ing|ed) out|lin(?:ing|ed) up|swallow\w*)~4 <pills>
    <pills>~3 (?:in front of me|ready|next to me|beside (?:me|my)|in my hands?|lined up|saved up|by (?:the|my) bed)
    (?:bottle|box|packet|handful) of <pills>~6 (?:in front|looking at|staring|in my hand|tonight)
    how (?:many|much)~4 (?:to (?:die|overdose|kill|end)|is (?:fatal|lethal)|are (?:fatal|lethal))
    how many <pills>~4 (?:die|kill|overdose|fatal|lethal)
    (?:got|have|bought|buying|found|tied|tying|get|has)(?: \w+)? (?:rope|noose|ligature)(?! (?:left|on my|on her|\
        in my locker))
    (?:painless|least painful|painlessly|quick|quickest|easiest|best|easy|peaceful) (?:way|method|\
        means)? ?(?:to (?:die|go|\
        end (?:it|my|your)|kill)|of (?:dying|killing|ending))
    die painlessly
    (?:jump\w*|throw\w*|threw|chuck\w*|leap\w*|hurl\w*)(?: <self>)? (?:off|from|in ?front of|under|out of|in|\
        into)~3 <place>
    (?:step\w*|walk\w*|lie|lying|stand\w*|going)(?: out)? (?:in ?front of|under|into)~2 (?:train|bus|lorry|traffic|\
        tube|sea|river|truck|tracks)
    (?:driv\w*|crash\w*|steer\w*|swerv\w*|veer\w*)~4 (?:into (?:a|the|an)(?: oncoming)? (?:wall|tree|lorry|river|\
        traffic|barrier|truck)|off (?:a|the)(?: \w+)? (?:road|bridge|cliff|edge))
    (?:im|i am|ill|hes|shes|theyre|was|about|gon+a|i might|think\w* about)~2 jump(?:ing)?(?= off\b| now| tonight|\
        $)(?! off (?:the|this|a) call)
    (?:im|i am|shes|she is|hes|he is|theyre|standing|stood|sat|sitting|look at|stare at)(?: \w+)? (?:on|at|by|near|\
        over)? ?(?:the |a |top of )*(?:\w+ )?(?:bridge|roof|rooftop|ledge|cliff|railway line|railway tracks|\
        train tracks|multi ?storey)(?=$| and| every| about| with| now| threat\w*)
    (?:standing|stood|im|sitting) (?:right )?on (?:the|a) edge(?=$| and)
    (?:blade|knife|razor|scissors) (?:to|against|on) (?:my|her|his) (?:wrists?|throat|skin|arm)
    locked (?:him|her|them|my) ?sel(?:f|ves)~5 (?:blade|knife|razor|scalpel|pills|tablets|meds|scissors)
""",
    pills=PILLS,
    self=SELF,
    swallowed=group(r"taken|took|taking|swallow\w*|had|ate|downed|necked|take"),
    many=group(r"""
    all|too many|a load|loads|a lot|lots|a whole|the whole|a handful|handfuls|a bunch|a packet|packets|a box|boxes
    the entire
    \d+|a bottle|twenty|thirty|forty|fifty|way too many|every
"""),
    place=group(r"""
    bridge|roof|cliff|balcony|window|car park|train|tube|bus|lorry|traffic|ledge|tracks|river|sea|multi ?storey|truck
"""),
)

SELF_HARM = phrases(
    r"<suicide>|self harm(?:s|ed|ing)?(?! (?:nurse|team|service|clinic|specialist|lead|group))", suicide=SUICIDE
)

DEAR = phrases(r"""
    i|im|ive|id|ill
    my (?:wife|husband|partner|son|daughter|brother|sister|mum|mother|dad|father|friend|mate|colleague|manager|\
        flatmate|boss)
    he|hes|she|shes|hed|shed|someone|someones|somebody|my \w+ (?:friend|colleague|son|daughter)
    (?:a|the|our) (?:nurse|colleague|doctor|porter|friend|trainee)
""")

PERSON = phrases(r"<somebody>", somebody=SOMEBODY)
