"""How people speak of suicide in languages that are not written in Latin letters.

One language, one list; blanks in a phrase may be missing in a message. A phrase ends with its word unless `*` stands
for further endings. A word that only means death is in none of them. NAMED means suicide as such, which is also the
subject of work: beside a word of prevention it is none of somebody's own.
"""

import re
import unicodedata

WISHED = {
    "Arabic": """
        أريد أن أموت|أريد الموت|أتمنى الموت|أتمنى أن أموت|ابغى اموت|ابي اموت|بدي اموت|بدي موت|عايز اموت|عايزة اموت
        عاوز اموت|عاوزة اموت|ودي اموت|أريد أن أقتل نفسي|[سبح]?[اأ]?قتل نفسي|أنهي حياتي|إنهاء حياتي|سأنهي حياتي
        [سبح]?انتحر
        سأنتحر|[وس]?[يت]نتحر|لا أريد أن أعيش|لا أريد العيش|ما بدي عيش|ما بدي اعيش|ما ابي اعيش|مش عايز اعيش|مش عايزة اعيش
    """,
    "Urdu": """
        مرنا چاہت*|مر جانا چاہت*|مر جاؤں|جینا نہیں چاہت*|زندہ نہیں رہنا چاہت*|جینے کا دل نہیں|اپنی جان لے*|اپنی جان دے*
        خود کو مار*|خود کو ختم*|اپنے آپ کو مار*|اپنے آپ کو ختم*|زندگی ختم کر*
    """,
    "Persian": """
        می خواهم بمیرم|می خوام بمیرم|دلم می خواد بمیرم|کاش بمیرم|خودم را بکشم|خودم رو بکشم|خودمو بکشم|خودمو می کشم
        نمی خواهم زنده*|نمی خوام زنده*|دیگه نمی خوام زندگی*|به زندگی ام پایان|به زندگیم پایان
    """,
    "Kurdish": "دەمەوێت بمرم|دەمەوێ بمرم|خۆم بکوژم|خۆم دەکوژم|نامەوێت بژیم|نامەوێ بژیم",
    "Hindi": """
        मरना चाहत*|मर जाना चाहत*|मर जाना है|मर जाऊँ*|जीना नहीं चाहत*|जीने का मन नहीं|जीने की इच्छा नहीं|अपनी जान ले*
        अपनी जान दे*
        जान दे दूँग*|खुद को मार*|खुद को खत्म*|अपने आप को मार*|अपने आप को खत्म*|जिंदगी खत्म कर*|जीवन समाप्त कर*
    """,
    "Nepali": "मर्न चाहन्छु|मर्न मन लाग*|मर्न मन छ|बाँच्न मन छैन|बाँच्न चाहन्न*|बाँच्न मन लाग्दैन|आफैलाई मार*",
    "Bengali": """
        মরতে চাই(?! ?না)|মরে যেতে চাই(?! ?না)|বাঁচতে চাই না|বেঁচে থাকতে চাই না|বাঁচতে ইচ্ছে করে না|নিজেকে শেষ কর*
        নিজেকে মেরে ফেল*|জীবন শেষ করে*|মরে যেতে ইচ্ছে
    """,
    "Punjabi": """
        ਮਰਨਾ ਚਾਹੁੰਦ*|ਮਰ ਜਾਣਾ ਚਾਹੁੰਦ*|ਮਰ ਜਾਵਾਂ|ਜੀਣਾ ਨਹੀਂ ਚਾਹੁੰਦ*|ਜਿਉਣਾ ਨਹੀਂ ਚਾਹੁੰਦ*|ਜੀਊਣਾ ਨਹੀਂ ਚਾਹੁੰਦ*|ਆਪਣੇ ਆਪ ਨੂੰ ਖਤਮ*
        ਆਪਣੇ ਆਪ ਨੂੰ ਮਾਰ*|ਆਪਣੀ ਜਾਨ ਲੈ*|ਆਪਣੀ ਜਾਨ ਦੇ*
    """,
    "Gujarati": "મારે મરવું*|મરી જવું છે|મરવા માંગ*|જીવવું નથી|જીવવા નથી માંગ*|જીવવા માંગતો નથી|જીવવા માંગતી નથી",
    "Tamil": """
        சாக வேண்டும்|சாகணும்|சாகப் போ*|சாக விரும்பு*|செத்துப் போகணும்|செத்துவிட வேண்டும்|இறக்க விரும்புகிறேன்
        வாழ விரும்பவில்லை
        வாழ பிடிக்கவில்லை|வாழப் பிடிக்கவில்லை|உயிரை மாய்த்து*
    """,
    "Telugu": """
        చనిపోవాలని ఉంది|చనిపోవాలనుంది|చచ్చిపోవాలని*|చావాలని ఉంది|చావాలనుంది|బతకాలని లేదు|బ్రతకాలని లేదు
        బతకాలనిపించడం లేదు
        నన్ను నేను చంపుకో*
    """,
    "Malayalam": """
        എനിക്ക് മരിക്കണം|മരിക്കാൻ ആഗ്രഹ*|മരിക്കാൻ തോന്നു*|എനിക്ക് ജീവിക്കണ്ട|ജീവിക്കാൻ ആഗ്രഹമില്ല*
        ജീവിക്കാൻ താൽപര്യമില്ല*
        ജീവനൊടുക്ക*
    """,
    "Sinhala": "මැරෙන්න ඕන*|මට මැරෙන්න*|මැරෙන්න හිතෙනව*|ජීවත් වෙන්න ඕන නෑ|ජීවත් වෙන්න ඕනේ නෑ|ජීවත් වෙන්න බැහැ",
    "Korean": """
        죽고 싶(?! ?지 ?않)*|죽어 버리고 싶*|살고 싶지 않*|살기 싫*|목숨을 끊*|스스로 목숨*|극단적 선택*|극단적인 선택*
    """,
    "Russian": """
        хочу умереть|хочу сдохнуть|хочется умереть|не хочу жить|не хочу больше жить|жить не хочу|жить не хочется
        не хочется жить|не хочу жити|убить себя|убью себя|убьёт себя|покончить с собой|покончу с собой|покончит с собой
        покончить с жизнью|наложить на себя руки|вскрыть вены|вскрыть себе вены
    """,
    "Ukrainian": """
        хочу померти|хочу вмерти|хочеться померти|не хочу жити|не хочу більше жити|вбити себе|вб'ю себе
        покінчити з собою|покінчу з собою|покінчити з життям|накласти на себе руки
    """,
    "Bulgarian": """
        искам да умра|искам да се убия|искам да се самоубия|да се самоубия|ще се самоубия|не искам да живея
        не искам повече да живея|не ми се живее|ще се убия
    """,
    "Greek": """
        θέλω να πεθάνω|δεν θέλω να ζω|δε θέλω να ζω|δεν θέλω να ζήσω|δεν θέλω άλλο να ζω|να αυτοκτονήσω|θα αυτοκτονήσω
        θα αυτοκτονήσει|να σκοτωθώ|σκοτώσω τον εαυτό μου
    """,
    "Amharic": """
        መሞት እፈልጋለሁ|ሞት እመኛለሁ|ራሴን ማጥፋት|ራሴን ላጠፋ|ራሴን አጠፋለሁ|ራሴን መግደል|ራሴን ልገድል|መኖር አልፈልግም
    """,
    "Tigrinya": "ክመውት እደሊ*|ክመውት ደልየ*|ነብሰይ ከጥፍእ|ነብሰይ ክቐትል|ርእሰይ ክቐትል|ክነብር ኣይደልን*|ምንባር ኣይደልን*",
}
# These write no blanks between words.
WISHED_UNSPACED = {
    "Chinese": """
        我想死(?![你您妳他她])|想去死|想要死掉|不想活|唔想活|唔想生存|活不下去|结束自己的生命|結束自己的生命|结束我的生命|結束我的生命|了结自己
        了結自己|寻死|尋死|杀了我自己|殺了我自己|活着没意思|活著沒意思
    """,
    "Japanese": "死にたい|死んでしまいたい|死のうと思|生きていたくない|生きたくない|消えてしまいたい|命を絶|首を吊",
    "Thai": "(?<!ไม่)อยากตาย|ไม่อยากมีชีวิต|ไม่อยากอยู่แล้ว|ไม่อยากอยู่บนโลก|จบชีวิตตัวเอง|อยากจบชีวิต",
}
NAMED = {
    "Arabic": "انتحار|الانتحار|بالانتحار|للانتحار",
    "Urdu and Persian": "خود کشی",
    "Kurdish": "خۆکوشتن",
    "Hindi, Nepali": "आत्महत्या|खुदकुशी|खुदखुशी|आत्मघात",
    "Bengali": "আত্মহত্যা*",
    "Punjabi": "ਖੁਦਕੁਸ਼ੀ|ਆਤਮ ਹੱਤਿਆ|ਆਤਮ ਹਤਿਆ",
    "Gujarati": "આત્મહત્યા|આપઘાત",
    "Tamil": "தற்கொலை*",
    "Telugu": "ఆత్మహత్య*",
    "Malayalam": "ആത്മഹത്യ*",
    "Sinhala": "සියදිවි නසා*|දිවි නසා*|සිය දිවි නසා*",
    "Korean": "자살*|자해*",
    "Russian, Ukrainian, Bulgarian": "самоубийств*|самоубит*|самогубств*|суицид*|суїцид*",
    "Greek": "αυτοκτονία*|αυτοκτονίες|αυτοκτονίας",
    "Amharic": "ራስን ማጥፋት|ራስን መግደል",
    "Tigrinya": "ነብሰ ቅትለት|ርእሰ ቅትለት",
}
NAMED_UNSPACED = {"Chinese and Japanese": "自杀|自殺|轻生|輕生|自死|自尽|自盡", "Thai": "ฆ่าตัวตาย"}
PREVENTION = r"""
    وقاي|الوقاي|منع |روک تھام|پیشگیری|रोकथाम|निवारण|প্রতিরোধ|ਰੋਕਥਾਮ|નિવારણ|તાલીમ|தடுப்பு|నివారణ|തടയ|പ്രതിരോധ
        වැළැක්වී|预防|預防
    防止|予防|예방|ป้องกัน|профилакт|предотвращ|запобіган|превенц|πρόληψη|መከላከል|ምክልኻል
"""

