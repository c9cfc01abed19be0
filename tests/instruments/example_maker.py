"""Writes the worked examples of a definition: python tests/instruments/example_maker.py ID …

A tool for whoever adds an instrument. The expected values come from the restated rules beside it, never from the
program's engine; of the definition file only the examples at its end are replaced.
"""

import functools
import itertools
import sys
import tomllib
from collections.abc import Hashable
from pathlib import Path

from example_search import RANDOM_SHEETS, Answers, Found, Laboratory, Setting, settings
from restated import RESTATED, VARIANTS, defaults
from restated.sheet import Answer

LIBRARY = Path(__file__).parents[2] / "resources" / "instruments"
Feature = Hashable
Table = dict[str, list[tuple[str, float | None, float | None]]]  # by score: band, its inner edges


class Collection:
    """Sheets and what each of them shows; in the end as few as show everything."""

    def __init__(self, instrument: str) -> None:
        self.instrument = instrument
        self.found: dict[Hashable, Found] = {}
        self.shows: dict[Hashable, set[Feature]] = {}

    def add(self, found: Found, *features: Feature) -> None:
        """One more sheet."""
        self.found[found.key] = found
        self.shows.setdefault(found.key, set()).update(features)

    def fewest(self) -> list[Found]:
        """Greedy: always the sheet that shows most of what is not shown yet, the plainest of those that show alike."""
        open_ = set().union(*self.shows.values())
        chosen: list[Found] = []
        while open_:
            best = max(self.shows, key=lambda key: (len(self.shows[key] & open_), -len(plain(self.found[key]))))
            chosen.append(self.found[best])
            open_ -= self.shows[best]
        return chosen


def plain(found: Found) -> str:
    """The answers in short."""
    return compact([answer for _, answer in found.answers])


def edges(founds: list[Found]) -> Table:
    """By score: its bands from low to high, each with the lowest and highest value next to another band."""
    seen: dict[str, dict[str, list[float]]] = {}
    for found in founds:
        for label, (value, where) in found.standing().items():
            seen.setdefault(label, {}).setdefault(where, []).append(value)
    table: Table = {}
    for label, bands in seen.items():
        rows = sorted((min(values), max(values), where) for where, values in bands.items())
        last = len(rows) - 1
        table[label] = [
            (where, low if place else None, high if place < last else None)
            for place, (low, high, where) in enumerate(rows)
        ]
    return table


@functools.cache
def own_bands(instrument: str, setting: Setting) -> frozenset[tuple[str, ...]]:
    """The conditions of the definition's band tables that hold: another table is to be shown by itself."""
    definition = tomllib.loads((LIBRARY / f"{instrument}.toml").read_text("utf-8"))
    conditions = {tuple(table.get("when", ())) for table in definition.get("bands", [])}
    return frozenset(names for names in conditions if setting.variants >= set(names))


def shown(instrument: str, found: Found, table: Table) -> set[Feature]:
    """The bands and the sides of their boundaries that this sheet stands at."""
    features: set[Feature] = set()
    for label, (value, where) in found.standing().items():
        rows = table.get(label)
        if rows is None:
            continue
        # Bands of another kind of person are other bands, even where they end at the same score.
        sign = (label, found.setting.sex, found.setting.age, own_bands(instrument, found.setting), tuple(rows))
        features.add((sign, where))
        for name, low, high in rows:
            if name == where:
                features.update((sign, where, side) for side, edge in (("low", low), ("high", high)) if edge == value)
    return features


def collect_bands(lab: Laboratory, kept: Collection) -> None:
    """Sheets at every boundary: scales that share no item are moved in step on the same sheet."""
    walks: dict[str, list[Found]] = {}
    for label in sorted(
        {*lab.look(lab.low).standing(), *lab.look(lab.high).standing(), *lab.look(lab.low).result.bands}
    ):
        numbers = lab.moves.get(label.lstrip("!"), [])
        if numbers:
            walks[label] = [lab.look(answers) for answers in lab.walk(numbers)]
    everything = [found for walk in walks.values() for found in walk]
    table = edges(everything)
    stops: dict[str, list[Answers]] = {}
    for label, walk in walks.items():
        numbers = lab.moves[label.lstrip("!")]
        first: dict[Feature, Found] = {}
        for found in walk:
            for feature in shown(lab.instrument, found, {label: table[label]} if label in table else {}):
                first.setdefault(feature, found)
        for feature in sorted(first, key=str):
            stops.setdefault(label, []).append({n: a for n, a in first[feature].answers if n in numbers})
    sheets = [{**lab.low, **stop} for label in stops for stop in stops[label]] + in_step(lab, stops)
    for answers in sheets:
        found = lab.look(answers)
        kept.add(found, *shown(lab.instrument, found, table), ("person", lab.setting.sex, lab.setting.age))


