"""How people speak of suicide in other languages, in Latin letters, accents folded away.

One line, one language; phrases are written as everywhere in these rules. A word that only means death is in none.
"""

from assistant.matching.safety.phrases import phrases

WISHED = phrases(r"""
    (?:eisiau|isio|moyn) marw|l?ladd (?:fy|ei|dy) hun(?:an)?|ddim (?:yn )?(?:eisiau|isio|moyn) byw|\
        (?:rhoi|roi) diwedd ar (?:fy mywyd|ei bywyd|ei fywyd)|(?:g?ymryd|cymryd) (?:llwyth|gormod) o dabledi
    (?:ag iarraidh|ba mhaith liom) bas a fhail|me fein a mharu|nil me ag iarraidh maireachtail
    quiero (?:morir(?:me)?|matarme|suicidarme|estar muert[oa])|me quiero (?:morir|matar)|suicidarme|\
        no q(?:u)?iero (?:mas )?(?:vivir|seguir viviendo)|me voy a (?:matar|suicidar)|\
        quit(?:ar|arme|arse) la vida|acabar con mi vida
    je ?(?:veu|veux) (?:mourir|me tuer|en finir|plus vivre)|me suicider|envie de mourir|envie den finir|\
        plus envie de vivre|mettre fin a (?:mes|ses) jours|(?:d?aval(?:er|e)|pris) toute (?:une|la) (?:boite|plaquette)
    (?:chce|chcialbym|chcialabym|chcem) (?:sie zabic|umrzec)|zabic sie|zabije sie|nie chce (?:mi sie )?(?:juz )?zyc|\
        odebrac sobie zycie|(?:polknal\w*|lyknal\w*|polknel\w*) (?:wszystkie|cale|cala) (?:\w+ )?tablet\w*
    vreau sa (?:mor|ma sinucid)|ma omor|sinucid\w*|nu mai vreau sa traiesc|(?:isi|imi) (?:ia|iau) viata|curm\w* viata
    quero (?:morrer|me matar|matar me)|vou (?:me )?matar me|vou me matar|nao quero (?:mais )?viver|\
        acabar com (?:a )?minha vida|(?:tom(?:ei|ou)) (?:uma data|um monte|uma caixa|todos os) (?:de )?comprimidos
    voglio (?:morire|farla finita)|uccidermi|ammazzarmi|togliermi la vita|non voglio piu vivere
    ich (?:will|mochte) sterben|mich umbringen|bring(?:e)? mich um|will nicht mehr leben|mir das leben nehmen
    ik wil (?:dood|sterven|niet meer leven)|wil niet meer leven|mezelf (?:doden|ombrengen|van kant maken)
    ek wil (?:doodgaan|nie meer lewe)|meg akarok halni|szeretnek meghalni
    olmek istiyorum|yasamak istemiyorum|kendimi oldur\w*|canima kiy\w*
    dixwazim bimirim|xwe bikujim|xwe dikujim|naxwazim bijim
    inaan dhinto|inaan is ?dilo|waan is ?dil\w*|ma rabo inaan noolaado|nolol ma rabo
    (?:nataka|natamani) (?:kufa|kujiua)|kujiua|nijiue|nitajiua|sitaki (?:tena )?kuishi
    mo fe ku|(?:fe )?pa ara (?:mi|re)(?= |$)|gba emi ara
    achoro m (?:inwu|igbu)|igbu onwe (?:m|ya)|gbuo onwe m|achoghi m idi ndu
    ina so in mutu|ina son mutuwa|kashe (?:kaina|kansa|kanta)|bana son rayuwa
    mepe se (?:mewu|me wu)|mekum me ho|kum me ho
    (?:ndoda|ndinoda) (?:kufa|kuzviuraya)|kuzviuraya|ndizviuraye|ndichazviuraya|handichada kurarama
    ngifuna ukufa|ngizibulale|ukuzibulala|ngizozibulala|angisafuni ukuphila
    gusto ko(?: nang| na)? (?:mamatay|magpakamatay)|(?:mag|mag ?pa|nag|pag)?pakamatay|ayoko na(?:ng)? mabuhay|\
        tapusin (?:ko )?na(?: raw)?(?: niya)? ang (?:buhay|aking buhay)
    (?:ingin|pengen|pingin|nak) (?:mati|bunuh diri)|mau bunuh diri|(?:tidak|tak|gak) (?:ingin|mau|nak) hidup(?: lagi)?|\
        (?:meng)?akhiri hidup
    muon (?:chet(?! cuoi)|tu tu|tu sat)|(?:se|dinh) tu tu|(?:khong|ko|chang) (?:con )?muon song|ket thuc cuoc doi
    mar(?:na|ne|jana| jana| jaana) (?:chaht\w*|chahat\w*)|marna hai(?! nahi)|jeena nahi|jina nahi chaht\w*|\
        mar jau(?:n)?|mar jaa?na hai|\
        khud ko (?:maar|khatam)\w*|apni jaan (?:le|de|lai|lene|dene)\w*|(?:zindagi|jindagi) khatam kar\w*|\
        apne aap (?:ko|nu) (?:khatam|maar)\w*|neend ki goliy?an kha\w*
    marna chaund\w*|mar jaa?na (?:ae|chaund\w*|chahund\w*)|jeena nahi chaund\w*|jeen nu (?:dil|ji) nahi
    mo?re? jete chai(?! na)|(?:morte|morthe) chai(?! na)|bac?hte chai na|nijeke shesh kor\w*
    saa?ganum|saa?ga ?vendum|sethu? ?(?:po|poga)ganum|vaazha pidik\w*ala|sethudalam
    enikku? marikkanam|marikkan thonnu\w*|jeevikkanda|enikku? jeevikkan(?:da|dath)
    (?:biddi|bidi|baddi|3ayez|ayez|3ayza|3awez|abgha|wedi|wdi) (?:amoo?t|amout|moo?t|mout)|(?:ba|ha|sa)ntaher|antaher|\
        (?:a2tol|aqtul|aqtol|aktol|uqtul) nafsi|ma baddi (?:3ish|3eesh|eesh)|urid an amut|ureed an amoot
    mikham bemiram|mikhaham bemiram|khodamo (?:mi)?bokosham|khodam ro bokosham|nemikham zendegi
    (?:hochu|khochu|xochu) umeret\w*|ne (?:hochu|khochu) zhit
    marna chahanchu|marna man lag\w*|bachna man chaina
    (?:marenna|merenna) (?:ona|one|oni|hithen\w*)|jeewath wenna (?:ona|one) na
""")
# Suicide as such, which is also the subject of work.
NAMED = phrases(r"""
    hunan ?laddiad|feinmharu|samoboj\w*|selbst(?:mord|tot)(?!\w*(?:prav|vorb))\w*|freitod
    suizid(?!\w*(?:prav|vorb))\w*|zelfmoord(?!\w*prev)\w*|zelfdoding|intihar\w*
    xwekustin|bunuh diri|khud ?k?h?ushi|khudkashi|khodkoshi|a+tma ?hatya|a+tmahatya|atto?hott?y?a|tharkolai|\
        aatmahathya|athmahathya|siya ?divi|intehar|entehar|samoubi\w*
""")