# One letter for what is typed in several ways: Arabic and Persian keyboards, nasals of Hindi and Bengali.
ONE_LETTER = str.maketrans({**dict(zip("ىیکہھةں", "ييكهههن", strict=True)), "ँ": "ं", "ঁ": None, "ـ": None})
NUKTA = 7  # Unicode's combining classes: a dot that many leave out
VOWELS_OF_ARABIC = range(27, 37)
ACCENTS = range(202, 241)


def plain(text: str) -> str:
    """Words of any script in one spelling, a blank between and around them: no accents, vowel points or punctuation."""
    kept = []
    for letter in unicodedata.normalize("NFKD", text).casefold():
        marks = unicodedata.combining(letter)
        if marks == NUKTA or marks in VOWELS_OF_ARABIC or marks in ACCENTS:
            continue
        kind = unicodedata.category(letter)
        if kind not in ("Cf", "Cs"):
            kept.append(letter if kind[0] in "LMN" else "" if letter in "'’" else " ")
    return f" {' '.join(unicodedata.normalize('NFC', ''.join(kept)).translate(ONE_LETTER).split())} "


def _compiled(lists: dict[str, str], spaced: bool = True) -> re.Pattern[str]:
    listed = [phrase.strip() for lines in lists.values() for line in lines.splitlines() for phrase in line.split("|")]
    if not spaced:
        return re.compile("|".join(_spelt(phrase) for phrase in listed if phrase))
    ends = [_spelt(phrase).removesuffix("*") + ("" if phrase.endswith("*") else "(?= )") for phrase in listed if phrase]
    return re.compile(f"(?<= )(?:{'|'.join(ends)})")


