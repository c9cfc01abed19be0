"""What a student is told after a questionnaire (domain.md 5.1), and in which words."""

from collections.abc import Iterable
from enum import StrEnum

from counselroom import resources
from counselroom.domain.instruments.definition.meaning import Priority
from counselroom.services.instruments.telling.cards import Card

_GENERAL = "general"
_WHOLE = frozenset({"scored", "prorated"})


class Opening(StrEnum):
    """How the letter begins: by the gravest band that asks for a talk, of whole sheets only."""

    FINE = "fine"
    TIRED = "tired"
    HARD = "hard"
    THANKS = "thanks"  # a questionnaire without bands says nothing of how somebody is
    AGAIN = "again"  # no sheet is whole: an invitation to fill it in once more


_GRAVER = (Opening.THANKS, Opening.FINE, Opening.TIRED, Opening.HARD)


def opening(cards: Iterable[Card]) -> Opening:
    """The opening for all of these sheets together. An answer that could not wait asks for a talk, also on a sheet
    that is not whole: to ask for another sheet would be the wrong answer to it."""
    listed = list(cards)
    if any(item.priority is not Priority.THIS_WEEK for card in listed for item in card.critical):
        return Opening.HARD
    whole = [_of(card) for card in listed if card.line.result.status in _WHOLE]
    return max(whole, key=_GRAVER.index, default=Opening.AGAIN)


def _of(card: Card) -> Opening:
    judged = [each for each in card.gauges if each.limit is not None]
    if not judged:
        return Opening.THANKS
    # The only band of a total that asks for a talk is its gravest one; of a single scale it is not.
    if any(each.place > 1 or (each.is_total and 0 < each.place == each.flagged) for each in judged):
        return Opening.HARD
    return Opening.TIRED if any(each.place for each in judged) else Opening.FINE


def sentence(kind: Opening) -> str:
    """The first sentences."""
    return str(_words()["opening"][kind])


def things(kind: Opening, instruments: Iterable[str]) -> tuple[str, ...]:
    """Three things to try: those of what the questionnaires are about, where all are about the same."""
    listed = _words()["things"][kind]
    areas = {_area(instrument) for instrument in instruments}
    return tuple(listed.get(areas.pop() if len(areas) == 1 else _GENERAL, listed[_GENERAL]))


def _area(instrument: str) -> str:
    return next((area for area, those in _words()["area"].items() if instrument in those), _GENERAL)


def _words() -> dict[str, dict[str, dict[str, list[str]]]]:
    return resources.toml("codes", "feedback.toml")
