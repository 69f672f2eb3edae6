"""Sentences for `growth`: as many as wanted, all different, each with the key words of its label."""

import random
from collections.abc import Sequence
from itertools import product

TOPICS = (
    "mentoring coaching networking recruitment retention appraisal promotion leadership governance strategy "
    "allyship inclusion belonging wellbeing sickness bullying harassment grievance whistleblowing mediation "
    "payroll pension parking rota overtime maternity paternity adoption fostering retirement "
    "induction probation apprenticeship internship secondment sabbatical scholarship bursary fellowship placement "
    "audit inspection regulation accreditation benchmarking procurement tendering invoicing budgeting forecasting "
    "cardiology oncology dermatology radiology pharmacy midwifery podiatry psychiatry paediatrics geriatrics "
    "vaccination screening triage discharge referral rehabilitation physiotherapy nutrition dialysis transplant "
    "cybersecurity telephony analytics interoperability telehealth scanning archiving printing laptops passwords "
    "catering cleaning laundry portering maintenance heating ventilation lighting recycling transport "
    "interpreting chaplaincy volunteering fundraising advocacy complaints compliments research publishing translation"
).split()
DETAILS = (
    "deadline fee eligibility agenda speaker venue certificate handbook toolkit newsletter "
    "survey webinar contact waiting-list feedback refund template case-study podcast committee"
).split()
TEMPLATES = (
    "what is the {detail} for {topic} that {who} wants {when}",
    "{who} asked me about the {topic} {detail} {when}",
    "can {who} see the {detail} of the {topic} programme {when}",
    "i need the {topic} {detail} for {who} {when}",
    "please send {who} the {detail} on {topic} {when}",
    "is there a {detail} about {topic} that {who} could use {when}",
    "we lost the {detail} for {topic}, {who} wants it {when}",
    "how do we get the {topic} {detail} to {who} {when}",
    "who decides on the {detail} for {topic}, {who} wonders {when}",
    "{when} {who} will want to know about the {detail} in {topic}",
)
WHO = (
    "our chair|my manager|the new nurse|our board|a colleague|the ward sister|our trainee|the finance team|"
    "the chief executive|our governor"
).split("|")
WHEN = (
    "today|tomorrow|next week|this month|before easter|after the summer|in january|by friday|this year|in the spring"
).split("|")
PAIRS = len(TOPICS) * len(DETAILS)  # so many labels there can be
MOST_SENTENCES = PAIRS * 50


def make_sentences(count: int, seed: int = 0) -> list[str]:
    """The first `count` of a fixed list, at most MOST_SENTENCES; sentence i is about pair i % PAIRS of key words.

    Any beginning of the list spreads evenly over the topics.
    """
    chance = random.Random(seed)
    frames = list(product(TEMPLATES, WHO, WHEN))
    of_pairs = [chance.sample(frames, -(-count // PAIRS)) for _ in range(PAIRS)]
    sentences = []
    for number in range(count):
        template, who, when = of_pairs[number % PAIRS][number // PAIRS]
        topic, detail = _key_words(number)
        sentences.append(template.format(topic=topic, detail=detail, who=who, when=when))
    return sentences


def labels_of(sentences: Sequence[str], label_count: int) -> list[str]:
    """The label of each of `make_sentences` where there are `label_count` labels: some topics, or parts of a topic."""
    pairs_each = PAIRS // label_count
    labels = []
    for number in range(len(sentences)):
        topic, detail = number % len(TOPICS), number // len(TOPICS) % len(DETAILS)
        labels.append(f"label_{(topic * len(DETAILS) + detail) // pairs_each:04}")
    return labels


def names_of_labels(label_count: int) -> dict[str, list[str]]:
    """A name for each label: the key words of its first pair."""
    pairs_each = PAIRS // label_count
    first_pairs = range(0, PAIRS, pairs_each)
    return {
        f"label_{number:04}": [f"{TOPICS[pair // len(DETAILS)]} {DETAILS[pair % len(DETAILS)]}"]
        for number, pair in enumerate(first_pairs)
    }


def _key_words(number: int) -> tuple[str, str]:
    return TOPICS[number % len(TOPICS)], DETAILS[number // len(TOPICS) % len(DETAILS)]
