"""Figures of speech that use the words of death or suicide for something else, and things that die: a phone, a line."""

from assistant.matching.safety.phrases import group, phrases

THING = group(r"""
    phones?|mobiles?|printers?|laptops?|batter(?:y|ies)|computers?|links?|line|website|site|servers?|screens?|mouse
    wi ?fi|connection|internet|ipads?|pc|monitor|kettle|boiler|lift|charger|radio|car|engine|page|microphone|mic
    webcam|projector|bleep|pager|photocopier|copier|scanner|router|keyboard|headset|torch|intranet|app|system
""")
FIGURES = phrases(
    r"""
    (?:the|my|our|this|that|your|his|her|their)(?: \w+)? <thing>s?<dies> (?:dead|dies?|dying|died)
    over my dead body|cross my heart and hope to die|dead and buried (?:before|by the time|long|years)
    dead (?:to the world|against|chuffed|keen|simple|quick|useful|certain|straight|centre|ahead|spot|heat)
    drop dead (?:dates?|deadlines?|gorgeous|beautiful|stunning|time|day|handsome)
    late (?:for|to) (?:my|your|his|her|their) own funeral|its your funeral
    thr[eo]wn?(?:ing)?(?: (?!my|him|her|them)\w+)? under (?:the|a) bus
    jump off that bridge (?:when|until|till)|strangl\w+ at birth
    (?:strangl|murder|kill|throttl)\w*(?:e|ing)? (?:this|that|the) <thing>
    (?:career|political|commercial|social|professional|financial|electoral|reputational|brand) suicide
    (?:is|be|was|its|thats) suicide for (?:a|our|us|the)
    (?:information|acronym|data|email|caffeine|sugar|chocolate|coffee|cake|teams|zoom) overdose
    overdos(?:e|ed|ing) on (?!<drug>)\w+
    put (?:me|us) out of (?:my|our) misery and (?:tell (?:me|us)|let (?:me|us) know|confirm)
    hopeless at (?!everything|life|living|being|night|work|home|times|the\b|this|all|present|my)\w+
    hopeless with (?:computers?|tech\w*|excel|numbers|forms|names|spreadsheets|passwords)
    (?:disappear|vanish) from (?:your|the|our) (?:\w+ )?(?:database|lists?|records?|system|website|mailing)
    good ?bye from (?:me|us) (?:as|and hello)|(?<!my )pension~12 if i (?:die|died)
    (?:scared|frightened|bored|tickled) to death
    sick to death of (?!living|life|being|existing|everything|it)
    """,
    thing=THING,
    dies=r"(?:s|es)?(?: "
    + group(r"""
    is|are|was|were|has|have|had|went|gone|goes|just|nearly|almost|about|to|going|gonna|keeps?|now|completely|is all
    been|all
""")
    + "){0,4}",
    drug=r"(?:\w+ )?"
    + group(r"""
    pills?|tablets?|meds|medication|medicines?|paracetamol|ibuprofen|insulin|antidepressants|morphine|drugs?|them|it
    heroin|codeine|cocaine|opioids?|diazepam|tramadol|purpose|sertraline|aspirin|fentanyl|everything
"""),
)


def without_figures(sentence: str) -> str:
    """The folded sentence with each figure of speech written as `so`, which says nothing of death."""
    return FIGURES.sub("so", sentence)
