"""Sleep: ISI, PSQI, AIS (section 3 of the scoring facts)."""

from fractions import Fraction

from .sheet import Bands, Restated, Rule, Score, Sheet, band, coded, each, finish, numbers, raw, sum_of, total_of

VARIANTS = {
    "psqi": {"line": ("line-7", "line-5"), "hours": ("seven-hours-0", "seven-hours-1")},
    "ais": {"line": ("line-6", "line-4-6")},
}

PSQI_TROUBLES = tuple(f"5{letter}" for letter in "abcdefghij")
PSQI_HEADS = ("1", "2", "3", "4", *PSQI_TROUBLES, "6", "7", "8", "9")

ITEMS: dict[str, dict[str, tuple[object, ...]]] = {
    "isi": {**each("1-7", 0, 1, 2, 3, 4)},
    "psqi": {
        "1": ("clock",),
        "2": ("number", 0.0, 1440.0),  # minutes: no more than a day has
        "3": ("clock",),
        "4": ("number", 0.0, 24.0),
        **dict.fromkeys((*PSQI_TROUBLES, "6", "7", "8", "9"), (0, 1, 2, 3)),
    },
    "ais": {**each("1-8", 0, 1, 2, 3)},
}


def isi(sheet: Sheet) -> Restated:
    """Section 3, ISI: 0-7, 8-14, 15-21, 22-28."""
    total = sum_of(coded(sheet, "1-7"), "1-7")
    table: Bands = [("none", 0), ("subthreshold", 8), ("moderate", 15), ("severe", 22)]
    return finish(sheet, numbers("1-7"), {"total": total}, bands={"total": band(total, table)})


def ais(sheet: Sheet) -> Restated:
    """Section 3, AIS: from 6 (Soldatos), or under 4, 4-6, over 6 (Chinese usage)."""
    total = sum_of(coded(sheet, "1-8"), "1-8")
    table: Bands = [("below", 0), ("above", 6)]
    if "line-4-6" in sheet.variants:
        table = [("none", 0), ("possible", 4), ("above", 7)]
    return finish(sheet, numbers("1-8"), {"total": total}, bands={"total": band(total, table)})


def _minutes(sheet: Sheet, number: str) -> int | None:
    """A clock time as minutes after midnight."""
    clock = sheet.answers.get(number)
    if not isinstance(clock, str):
        return None
    hours, _, minutes = clock.partition(":")
    return int(hours) * 60 + int(minutes)


def _in_bed(sheet: Sheet) -> Score:
    """Hours from going to bed to getting up, over midnight when the second clock time is the smaller one."""
    down, up = _minutes(sheet, "1"), _minutes(sheet, "3")
    return None if down is None or up is None else (up - down) % (24 * 60) / 60


def _ratio(slept: Score, in_bed: Score) -> Fraction | None:
    """Hours slept ÷ hours in bed, exactly: 5.1 of 6 hours are 85 %, whatever the binary digits say."""
    if slept is None or not in_bed:
        return None
    return Fraction(str(slept)) / Fraction(round(in_bed * 60), 60)


def _recoded(score: Score, *starts: int) -> Score:
    """0, 1, 2, 3 from the first score of each step on."""
    return None if score is None else sum(score >= start for start in starts)


def _minutes_code(minutes: Score) -> Score:
    """At most 15, at most 30, at most 60, more than 60 minutes."""
    return None if minutes is None else sum(minutes > line for line in (15, 30, 60))


def _duration(hours: Score, seven_is_one: bool) -> Score:
    """Over 7, 6-7, 5-6, under 5 hours; sources differ about exactly 7, the lower ends belong to the better step."""
    if hours is None:
        return None
    best = hours > 7 if seven_is_one else hours >= 7
    return 0 if best else 1 if hours >= 6 else 2 if hours >= 5 else 3


def _efficiency(ratio: Fraction | None) -> Score:
    """From 85 %, from 75 %, from 65 %, less; nothing lies between the steps."""
    return None if ratio is None else sum(ratio * 100 < line for line in (85, 75, 65))


def psqi(sheet: Sheet) -> Restated:
    """Section 3, PSQI: seven components of 0-3; over 7 (Liu 1996) or over 5 (Buysse).

    Zero hours in bed leave the efficiency undefined, and with it the total: such a sheet is incomplete. More hours of
    sleep than in bed cannot be.
    """
    ratio = _ratio(raw(sheet, "4"), _in_bed(sheet))
    minutes_code = _minutes_code(raw(sheet, "2"))
    disturbance_sum = total_of(*(raw(sheet, number) for number in PSQI_TROUBLES[1:]))
    daytime_sum = total_of(raw(sheet, "7"), raw(sheet, "8"))
    components = {
        "quality": raw(sheet, "9"),
        "latency": _recoded(total_of(minutes_code, raw(sheet, "5a")), 1, 3, 5),
        "duration": _duration(raw(sheet, "4"), "seven-hours-1" in sheet.variants),
        "efficiency": _efficiency(ratio),
        "disturbance": _recoded(disturbance_sum, 1, 10, 19),
        "medication": raw(sheet, "6"),
        "daytime": _recoded(daytime_sum, 1, 3, 5),
    }
    total = total_of(*components.values())
    steps = {
        "minutes_code": minutes_code,
        "hours_in_bed": _in_bed(sheet),
        "sleep_ratio": None if ratio is None else float(ratio),
        "disturbance_sum": disturbance_sum,
        "daytime_sum": daytime_sum,
    }
    table: Bands = [("below", 0), ("above", 6 if "line-5" in sheet.variants else 8)]
    return finish(
        sheet,
        PSQI_HEADS,
        {**steps, **components, "total": total},
        bands={"total": band(total, table)},
        flags={"impossible_hours": None if ratio is None else ratio > 1},
        undefined=("sleep_ratio", "efficiency") if _in_bed(sheet) == 0 else (),
    )


RESTATED: dict[str, Rule] = {"isi": isi, "psqi": psqi, "ais": ais}
