"""Take personal identifiers out of what a member typed, before it is stored or shown to anything else.

The rules look at a folded copy (plain digits, no hidden characters), so that another way of writing hides nothing;
what they find is replaced in the text as typed. Where two rules claim the same characters, the smaller `_Rank` wins.
"""

import re
from collections.abc import Collection, Iterator
from enum import IntEnum
from functools import lru_cache
from itertools import accumulate
from typing import NamedTuple

import phonenumbers

from assistant.enquiries.cued_identifiers import find_dates_of_birth, find_staff_numbers
from assistant.enquiries.folding import fold, replace
from assistant.enquiries.references import REFERENCE_PATTERN


class _Rank(IntEnum):
    """Who wins where finds overlap, surest first."""

    KEPT = 0  # our own references, and what the caller wants kept
    EMAIL = 1
    DATE_OF_BIRTH = 2  # this and the next are named by the words before them, which outweighs how their digits add up
    STAFF_NUMBER = 3
    CARD_NUMBER = 4
    PHONE_WITH_COUNTRY = 5  # before NHS numbers: after +44, ten digits are a telephone number
    NHS_NUMBER = 6
    NI_NUMBER = 7
    PHONE = 8
    POSTCODE = 9
    LOOSE_PHONE = 10  # a plus sign and digits that no country is known to use
    LOOSE_CARD_NUMBER = 11  # the check digit fits, the spacing is unusual
    LOOSE_NHS_NUMBER = 12

    @property
    def label(self) -> str:
        """What is put in place of such a find: the surest kind's name, in brackets that no rule reads."""
        return f"[{self.name.lower().removeprefix('loose_').removesuffix('_with_country').replace('_', ' ')}]"


class _Find(NamedTuple):
    """Characters `start` to `end` of the folded text, and by what rule."""

    rank: _Rank
    start: int
    end: int


def redact(text: str, keep: Collection[str] = ()) -> str:
    """`text` with e-mail addresses, postcodes, dates of birth and telephone, NHS, National Insurance, staff and card
    numbers replaced.

    `keep` names what is published and so may stay: e-mail addresses and postcodes in any case, telephone numbers in any
    way of writing. Redacting twice changes nothing more. Names of people: see `redactor`.
    """
    while True:  # a replaced identifier may lay bare its neighbour; every round removes one, so this ends
        folded, origins = fold(text)
        finds = [find for find in _choose(_find_all(folded, keep)) if find.rank is not _Rank.KEPT]
        if not finds:
            return text
        text = replace(text, origins, [(find.start, find.end, find.rank.label) for find in finds])


def _choose(finds: Iterator[_Find]) -> list[_Find]:
    """The finds that stand when every overlap is settled, in order of place. Of two like finds the longer stands."""
    chosen: list[_Find] = []
    taken: set[int] = set()
    for find in sorted(finds, key=lambda find: (find.rank, find.start, -find.end)):
        if taken.isdisjoint(range(find.start, find.end)):
            taken.update(range(find.start, find.end))
            chosen.append(find)
    return sorted(chosen, key=lambda find: find.start)


def _find_all(folded: str, keep: Collection[str]) -> Iterator[_Find]:
    kept_words = [item for item in keep if any(map(str.isalpha, item))]
    kept_phones = {_international("".join(_DIGITS.findall(item))) for item in set(keep).difference(kept_words)}
    patterns = [(_Rank.KEPT, REFERENCE_PATTERN), *((_Rank.KEPT, _kept_pattern(item)) for item in kept_words)]
    patterns += [(_Rank.EMAIL, _EMAIL), (_Rank.NI_NUMBER, _NI_NUMBER), (_Rank.POSTCODE, _POSTCODE)]
    for rank, pattern in patterns:
        yield from (_Find(rank, *match.span()) for match in pattern.finditer(folded))
    yield from (_Find(_Rank.DATE_OF_BIRTH, *span) for span in find_dates_of_birth(folded))
    yield from (_Find(_Rank.STAFF_NUMBER, *span) for span in find_staff_numbers(folded))
    yield from _find_listed_phones(folded, kept_phones)
    yield from _find_numbers(folded, kept_phones)


# What a pattern can say. Possessive repeats (++) keep each of them linear on hostile text.

