"""Names of our own, misspelt, that something took for somebody's."""

import pytest

from assistant.matching.names.own import OwnNames

OURS = OwnNames(["Northern Ireland Confederation for Health and Social Care", "Women Leaders Network", "NI Confed"])


def holds(text: str, name: str) -> bool:
    start = text.index(name)
    return OURS.hold(text, (start, start + len(name)))


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Norhern Irland contact", "Norhern Irland"),
        ("who is norhern ireland", "norhern"),
        ("Northern Irelnad Confedaration?", "Irelnad"),
        ("the woman leeders netwrok", "leeders netwrok"),
        ("NI Cunfed", "Cunfed"),
        ("I'm Ade of the Women Leeders", "Leeders"),
    ],
)
def test_they_are_ours(text: str, name: str) -> None:
    assert holds(text, name)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("ask Leeders about it", "Leeders"),  # beside nothing of ours
        ("Sarah Leeders of estates", "Sarah Leeders"),
        ("Sarah Leeders network", "Sarah Leeders"),  # part of it is no word of ours
        ("Mr Leeders Network", "Leeders Network"),
        ("My manager is Norhern Irland", "Norhern Irland"),
        ("i'm Norhern Irland", "Norhern Irland"),
        ("Ade for Heath", "Heath"),  # a small word stands beside anybody
        ("Joe and Soxial", "Soxial"),
        ("Ireland Northern", "Ireland"),  # the other way round it is no name of ours
        ("NA Confed", "NA"),  # too short to have a letter wrong
    ],
)
def test_they_may_be_somebody_s(text: str, name: str) -> None:
    assert not holds(text, name)


def test_nothing_is_ours_without_names() -> None:
    assert not OwnNames(()).hold("Northern Ireland", (0, 8))
