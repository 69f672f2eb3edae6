"""Words of asking about programmes, methods or numbers. They tell a question about work from a story of one's own."""

from assistant.matching.safety.phrases import phrases

# Before a report about others, such a word makes it an ordinary question.
REQUEST = phrases(r"""
    how (?:do|can|should|could|might|would|to|are|does|did|best|have|many|much|often)(?= )(?! i\b)
    what (?:can|do|does|should|could|is|are|would|else|kind|sort|training|support|help|programmes?|guidance|\
        advice)(?= )(?! (?:\w+ )?i\b)
    whats (?:your|the|available|on offer|out there)|do you|does (?:your|the)|did you|have you|has (?:the|your)
    could you|would you
    are you|can you (?:give|offer|send|provide|run|recommend|point|share|suggest|advise)|are there|is there
    (?:do|can|should) (?:a )?(?:patients?|staff|trusts|we|managers)|right to|(?:is|are|what is) the law|legal\w*
    where (?:can|do|could)|why (?:do|does|is|are) (?!i\b|my\b|they\b|the white)
    any (?:training|guidance|advice|support|resources?|programmes?|help|tools?|work|research|evidence)|how come you
    training|course|workshop|webinar|seminar|toolkits?|tools?|guidance|guides?|polic(?:y|ies)|programmes?|projects?
    resources?
    research|reports? (?:on|about|into|says?|shows?|found)|evidence (?:on|about|for|that|base)|stud(?:y|ies)
    literature|survey\w*|strateg\w+
    support for|supporting|support (?:staff|nurses|our|those|people|colleagues|managers|trusts)
    help(?:ing)? (?:for|staff|our|trusts?)
    help(?:ing)? (?:organisations?|managers|leaders|boards?|us|with)|advice (?:for|on)|tackl\w*|address\w*|prevent\w*
    reduc\w*
    eliminat\w*|eradicat\w*|stamp\w* out|combat\w*|challeng(?:e|ing)|definition|defin(?:e|es|ed)|mean(?:s|ing)?
    article|speaker
    lecture|history of|posters?|zero tolerance|your (?:work|offer|network|organisation)|offers?|case stud\w+
    templates?|ally|allies
    best practice|approach\w*|preparing|presentation|briefing|board paper|lead (?:on|for)|responsible for|encourag\w*
    respond(?:ing)? to
    dealing with|handling|handle|understanding|awareness|consult(?:ing|ancy|ation|ants)|coach\w*|mentor\w*
    looking (?:for|at|into)|join|example|scheme
    initiative|pledge|campaign|commitment|standards?|framework|networks?|introduce|get involved|learn about
    do (?:white|black) people|^(?:is the|are (?!my|they|we|you|these|those|our|there)\w+)(?= )
    ^can (?!i\b|you\b|some|any|my\b)\w+(?= )|what (?:should|do|can|could|would) i (?:say|tell)|under the law|unlawful\w*
""")
STATISTICS = phrases(r"""
    data|wres|wdes|figures|statistics|stats|percent|per cent|likely|proportions?|rates?|averages?|indicators?
    disproportion\w*|gaps?
    twice as|times (?:as|more)|(?:under|over) ?represent\w*|numbers|trends?|dashboards?|metrics?
    (?:research|studies|evidence) shows?
    slides?|(?:report|paper|document|talk) (?:which|that) (?:said|says)
""")
# What members want of the Confederation. A story with none of these in it is no enquiry.
WANTED = phrases(r"""
    want|wants|wanted|need|needs|like to|id like|would like|looking|join|joining|networks?|programmes?|support
    supports|help|helps|which
    who (?!are|is|was|were|said|called|told|keeps?)|contact|strateg\w*|boards?|email (?:address|for)|send|link|links
    guide|guides|mentor\w*|coach\w*|report|reports|offer|offers
    lead on|leads on|join\w*|how do|how can|what is|whats|what are|can i|could i|may i|is there|do you|does|are there
    have you|please|when is|where
    develop\w*|engage\w*|communit(?:y|ies)|services?|awards?|month|history|event|events|conference|commit\w*|anti
    equity|equality|inclusion
    (?:can|could|would|will) you|tell me|call me|say (?:my|me)|how|should i|do i|suggest|words?|acceptable|bame|bme
    why (?:dont|do not) you (?:say|write|use) (?:people|black|asian|non|global|ethnic|minority|raciali[sz]ed)
    what|whether|papers?
    translat\w*|inequalit\w*|representation|recruiting|recruitment|lectures?|term|terms|words|wording|language|interested
    nominat\w*|access to|research
""")
