"""The report as one page that needs nothing else: no network, no other file."""

from collections.abc import Callable
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from assistant.enquiries.outcomes import Outcome
from assistant.learning.evaluation import charts
from assistant.learning.evaluation.facts import Facts
from assistant.learning.evaluation.figures import Share, list_least_certain, list_slowest
from assistant.learning.evaluation.questions import Question
from assistant.learning.evaluation.report import Report
from assistant.learning.evaluation.run import Got

TEMPLATE = "evaluation.html.j2"


def render_page(report: Report, facts: Facts) -> str:
    """The whole page. Everything but the pictures, which are our own, is escaped."""
    templates = Environment(
        loader=PackageLoader("assistant.learning.evaluation", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    templates.filters.update(percent=percent, interval=interval, name=_namer(facts))
    wrong = sorted(
        (answer for answer in report.run.answers if not answer.is_right), key=lambda each: each.question.kind
    )
    return templates.get_template(TEMPLATE).render(
        report=report,
        run=report.run,
        figures=report.figures,
        wrong=wrong,
        wrong_turns=[turn for turn in report.run.turns if not turn.is_right],
        slowest=list_slowest(report.run),
        least_certain=list_least_certain(report.run),
        describe_expected=lambda question: describe_expected(question, facts),
        describe_got=lambda got: describe_got(got, facts),
        pictures=_draw(report, facts),
    )


def percent(share: Share | float | None) -> str:
    """A share as people read it; a dash where there was nothing to measure."""
    value = share.value if isinstance(share, Share) else share
    return "–" if value is None else f"{value:.1%}"


def interval(share: Share) -> str:
    """The range in which the share of ever so many such questions would lie."""
    low, high = share.interval
    return f"{low * 100:.1f} to {high:.1%}"


def describe_expected(question: Question, facts: Facts) -> str:
    """What a question asks for, in words."""
    accepted = " or ".join(_name_outcome(outcome) for outcome in question.accepted)
    person = facts.people.get(question.person or "", question.person)
    return _describe(accepted, [*(question.offers or ()), question.topic, person], facts)


def describe_got(got: Got | None, facts: Facts) -> str:
    """What a reply was about, in words."""
    if got is None:
        return "nothing"
    return _describe(_name_outcome(got.outcome), [*got.offers, got.topic, got.person], facts)


def _describe(outcome: str, about: list[str | None], facts: Facts) -> str:
    names = [facts.offers.get(each, each) for each in about if each]
    return f"{outcome}: {', '.join(names)}" if names else outcome


def _name_outcome(outcome: Outcome) -> str:
    return outcome.value.replace("_", " ")


def _namer(facts: Facts) -> Callable[[str], str]:
    """The short name of an offer; an outcome, kind or label as it is, but for the underscores."""
    return lambda slug: facts.offers.get(slug, slug.replace("_", " "))


def _draw(report: Report, facts: Facts) -> dict[str, Any]:
    pictures = {
        "confusion": charts.draw_confusion(report.confusion, facts.offers),
        "calibration": charts.draw_calibration(report.calibration) if report.calibration else "",
        "refusals": charts.draw_refusals(report.refusals, report.figures) if report.refusals else "",
    }
    return {name: Markup(svg) for name, svg in pictures.items()}
