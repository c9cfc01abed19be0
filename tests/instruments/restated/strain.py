"""General distress and stress: K6, K10, PSS, YP-CORE, CORE-10 (section 3 of the scoring facts)."""

from .sheet import (
    Bands,
    Restated,
    Rule,
    Score,
    Sheet,
    band,
    blanks,
    coded,
    each,
    finish,
    numbers,
    prorated_mean,
    raised,
    sum_of,
    times,
)

VARIANTS = {"k10": {"bands": ("bands-2019", "bands-australia")}}

ITEMS: dict[str, dict[str, tuple[object, ...]]] = {
    "k6": {**each("1-6", 0, 1, 2, 3, 4)},
    "k10": {**each("1-10", 1, 2, 3, 4, 5)},
    "pss10": {**each("1-10", 0, 1, 2, 3, 4)},
    "pss14": {**each("1-14", 0, 1, 2, 3, 4)},
    "yp-core": {**each("1-10", 0, 1, 2, 3, 4)},
    "core10": {**each("1-10", 0, 1, 2, 3, 4)},
}


def k6(sheet: Sheet) -> Restated:
    """Section 3, K6 (0-4): from 13."""
    total = sum_of(coded(sheet, "1-6"), "1-6")
    table: Bands = [("below", 0), ("above", 13)]
    return finish(sheet, numbers("1-6"), {"total": total}, bands={"total": band(total, table)})


def k10(sheet: Sheet) -> Restated:
    """Section 3, K10 (1-5): bands of the 2019 survey of pupils or the Australian ones; T from 21.5 (9.2)."""
    total = sum_of(coded(sheet, "1-10"), "1-10")
    table: Bands = [("low", 10), ("moderate", 20), ("high", 25), ("very_high", 30)]
    if "bands-australia" in sheet.variants:
        table = [("low", 10), ("moderate", 16), ("high", 22), ("very_high", 30)]
    norms = {} if total is None else {"total": 50 + 10 * (total - 21.5) / 9.2}
    return finish(sheet, numbers("1-10"), {"total": total}, bands={"total": band(total, table)}, norms=norms)


def pss10(sheet: Sheet) -> Restated:
    """Section 3, PSS-10: no official bands."""
    codes = coded(sheet, "1-10", "4,5,7,8", ends=0 + 4)
    return finish(sheet, numbers("1-10"), {"total": sum_of(codes, "1-10")})


def pss14(sheet: Sheet) -> Restated:
    """Section 3, PSS-14: no official bands."""
    codes = coded(sheet, "1-14", "4,5,6,7,9,10,13", ends=0 + 4)
    return finish(sheet, numbers("1-14"), {"total": sum_of(codes, "1-14")})


# Section 3, YP-CORE: (sex, youngest, oldest) -> the clinical line.
YP_CORE_LINES = {("M", 11, 13): 10.3, ("M", 14, 16): 14.1, ("F", 11, 13): 14.4, ("F", 14, 16): 15.9}


def _yp_core_band(total: Score, sheet: Sheet) -> str | None:
    """Below or from the line of the person's sex and age; None where no line is known for them."""
    for (sex, youngest, oldest), line in YP_CORE_LINES.items():
        if sheet.sex == sex and sheet.age is not None and youngest <= sheet.age <= oldest:
            return band(total, [("below", 0), ("above", line)])
    return None


def yp_core(sheet: Sheet) -> Restated:
    """Section 3, YP-CORE: mean × 10, at most one blank; item 4 critical."""
    codes = coded(sheet, "1-10", "3,5,10", ends=0 + 4)
    total = times(prorated_mean(codes, "1-10", 9), 10)
    return finish(
        sheet,
        numbers("1-10"),
        {"total": total},
        bands={"total": _yp_core_band(total, sheet)},
        prorated=["total"] if blanks(codes, "1-10") else [],
        alerts=raised(sheet, "4", 1),
    )


def core10(sheet: Sheet) -> Restated:
    """Section 3, CORE-10: mean × 10, at most one blank; item 6 critical."""
    codes = coded(sheet, "1-10", "2,3", ends=0 + 4)
    return finish(
        sheet,
        numbers("1-10"),
        {"total": times(prorated_mean(codes, "1-10", 9), 10)},
        prorated=["total"] if blanks(codes, "1-10") else [],
        alerts=raised(sheet, "6", 1),
    )


RESTATED: dict[str, Rule] = {
    "k6": k6,
    "k10": k10,
    "pss10": pss10,
    "pss14": pss14,
    "yp-core": yp_core,
    "core10": core10,
}