_LOCAL_CHARACTER = r"[\w.!#$%&'*+/=?^`{|}~-]"
_LOCAL = rf"(?<!{_LOCAL_CHARACTER}){_LOCAL_CHARACTER}++"
_TOP_DOMAIN = r"[^\W\d_][\w-]++"
_EMAIL = re.compile(
    rf"{_LOCAL}(?:"
    rf"(?:\ ?@\ ?|\ ?[\[(]\ ?at\ ?[\])]\ ?)(?:[\w-]++(?:\.|\ ?[\[(]\ ?dot\ ?[\])]\ ?))+{_TOP_DOMAIN}"
    rf"|\ at\ (?:[\w-]++\ dot\ )+{_TOP_DOMAIN})",
    re.IGNORECASE,
)

# The letters that HMRC hands out, and QQ, which stands in its own examples. Words of two letters stand before numbers
# ("at 250000 a year"), so small letters count only where the letters touch the digits or the digits stand in pairs.
_NI_PREFIX = r"(?!BG|GB|NK|KN|TN|NT|ZZ)(?:[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z]|QQ)"
_NI_GAP = r"[\s.-]{0,2}"
_NI_NUMBER = re.compile(
    rf"(?<!\w){_NI_PREFIX}(?:"
    r"[0-9]{6}[\s.-]?[A-D]?"
    rf"|{_NI_GAP}[0-9]{{6}}[A-D]"
    rf"|{_NI_GAP}[0-9]{{2}}[\s.-][0-9]{{2}}[\s.-][0-9]{{2}}{_NI_GAP}[A-D]"
    rf"|(?-i:(?<=[A-Z][A-Z]){_NI_GAP}(?:[0-9]{{6}}|[0-9]{{2}}[\s.-][0-9]{{2}}[\s.-][0-9]{{2}}"
    rf"|[0-9]{{3}}[\s.-][0-9]{{3}})(?:{_NI_GAP}[A-D])?)"
    r")(?!\w)",
    re.IGNORECASE | re.ASCII,
)

# Royal Mail's shapes. "band b5 1st" is an ordinal after a short code, not a postcode.
_POSTCODE = re.compile(
    r"(?<!\w)(?![A-Z][0-9]\s[0-9](?-i:st|nd|rd|th|yr|hr|ft)\b)"
    r"(?:GIR[\s-]{0,2}0AA|[A-PR-UWYZ][A-HK-Y]?[0-9][0-9A-HJKMNPR-Y]?[\s-]{0,2}[0-9][ABD-HJLNP-UW-Z]{2})(?!\w)",
    re.IGNORECASE | re.ASCII,
)


def _kept_pattern(item: str) -> re.Pattern[str]:
    """Finds `item` in any case and spacing, but not inside a longer address."""
    words = r"[\s-]{0,2}".join(map(re.escape, item.split())).replace("@", r"\ ?@\ ?")
    return re.compile(rf"(?<![\w.+-]){words}(?![\w-]|\.(?-i:[a-z]))", re.IGNORECASE)


_DIGITS = re.compile(r"[0-9]+")
_GAP = re.compile(r"[\s()./_-]{1,3}")
_MOST_GROUPS, _MOST_CARD_GROUPS = 11, 6  # eleven: a telephone number written digit by digit
_FEWEST_DIGITS, _MOST_DIGITS = 8, 19  # of a telephone number abroad, of a payment card
_PHONES = (_Rank.PHONE_WITH_COUNTRY, _Rank.PHONE, _Rank.LOOSE_PHONE)


def _find_listed_phones(folded: str, kept_phones: set[str]) -> Iterator[_Find]:
    """Telephone numbers of any country that has such numbers, written as that country or the United Kingdom does."""
    for match in phonenumbers.PhoneNumberMatcher(folded, "GB"):
        number = f"{match.number.country_code}{match.number.national_number}"
        rank = _Rank.PHONE_WITH_COUNTRY if match.raw_string.startswith(("+", "00")) else _Rank.PHONE
        lone_bracket = match.raw_string.startswith("(") and ")" not in match.raw_string
        yield _Find(_Rank.KEPT if number in kept_phones else rank, match.start + lone_bracket, match.end)


def _find_numbers(folded: str, kept_phones: set[str]) -> Iterator[_Find]:
    """Numbers told by their digits, starting at any group of digits and ending with any."""
    for run in _list_runs(folded):
        digits = "".join(folded[start:end] for start, end in run)
        sizes = [end - start for start, end in run]
        offset = 0
        for first, (start, _) in enumerate(run):
            opening = _opening(folded, start)
            for last, count in _list_ends(sizes, first):
                number = digits[offset : offset + count]
                rank = _judge(number, sizes[first : last + 1], is_after_plus="+" in opening)
                if rank is not None:
                    if rank in _PHONES and _international(number) in kept_phones:
                        rank = _Rank.KEPT
                    is_part = "+" in opening or ")" in folded[start : run[last][1]]
                    yield _Find(rank, start - len(opening) * is_part, run[last][1])
            offset += sizes[first]


