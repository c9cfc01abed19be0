"""The two questionnaires of our own, not standardised: their keys are ours, no bands."""

from .sheet import Restated, Rule, Sheet, coded, each, finish, numbers, raised, sum_of

VARIANTS: dict[str, dict[str, tuple[str, ...]]] = {}

ITEMS: dict[str, dict[str, tuple[object, ...]]] = {
    "class-weather": {**each("1-7", 0, 1, 2, 3), "8": (1, 0)},
    "adaptation-check": {**each("1-11", 0, 1, 2, 3), "12": (1, 0)},
}


def class_weather(sheet: Sheet) -> Restated:
    """Sunny 0, cloudy 1, overcast 2, rain 3; item 7 is the week as a whole, item 8 the wish to talk (no score)."""
    codes = coded(sheet, "1-7")
    scores = {
        "mood": sum_of(codes, "1-2"),
        "peers": sum_of(codes, "3-4"),
        "learning": sum_of(codes, "5-6"),
        "total": sum_of(codes, "1-7"),
    }
    return finish(sheet, numbers("1-8"), scores, alerts=raised(sheet, "8", 1))


def adaptation_check(sheet: Sheet) -> Restated:
    """Eleven items 0-3 about study, peers, daily life, home; item 12 is the wish to talk (no score)."""
    codes = coded(sheet, "1-11")
    scores = {
        "study": sum_of(codes, "1-3"),
        "peers": sum_of(codes, "4-6"),
        "daily": sum_of(codes, "7-9"),
        "home": sum_of(codes, "10-11"),
        "total": sum_of(codes, "1-11"),
    }
    return finish(sheet, numbers("1-12"), scores, alerts=raised(sheet, "12", 1))


RESTATED: dict[str, Rule] = {"class-weather": class_weather, "adaptation-check": adaptation_check}
