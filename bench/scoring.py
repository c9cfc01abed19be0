"""Scoring: 5,000 MHT sheets against a bare matrix product and against the plain restatement of the rules; a million
MSSMHS sheets against 5 s and 1.5 GB."""

import json
import os
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from counselroom.domain.instruments.scoring.people import People
from counselroom.services.instruments.library import library

ROOT = Path(__file__).resolve().parents[1]
SHEETS, SCALES, RUNS = 5000, 10, 41
PRODUCTS, TIMES_FASTER = 50.0, 5.0
MANY, MANY_S, MANY_GB = 1_000_000, 5.0, 1.5
BLANKS = 0.002  # of all answers


def answers(instrument: str, count: int) -> Any:
    """Random codes with a few blanks, as they come from a file: (count, items)."""
    known = library.definition(instrument)
    form = known.in_force(known.choose([]))
    chance = np.random.default_rng(20261124)
    codes = np.array(form.responses_of(form.numbers()[0]).codes())
    matrix = codes[chance.integers(len(codes), size=(count, len(form.items)), dtype=np.int8)]
    for row in range(0, count, 8192):  # round by round, so that making them is not what needs the memory
        part = matrix[row : row + 8192]
        part[chance.random(part.shape) < BLANKS] = np.nan
    return matrix


def people(count: int) -> People:
    """Boys and girls of secondary school."""
    chance = np.random.default_rng(7)
    sex = np.array(["M", "F"])[chance.integers(2, size=count)]
    return People(sex, chance.integers(12, 19, count).astype(float), chance.integers(7, 13, count).astype(float))


def _seconds(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def _restated(matrix: Any, whose: People) -> float:
    """The same sheets by the plain rules: scores, alerts, validity, bands."""
    sys.path.insert(0, str(ROOT / "tests"))
    from instruments.restated import RESTATED, Sheet, defaults

    names, rule = defaults("mht"), RESTATED["mht"]
    sheets = [
        Sheet(
            {str(at): None if code != code else int(code) for at, code in enumerate(row, 1)},
            str(sex), int(age), int(grade), names,
        )
        for row, sex, age, grade in zip(matrix.tolist(), whose.sex, whose.age, whose.grade, strict=True)
    ]  # fmt: skip
    return _seconds(lambda: [rule(sheet) for sheet in sheets])


def mht() -> list[float]:
    """The first child: ratios to the bare product and to the restated rules."""
    matrix, whose = answers("mht", SHEETS), people(SHEETS)
    known = library.definition("mht")
    scorer = library.scorer("mht", known.choose([]))
    left, right = np.nan_to_num(matrix), np.random.default_rng(3).random((matrix.shape[1], SCALES))
    runs = [(_seconds(lambda: left @ right), _seconds(lambda: scorer.score(matrix, whose))) for _ in range(RUNS)]
    bare, ours = (statistics.median(each) for each in zip(*runs[1:], strict=True))
    plain = statistics.median(_restated(matrix, whose) for _ in range(3))
    products, faster = ours / bare, plain / ours
    print(
        f"{SHEETS:,} MHT sheets, everything: {ours * 1000:.1f} ms, {products:.1f} products of {bare * 1000:.2f} ms, "
        f"ratio {products / PRODUCTS:.2f} of the limit {PRODUCTS:.0f}"
    )
    print(
        f"{SHEETS:,} MHT sheets, everything: {faster:.0f} times faster than the restated rules ({plain * 1000:.0f} ms),"
        f" ratio {TIMES_FASTER / faster:.2f} of the least, {TIMES_FASTER:.0f} times"
    )
    return [products / PRODUCTS, TIMES_FASTER / faster]


def _many() -> list[float]:
    found = _child("many")
    ratios = [found["seconds"] / MANY_S, found["peak"] / MANY_GB]
    print(
        f"{MANY:,} MSSMHS sheets: {found['seconds']:.2f} s, ratio {ratios[0]:.2f} of the limit {MANY_S:.0f} s; at most "
        f"{found['peak']:.2f} GB with the answers themselves, ratio {ratios[1]:.2f} of the limit {MANY_GB} GB"
    )
    return ratios


def many() -> dict[str, float]:
    """The second child: seconds, and the most memory that the process ever had."""
    matrix, whose = answers("mssmhs", MANY), people(MANY)
    scorer = library.scorer("mssmhs", library.definition("mssmhs").choose([]))
    seconds = _seconds(lambda: scorer.score(matrix, whose))
    return {"seconds": seconds, "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e9}


def _child(word: str) -> Any:
    """What a function of this file gives in a process of its own, whose peak is that of nothing else.

    One thread for products: two wait for each other on a busy machine, and the bare product, which is nothing but
    waiting then, would make any ratio look small.
    """
    environment = os.environ | {"OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}
    command = [sys.executable, __file__, word]
    out = subprocess.run(command, env=environment, check=True, capture_output=True, text=True, timeout=300)
    *lines, last = out.stdout.splitlines()
    print("\n".join(lines), end="\n" if lines else "")
    return json.loads(last)


def main() -> int:
    """Prints each measure with its ratio to the limit."""
    if sys.argv[1:]:
        print(json.dumps({"mht": mht, "many": many}[sys.argv[1]]()))
        return 0
    return 0 if max([*_child("mht"), *_many()]) <= 1 else 1


if __name__ == "__main__":
    sys.exit(main())