def _list_ends(sizes: list[int], first: int) -> list[tuple[int, int]]:
    """The groups that a number starting at group `first` may end with, and its count of digits then."""
    counts = enumerate(accumulate(sizes[first : first + _MOST_GROUPS]), first)
    return [(last, count) for last, count in counts if _FEWEST_DIGITS <= count <= _MOST_DIGITS]


def _list_runs(folded: str) -> list[list[tuple[int, int]]]:
    """Groups of digits with nothing but spaces, dashes, dots, strokes and brackets between them, run by run."""
    runs: list[list[tuple[int, int]]] = []
    end = -1
    for match in _DIGITS.finditer(folded):
        if runs and match.start() - end <= 3 and _GAP.fullmatch(folded, end, match.start()):
            runs[-1].append(match.span())
        else:
            runs.append([match.span()])
        end = match.end()
    return runs


def _opening(folded: str, start: int) -> str:
    """The plus sign, bracket or both that a number begins with."""
    before = folded[max(start - 2, 0) : start]
    return next((opening for opening in ("+(", "+", "(") if before.endswith(opening)), "")


def _judge(digits: str, sizes: list[int], *, is_after_plus: bool) -> _Rank | None:
    """What a number of these digits, written in groups of these sizes, is."""
    count = len(digits)
    if is_after_plus:
        if digits.startswith("440"):
            return _Rank.PHONE_WITH_COUNTRY if count == 13 else _Rank.LOOSE_PHONE
        return _Rank.PHONE_WITH_COUNTRY if digits.startswith("44") and count == 12 else _Rank.LOOSE_PHONE
    if count == 10 and sizes in _NHS_SIZES and _has_nhs_check(digits):
        return _Rank.NHS_NUMBER
    if count >= 13 and sizes in _card_sizes(count) and _has_luhn_check(digits):
        return _Rank.CARD_NUMBER
    if _begins_with_date(digits, sizes):
        return None
    if _is_british_phone(digits, sizes):
        return _Rank.PHONE
    if count == 10 and _has_nhs_check(digits):
        return _Rank.LOOSE_NHS_NUMBER
    if count >= 13 and len(sizes) <= _MOST_CARD_GROUPS and _has_luhn_check(digits):
        return _Rank.LOOSE_CARD_NUMBER
    return None


_NHS_SIZES = ([10], [3, 3, 4], [3, 7], [6, 4])


@lru_cache(maxsize=8)
def _card_sizes(count: int) -> tuple[list[int], ...]:
    """How cards of `count` digits are printed: in fours, in the groups of Amex and Diners, or without spaces."""
    fours = [4] * (count // 4) + ([count % 4] if count % 4 else [])
    return [count], fours, [4, 6, count - 10]


def _begins_with_date(digits: str, sizes: list[int]) -> bool:
    """Whether the number begins as 25-11-2022, 2022-11-25 or 2022-23 do."""
    if sizes[0] == 4:
        return len(sizes) > 1 and digits[:2] in ("19", "20")
    return len(sizes) > 2 and max(sizes[:2]) <= 2 and sizes[2] == 4


_BRITISH_MOBILE_SIZES = ([10], [4, 6], [5, 5], [4, 3, 3])  # written without its leading nought


def _is_british_phone(digits: str, sizes: list[int]) -> bool:
    """Whether this is shaped as a British number, also one that is not in use, such as 07700 900123."""
    count = len(digits)
    if digits[0] == "7" and count == 10:
        return sizes in _BRITISH_MOBILE_SIZES
    if digits.startswith(("0044", "44")):
        return count == (14 if digits[0] == "0" else 12) and digits[-10] in "12378"
    return count in (10, 11) and digits[0] == "0" and digits[1] in "12378"


def _international(digits: str) -> str:
    """Digits of a telephone number from any way of writing to that with the country first."""
    return re.sub("^(?:00440?|440|0(?!0))", "44", digits).removeprefix("00")


def _has_nhs_check(digits: str) -> bool:
    """Whether the tenth digit is the modulus 11 check digit of the nine before it."""
    rest = sum(int(digit) * weight for digit, weight in zip(digits, range(10, 1, -1), strict=False)) % 11
    return (11 - rest) % 11 == int(digits[9])


def _has_luhn_check(digits: str) -> bool:
    """Whether the digits of a payment card add up, and are not all noughts."""
    doubled = sum(sum(divmod(2 * int(digit), 10)) for digit in digits[-2::-2])
    return digits[0] != "0" and (doubled + sum(map(int, digits[-1::-2]))) % 10 == 0
