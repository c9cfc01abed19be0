"""Children and youth: SCARED, SASC, RCADS, the three SDQ, PSC-17, SNAP-IV (instruments.md section 3)."""

from collections.abc import Mapping

from .sheet import (
    Bands,
    Restated,
    Score,
    Sheet,
    band,
    blanks,
    coded,
    each,
    finish,
    half_up,
    numbers,
    prorated_sum,
    raised,
    raw,
    sum_of,
    total_of,
)

SCARED = {
    "panic": "1,6,9,12,15,18,19,22,24,27,30,34,38",
    "generalized": "5,7,14,21,23,28,33,35,37",
    "separation": "4,8,13,16,20,25,29,31",
    "social": "3,10,26,32,39,40,41",
    "school": "2,11,17,36",
}
SCARED_LINES = {"panic": 7, "generalized": 9, "separation": 5, "social": 8, "school": 3}
SCARED_NORMS = {"F": (15.6, 10.0), "M": (14.4, 10.5)}  # 1559 pupils in 12 cities: mean and SD of the total

RCADS = {
    "separation": "5,9,17,18,33,45,46",
    "social": "4,7,8,12,20,30,32,38,43",
    "generalized": "1,13,22,27,35,37",
    "panic": "3,14,24,26,28,34,36,39,41",
    "ocd": "10,16,23,31,42,44",
    "depression": "2,6,11,15,19,21,25,29,40,47",
}
RCADS_ANXIETY = ("separation", "social", "generalized", "panic", "ocd")

SDQ = {
    "emotional": "3,8,13,16,24",
    "conduct": "5,7,12,18,22",
    "hyperactivity": "2,10,15,21,25",
    "peer": "6,11,14,19,23",
    "prosocial": "1,4,9,17,20",
}
SDQ_REVERSE = "7,21,25,11,14"
SDQ_SUMS = {
    "total": ("emotional", "conduct", "hyperactivity", "peer"),
    "internalising": ("emotional", "peer"),
    "externalising": ("conduct", "hyperactivity"),
}

VARIANTS = {
    "scared": {"line": ("line-25", "line-23")},
    "rcads47": {"missing": ("prorate-2", "refuse")},
}
_SDQ_ITEMS = {**each("1-25", 0, 1, 2), **each("26,27", 0, 1, 2, 3)}
ITEMS: Mapping[str, dict[str, tuple[int | float, ...]]] = {
    "scared": each("1-41", 0, 1, 2),
    "sasc": each("1-10", 0, 1, 2),
    "rcads47": each("1-47", 0, 1, 2, 3),
    "sdq-self": {**_SDQ_ITEMS, **each("28-32", 0, 0, 1, 2), **each("33", 0, 1, 2, 3)},
    "sdq-parent": {**_SDQ_ITEMS, **each("28-32", 0, 0, 1, 2), **each("33", 0, 1, 2, 3)},
    "sdq-teacher": {**_SDQ_ITEMS, **each("28-30", 0, 0, 1, 2), **each("31", 0, 1, 2, 3)},
    "psc17": each("1-17", 0, 1, 2),
    "snap26": each("1-26", 0, 1, 2, 3),
}


def scared(sheet: Sheet) -> Restated:
    """Section 3, scared: five scales with own lines; total ≥ 25, Chinese papers 23; T of the total by sex."""
    codes = coded(sheet, "1-41")
    scores = {name: sum_of(codes, key) for name, key in SCARED.items()}
    total = scores["total"] = sum_of(codes, "1-41")
    lines = {**SCARED_LINES, "total": 23 if "line-23" in sheet.variants else 25}
    norms = {}
    if total is not None and sheet.sex in SCARED_NORMS:
        mean, deviation = SCARED_NORMS[sheet.sex]
        norms["total"] = 50 + 10 * (total - mean) / deviation
    return finish(
        sheet,
        numbers("1-41"),
        scores,
        bands={name: band(scores[name], [("below", 0), ("above", line)]) for name, line in lines.items()},
        norms=norms,
    )


def sasc(sheet: Sheet) -> Restated:
    """Section 3, sasc: two scales, total ≥ 8."""
    codes = coded(sheet, "1-10")
    scores = {"fear": sum_of(codes, "1,2,5,6,8,10"), "avoidance": sum_of(codes, "3,4,7,9")}
    scores["total"] = sum_of(codes, "1-10")
    return finish(
        sheet,
        numbers("1-10"),
        scores,
        bands={"total": band(scores["total"], [("below", 0), ("above", 8)])},
    )