def _spelt(phrase: str) -> str:
    """The phrase in the spelling of `plain`; a group in round brackets, or a choice of letters, stays as it is."""
    parts = re.split(r"(\([^)]*\)|\[[^]]*\]\??|\*)", phrase)
    return "".join(
        part.translate(ONE_LETTER) if part[:1] in ("(", "[", "*") else _words(part) for part in parts if part
    )


def _words(part: str) -> str:
    """The words of a part, each blank of it optional: between words, and where it meets a choice of letters."""
    words = plain(part).strip()
    return (" ?" if part[:1] == " " else "") + words.replace(" ", " ?") + (" ?" if part[-1:] == " " else "")


WISH, NAME = _compiled(WISHED), _compiled(NAMED)
WISH_UNSPACED, NAME_UNSPACED = _compiled(WISHED_UNSPACED, spaced=False), _compiled(NAMED_UNSPACED, spaced=False)
PREVENTED = _compiled({"any": PREVENTION}, spaced=False)


def speaks_of_suicide_in_other_scripts(text: str) -> bool:
    """True when a message in another script says that somebody wants to die, or names suicide, not its prevention."""
    if text.isascii():
        return False
    words = plain(text)
    if WISH.search(words) or WISH_UNSPACED.search(words):
        return True
    return bool(NAME.search(words) or NAME_UNSPACED.search(words)) and not PREVENTED.search(words)