def in_step(lab: Laboratory, stops: dict[str, list[Answers]]) -> list[Answers]:
    """The n-th stops of scales without a common item, on one sheet."""
    taken: set[str] = set()
    together: list[list[Answers]] = []
    for label in sorted(stops, key=lambda name: len(lab.moves[name.lstrip("!")])):
        numbers = set(lab.moves[label.lstrip("!")])
        if not label.startswith("!") and not numbers & taken:
            taken |= numbers
            together.append(stops[label])
    sheets: list[Answers] = []
    for place in range(max((len(some) for some in together), default=0)):
        answers = dict(lab.low)
        for some in together:
            answers |= some[place % len(some)]
        sheets.append(answers)
    return sheets


def collect_alerts(lab: Laboratory, kept: Collection) -> None:
    """Each critical item with the lowest code that raises it, and with the one below; an alert on a void sheet."""
    for number, codes in lab.choices.items():
        raised = [number in lab.look({**lab.low, number: code}).result.alerts for code in codes]
        if any(raised):
            first = raised.index(True)
            kept.add(lab.look({**lab.low, number: codes[first]}), ("alert", number, codes[first]))
            kept.add(lab.look({**lab.low, number: codes[first - 1]}), ("quiet", number, codes[first]))
    high = lab.look(lab.high)
    kept.add(lab.look(lab.low), "lowest")
    kept.add(high, "highest", *[("void", "alert")] * (high.result.status == "void" and bool(high.result.alerts)))


def collect_flags(lab: Laboratory, kept: Collection) -> None:
    """Neighbouring sheets between which a rule begins or ceases to hold."""
    for flag in lab.look(lab.low).result.flags:
        numbers = lab.moves.get(f"flag {flag}", [])
        walk = [lab.look(answers) for answers in lab.walk(numbers)] if numbers else []
        # The random sheets at the end are no neighbours.
        for one, next_ in itertools.pairwise(walk[:-RANDOM_SHEETS]):
            turn = (one.result.flags[flag], next_.result.flags[flag])
            if turn in {(False, True), (True, False)}:
                once = ("flag", flag, turn)
                if not any(once in features for features in kept.shows.values()):
                    kept.add(one, once)
                    kept.add(next_, (*once, "after"))
        holds = [found for found in walk if found.result.flags[flag]][:1]
        for found in holds:
            kept.add(found, ("flag", flag, True))


def collect_blanks(lab: Laboratory, kept: Collection) -> None:
    """One blank; and for every score that bears blanks, the most that it bears and one more."""
    full = uneven(lab)
    keys = {name: lab.moves[name] for name in lab.look(full).result.scores if name in lab.moves}
    bears = {name: borne(lab, full, name) for name in keys}
    apart: list[list[str]] = []
    for key in sorted(keys.values(), key=len):
        if not any(set(key) & set(other) for other in apart):
            apart.append(key)
    sheets = [[next(iter(full))], *([number for key in apart for number in key[:count]] for count in range(1, 5))]
    sheets += [keys[name][: most + extra] for name, most in bears.items() if most for extra in (0, 1)]
    for gone in sheets:
        found = lab.look({**full, **dict.fromkeys(gone)})
        features: set[Feature] = {("status", found.result.status)}
        for name, most in bears.items():
            blanks = len(set(gone) & set(keys[name]))
            if most and blanks in (most, most + 1) and (found.result.scores[name] is None) == (blanks > most):
                features.add(("blanks", name, blanks))
        kept.add(found, *features)