def rcads47(sheet: Sheet) -> Restated:
    """Section 3, rcads: at most two blanks in a scale are prorated, or none; 37 is critical."""
    codes = coded(sheet, "1-47")
    allowed = 0 if "refuse" in sheet.variants else 2
    scores: dict[str, Score] = {
        name: prorated_sum(codes, key, len(numbers(key)) - allowed) for name, key in RCADS.items()
    }
    used = [name for name, key in RCADS.items() if blanks(codes, key)]
    scores["anxiety_total"] = total_of(*(scores[name] for name in RCADS_ANXIETY))
    scores["total"] = total_of(*(scores[name] for name in RCADS))
    if any(name in RCADS_ANXIETY for name in used):
        used.append("anxiety_total")
    if used:
        used.append("total")
    return finish(sheet, numbers("1-47"), scores, alerts=raised(sheet, "37", 1), prorated=used)


def _sdq(sheet: Sheet, impact: str, last: str, lines: tuple[float, float]) -> Restated:
    """Section 3, sdq: ≥ 3 of 5 answered, prorated to 0–10, halves up; the impact page only with difficulties (26)."""
    codes = coded(sheet, "1-25", reverse=SDQ_REVERSE, ends=2)
    scores: dict[str, Score] = {name: half_up(prorated_sum(codes, key, 3)) for name, key in SDQ.items()}
    used = [name for name, key in SDQ.items() if blanks(codes, key)]
    for name, parts in SDQ_SUMS.items():
        scores[name] = total_of(*(scores[part] for part in parts))
        if any(part in used for part in parts):
            used.append(name)
    hidden = raw(sheet, "26") == 0
    scores["impact"] = 0 if hidden else sum_of(coded(sheet, impact), impact)
    table: Bands = [("normal", 0), ("borderline", lines[0]), ("abnormal", lines[1])]
    asked = "1-26" if hidden else f"1-27,{impact},{last}"
    return finish(sheet, numbers(asked), scores, bands={"total": band(scores["total"], table)}, prorated=used)


def sdq_self(sheet: Sheet) -> Restated:
    """Section 3, sdq: self 0–15, 16–19, 20+."""
    return _sdq(sheet, "28-32", "33", (16, 20))


def sdq_parent(sheet: Sheet) -> Restated:
    """Section 3, sdq: parent 0–13, 14–16, 17+."""
    return _sdq(sheet, "28-32", "33", (14, 17))


def sdq_teacher(sheet: Sheet) -> Restated:
    """Section 3, sdq: teacher 0–11, 12–15, 16+; three impact items."""
    return _sdq(sheet, "28-30", "31", (12, 16))


def psc17(sheet: Sheet) -> Restated:
    """Section 3, psc17: blanks count 0; four or more of the seventeen and the sheet has no score."""
    codes = coded(sheet, "1-17")
    keys = {
        "attention": "1,3,7,13,17",
        "internalizing": "2,6,9,11,15",
        "externalizing": "4,5,8,10,12,14,16",
        "total": "1-17",
    }
    lines = {"attention": 7, "internalizing": 5, "externalizing": 7, "total": 15}
    filled = {number: code or 0 for number, code in codes.items()}
    valid = blanks(codes, "1-17") <= 3
    scores = {name: sum_of(filled, key) if valid else None for name, key in keys.items()}
    return finish(
        sheet,
        numbers("1-17"),
        scores,
        bands={name: band(scores[name], [("below", 0), ("above", line)]) for name, line in lines.items()},
        prorated=[name for name, key in keys.items() if blanks(codes, key)],
    )


def snap26(sheet: Sheet) -> Restated:
    """Section 3, snap26: the first two 13, 18, 23; defiance 8, 14, 19."""
    codes = coded(sheet, "1-26")
    first: Bands = [("normal", 0), ("mild", 13), ("moderate", 18), ("severe", 23)]
    third: Bands = [("normal", 0), ("mild", 8), ("moderate", 14), ("severe", 19)]
    tables = {"inattention": first, "hyperactivity": first, "defiance": third}
    keys = {"inattention": "1-9", "hyperactivity": "10-18", "defiance": "19-26"}
    scores = {name: sum_of(codes, key) for name, key in keys.items()}
    bands = {name: band(scores[name], tables[name]) for name in keys}
    return finish(sheet, numbers("1-26"), scores, bands=bands)


RESTATED = {
    "scared": scared,
    "sasc": sasc,
    "rcads47": rcads47,
    "sdq-self": sdq_self,
    "sdq-parent": sdq_parent,
    "sdq-teacher": sdq_teacher,
    "psc17": psc17,
    "snap26": snap26,
}
