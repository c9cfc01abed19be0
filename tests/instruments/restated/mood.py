"""Mood: DASS-21, Zung's two scales, the CES-D family, CDI, DSRSC (instruments.md section 3)."""

from .sheet import (
    Bands,
    Restated,
    Score,
    Sheet,
    at_least,
    band,
    coded,
    each,
    finish,
    floored,
    half_up,
    numbers,
    raised,
    raw,
    sum_of,
    times,
)

CDI = {
    "negative_mood": "1,6,8,10,11,13",
    "interpersonal": "5,12,26,27",
    "ineffectiveness": "3,15,23,24",
    "anhedonia": "4,16-22",
    "self_esteem": "2,7,9,14,25",
}

VARIANTS = {
    "sds": {"rounding": ("truncate", "round"), "bands": ("bands-53", "bands-50")},
    "sas": {"rounding": ("truncate", "round")},
    "cesd": {"line": ("line-16", "line-20", "line-25", "line-28")},
    "cdi": {"direction": ("printed", "presorted")},
    "dsrsc": {"line": ("line-15", "line-14", "line-13")},
}
ITEMS = {
    "dass21": each("1-21", 0, 1, 2, 3),
    "sds": each("1-20", 1, 2, 3, 4),
    "sas": each("1-20", 1, 2, 3, 4),
    "cesd": each("1-20", 0, 1, 2, 3),
    "cesdr": each("1-20", 0, 1, 2, 3, 4),
    "cesdc": each("1-20", 0, 1, 2, 3),
    "cdi": each("1-27", 0, 1, 2),
    "dsrsc": each("1-18", 0, 1, 2),
}


def dass21(sheet: Sheet) -> Restated:
    """Section 3, dass21: each sum × 2; 21 and 10 are soft."""
    codes = coded(sheet, "1-21")
    keys = {"depression": "3,5,10,13,16,17,21", "anxiety": "2,4,7,9,15,19,20", "stress": "1,6,8,11,12,14,18"}
    lines = {"depression": (0, 10, 14, 21, 28), "anxiety": (0, 8, 10, 15, 20), "stress": (0, 15, 19, 26, 34)}
    names = ("normal", "mild", "moderate", "severe", "extreme")
    scores = {name: times(sum_of(codes, key), 2) for name, key in keys.items()}
    return finish(
        sheet,
        numbers("1-21"),
        scores,
        bands={name: band(scores[name], list(zip(names, lines[name], strict=True))) for name in keys},
        soft={
            "hopeless_21": at_least(raw(sheet, "21"), 1),
            "nothing_ahead_10": at_least(raw(sheet, "10"), 1),
        },
    )


def _standard(sheet: Sheet, points: Score) -> Score:
    """Zung's standard score: raw × 1.25, cut off or rounded."""
    return half_up(times(points, 1.25)) if "round" in sheet.variants else floored(times(points, 1.25))


def sds(sheet: Sheet) -> Restated:
    """Section 3, sds: 53/63/73 or 50/60/70; index raw/80; 19 is critical."""
    points = sum_of(coded(sheet, "1-20", reverse="2,5,6,11,12,14,16,17,18,20", ends=5), "1-20")
    total = _standard(sheet, points)
    table: Bands = [("normal", 25), ("mild", 53), ("moderate", 63), ("severe", 73)]
    if "bands-50" in sheet.variants:
        table = [("normal", 25), ("mild", 50), ("moderate", 60), ("severe", 70)]
    return finish(
        sheet,
        numbers("1-20"),
        {"raw": points, "total": total, "index": None if points is None else points / 80},
        bands={"total": band(total, table)},
        alerts=raised(sheet, "19", 2),
    )


def sas(sheet: Sheet) -> Restated:
    """Section 3, sas: 50/60/70."""
    points = sum_of(coded(sheet, "1-20", reverse="5,9,13,17,19", ends=5), "1-20")
    total = _standard(sheet, points)
    table: Bands = [("normal", 25), ("mild", 50), ("moderate", 60), ("severe", 70)]
    return finish(sheet, numbers("1-20"), {"raw": points, "total": total}, bands={"total": band(total, table)})


def cesd(sheet: Sheet) -> Restated:
    """Section 3, cesd: reverse 4, 8, 12, 16; ≥ 16 or, in studies, 20, 25, 28."""
    total = sum_of(coded(sheet, "1-20", reverse="4,8,12,16", ends=3), "1-20")
    line = next(n for n in (16, 20, 25, 28) if f"line-{n}" in sheet.variants)
    return finish(
        sheet, numbers("1-20"), {"total": total}, bands={"total": band(total, [("below", 0), ("above", line)])}
    )


def cesdr(sheet: Sheet) -> Restated:
    """Section 3, cesdr: 3 and 4 both count 3; critical 14 and 15."""
    codes = {number: None if code is None else min(code, 3) for number, code in coded(sheet, "1-20").items()}
    return finish(sheet, numbers("1-20"), {"total": sum_of(codes, "1-20")}, alerts=raised(sheet, "14,15", 1))


def cesdc(sheet: Sheet) -> Restated:
    """Section 3, cesdc: reverse as cesd; ≥ 15."""
    total = sum_of(coded(sheet, "1-20", reverse="4,8,12,16", ends=3), "1-20")
    return finish(sheet, numbers("1-20"), {"total": total}, bands={"total": band(total, [("below", 0), ("above", 15)])})


def cdi(sheet: Sheet) -> Restated:
    """Section 3, cdi: in printed order thirteen items turn round, in presorted copies none; ≥ 19; 9 is critical."""
    turned = "" if "presorted" in sheet.variants else "2,5,7,8,10,11,13,15,16,18,21,24,25"
    codes = coded(sheet, "1-27", reverse=turned, ends=2)
    scores = {name: sum_of(codes, key) for name, key in CDI.items()}
    scores["total"] = sum_of(codes, "1-27")
    return finish(
        sheet,
        numbers("1-27"),
        scores,
        bands={"total": band(scores["total"], [("below", 0), ("above", 19)])},
        alerts=raised(sheet, "9", 1),
    )


def dsrsc(sheet: Sheet) -> Restated:
    """Section 3, dsrsc: ten items turn round; 15, in other sources 14 or 13; 10 is critical."""
    total = sum_of(coded(sheet, "1-18", reverse="1,2,4,7,8,9,11,12,13,16", ends=2), "1-18")
    line = next(n for n in (15, 14, 13) if f"line-{n}" in sheet.variants)
    return finish(
        sheet,
        numbers("1-18"),
        {"total": total},
        bands={"total": band(total, [("below", 0), ("above", line)])},
        alerts=raised(sheet, "10", 1),
    )


RESTATED = {
    "dass21": dass21,
    "sds": sds,
    "sas": sas,
    "cesd": cesd,
    "cesdr": cesdr,
    "cesdc": cesdc,
    "cdi": cdi,
    "dsrsc": dsrsc,
}