def uneven(lab: Laboratory) -> Answers:
    """A valid sheet on which no scale has the same answer throughout, so that prorating does not hide."""
    items = enumerate(lab.order.items())
    answers = {number: codes[-1 if place % 2 else len(codes) // 2] for place, (number, codes) in items}
    for name in lab.look(answers).result.validity:
        answers |= {number: lab.low[number] for number in lab.moves[name]}
    return answers


def borne(lab: Laboratory, full: Answers, name: str) -> int:
    """How many blanks, from the first item of its key on, leave the score standing."""
    key = lab.moves[name]
    counts = range(1, len(key) + 1)
    lost = (count for count in counts if lab.look({**full, **dict.fromkeys(key[:count])}).result.scores[name] is None)
    return next(lost, 1) - 1


def collect_grades(lab: Laboratory, kept: Collection) -> None:
    """Both sides of a gate that shuts people out."""
    founds = []
    for grade in range(1, 13):
        there = Laboratory(lab.instrument, Setting(lab.setting.variants, grade=grade))
        founds.append(there.look(there.first))
    out = [found.result.status == "not_applicable" for found in founds]
    if any(out):
        beside = [place for place in range(11) if out[place] != out[place + 1]]
        for place in sorted({*beside, *(place + 1 for place in beside), 11}):
            kept.add(founds[place], ("grade", place))


def collect_variants(instrument: str, kept: Collection) -> None:
    """For each name that is no default, a sheet that comes to something else with it."""
    for part in VARIANTS.get(instrument, {}).values():
        for name in part[1:]:
            usual = defaults(instrument)
            names = (usual - set(part)) | {name}
            new, old = Laboratory(instrument, Setting(names)), Laboratory(instrument, Setting(usual))
            for answers in (new.high, *(new.scattered(new.first, new.choices) for _ in range(20))):
                found = new.look(answers)
                if found.result != old.look(answers).result:
                    kept.add(found, ("variant", name))
            gone = new.look({**new.high, next(iter(new.high)): None})
            if gone.result != old.look(dict(gone.answers)).result:
                kept.add(gone, ("variant", name, "blank"))


def examples(instrument: str) -> list[Found]:
    """The sheets that are written."""
    kept = Collection(instrument)
    every = settings(instrument)
    for setting in every:
        lab = Laboratory(instrument, setting)
        collect_bands(lab, kept)
        if setting == every[0]:
            collect_flags(lab, kept)
            collect_blanks(lab, kept)
            collect_grades(lab, kept)
        if (setting.sex, setting.age) == (every[0].sex, every[0].age):
            collect_alerts(lab, kept)
    collect_variants(instrument, kept)
    return kept.fewest()


def compact(answers: list[Answer]) -> str:
    """Answers in printed order: 3*1 is 1 1 1, - is a blank."""
    words = [";".join(map(str, a)) if isinstance(a, tuple) else "-" if a is None else number(a) for a in answers]
    pieces: list[tuple[str, int]] = []
    for word in words:
        if pieces and pieces[-1][0] == word and word != "-" and ":" not in word and ";" not in word:
            pieces[-1] = (word, pieces[-1][1] + 1)
        else:
            pieces.append((word, 1))
    return " ".join(f"{count}*{word}" if count > 1 else word for word, count in pieces)


def number(value: float | str) -> str:
    """A number as short as it can be written, at most twelve digits."""
    return value if isinstance(value, str) else f"{value:.12g}"


def block(instrument: str, found: Found) -> str:
    """One [[example]]."""
    result, person = found.result, found.setting
    lines = ["[[example]]", f'answers = "{plain(found)}"']
    chosen = sorted(person.variants - defaults(instrument))
    lines += [f"variants = [{quoted(chosen)}]"] if chosen else []
    lines += [f'sex = "{person.sex}"'] if person.sex else []
    lines += [f"age = {person.age}"] if person.age is not None else []
    lines += [f"grade = {person.grade}"] if person.grade is not None else []
    lines += [f'status = "{result.status}"'] if result.status != "scored" else []
    scores = [f"{name} = {number(value)}" for name, value in result.scores.items() if value is not None]
    bands = [f'{name} = "{where}"' for name, where in result.bands.items() if where]
    lines += [f"scores = {{ {', '.join(scores)} }}"] if scores else []
    lines += [f"bands = {{ {', '.join(bands)} }}"] if bands else []
    lines += [f'alerts = "{",".join(result.alerts)}"'] if result.alerts else []
    for head, truths in (("flags", result.flags), ("validity", result.validity)):
        true = sorted(name for name, holds in truths.items() if holds)
        lines += [f"{head} = [{quoted(true)}]"] if true else []
    return "\n".join(lines) + "\n"


def quoted(names: list[str]) -> str:
    """A list of strings in TOML."""
    return ", ".join(f'"{name}"' for name in names)


def replaced(text: str, blocks: list[str]) -> str:
    """The definition with these examples at its end in place of those it had."""
    kept: list[str] = []
    inside = False
    for line in text.splitlines():
        if line.startswith("["):
            inside = line.strip() == "[[example]]"
        if not inside:
            kept.append(line)
    return "\n".join(kept).rstrip() + "\n\n" + "\n".join(blocks)


def main(instruments: list[str]) -> None:
    """Writes the examples of the definitions named."""
    for instrument in instruments:
        path = LIBRARY / f"{instrument}.toml"
        found = examples(instrument)
        path.write_text(replaced(path.read_text("utf-8"), [block(instrument, one) for one in found]), "utf-8")
        sys.stdout.write(f"{instrument}: {len(found)} examples\n")


if __name__ == "__main__":
    main(sys.argv[1:] or [path.stem for path in sorted(LIBRARY.glob("*.toml")) if path.stem in RESTATED])
