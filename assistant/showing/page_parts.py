"""Give an environment of templates what `reply.html.j2` needs."""

from jinja2 import Environment, PackageLoader

from assistant.showing.words import cards, dialled, linked, standing_of, texts_beside_cards

MANY_OFFERS = 3  # more cards than this are shown folded
TIERS = {"current": "Current support", "enhanced": "Enhanced support"}
REPLY_TEMPLATES = PackageLoader("assistant.showing")


def add_reply_parts(environment: Environment) -> None:
    """The filters and values that the template of a reply uses; its loader must have REPLY_TEMPLATES."""
    environment.filters.update(standing=standing_of, dialled=dialled, linked=linked)
    environment.globals.update(many_offers=MANY_OFFERS, tiers=TIERS, texts_beside_cards=texts_beside_cards, cards=cards)
