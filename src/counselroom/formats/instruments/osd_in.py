"""Open Scale Definition files (OSD 1.0) to definitions: what our words can say, and a remark for everything else."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from counselroom.domain.instruments.definition.answering import Item, Kind, Responses
from counselroom.domain.instruments.definition.definition import Definition
from counselroom.domain.instruments.definition.meaning import All, AnyOf, Bands, Compare, Condition, Not, Rule
from counselroom.domain.instruments.definition.reach import Reach
from counselroom.domain.instruments.definition.scores import Direction, Score, StepKind
from counselroom.formats.instruments import osd_scoring
from counselroom.formats.instruments.covering import Answers, sheets
from counselroom.formats.instruments.foreign import (
    MOST_SCORES,
    Converted,
    NotConvertibleError,
    Origin,
    Phrases,
    Remark,
    Wording,
    licence_kind,
    name,
    slug,
    table,
    tables,
    text,
    unique,
)
from counselroom.formats.instruments.osd_conditions import condition, visible
from counselroom.formats.instruments.osd_items import Asked, Words, numbered, read_items, sections
from counselroom.formats.instruments.osd_scores import SOURCE, Block, Line, Made, blocks, gaps, reachable
from counselroom.formats.instruments.shown_by import Stated, with_examples

_READ = {"scale_info", "implementation", "likert_options", "response_scales", "dimensions", "items", "scoring",
         "parameters", "computed", "default_required"}  # fmt: skip
# Where the items are elsewhere or drawn anew for everybody, nothing can be made of the file.
_OTHERS_ITEMS = ("includes", "item_pools", "variants", "branches")


def is_osd(data: Mapping[str, Any]) -> bool:
    """Whether a file looks like an Open Scale Definition."""
    definition = table(data.get("definition")) or data
    return bool(table(definition.get("scale_info"))) and "items" in definition


def from_osd(data: Mapping[str, Any], origin: Origin, phrases: Phrases) -> Converted:
    """The definition with its worked examples. Raises ``NotConvertibleError``; what is changed stands in remarks."""
    return _Reader(data, origin, phrases).read()


def osd_wording(data: Mapping[str, Any], language: str) -> Wording:
    """The wording of the items in a language (where it lacks a text, in Chinese, English or another one).

    Printed numbers are those of ``from_osd``.
    """
    definition, words = table(data.get("definition")) or data, Words(data, language)
    found: Wording = {}
    remarks: list[Remark] = []
    asked = visible(
        read_items(definition, words, remarks), sections(definition), table(definition.get("parameters")), remarks
    )
    for each in numbered(asked, remarks):
        if sentence := words.of(each.text_key):
            found[each.number] = (sentence, tuple(option.word for option in each.responses.options))
    return found


class _Reader:
    def __init__(self, data: Mapping[str, Any], origin: Origin, phrases: Phrases) -> None:
        self._data, self._origin, self._phrases = table(data.get("definition")) or data, origin, phrases
        self._words = Words(data)
        self._remarks: list[Remark] = [Remark((), "not_stated", {})]
        self._info = table(self._data.get("scale_info"))

    def read(self) -> Converted:
        self._features()
        items = read_items(self._data, self._words, self._remarks)
        shown = visible(items, sections(self._data), table(self._data.get("parameters")), self._remarks)
        asked = {each.id: each for each in numbered(shown, self._remarks)}
        scoring = table(self._data.get("scoring"))
        if len(scoring) > MOST_SCORES:
            self._fail("score_count", most=MOST_SCORES)
        kept = blocks({key: block for key, block in scoring.items() if key != "answer_categories"}, asked,
                      self._remarks)  # fmt: skip
        names = {str(each.get("id")): name(each.get("name")) for each in tables(self._data.get("dimensions"))}
        made = Made(kept, asked, names, self._words, self._phrases, self._remarks)
        if not made.scores:
            self._fail("no_scores")
        form = self._form(asked, made)
        lines, placed, bands = self._bands(form, made)
        form = replace(form, bands=tuple(bands), rules=self._rules(made, asked))
        self._norms(made.kept)
        answers = sheets(form, _edges(form, lines, made))
        restated = _Restated(asked, made, lines, placed, form.rules)
        form = with_examples(form, answers, restated, self._remarks)
        self._remarks.append(Remark(("translations",), "wording_apart", {}))
        return Converted(form, tuple(self._remarks))

    def _fail(self, code: str, **values: Any) -> None:
        raise NotConvertibleError([*self._remarks, Remark((), code, values)])

    def _features(self) -> None:
        for word in _OTHERS_ITEMS:
            if self._data.get(word):
                self._fail("items_elsewhere", feature=word)
        apart = tuple(sorted(word for word in self._data if word not in _READ and self._data[word]))
        if apart:
            self._remarks.append(Remark((), "not_scoring", {"words": apart}))
        displayed = tuple(
            str(entry.get("id")) for entry in tables(self._data.get("items")) if entry.get("type") in ("inst", "image")
        )
        for entry in tables(self._data.get("dimensions")):
            if entry.get("visible_when") or entry.get("selectable") or entry.get("enabled_param"):
                self._remarks.append(Remark(("dimensions", str(entry.get("id"))), "dimension_choice", {}))
        if displayed:
            self._remarks.append(Remark(("items",), "display_only", {"items": displayed}))

    def _form(self, asked: Mapping[str, Asked], made: Made) -> Definition:
        sets: dict[Responses, str] = {}
        for each in asked.values():
            sets.setdefault(each.responses, f"set{len(sets) + 1}")
        used = {item for score in made.scores for item in score.items}
        items = tuple(
            Item(each.number, sets[each.responses], each.number in used, shown=each.shown) for each in asked.values()
        )
        aside = tuple(item.number for item in items if not item.scored)
        if aside:
            self._remarks.append(Remark(("items",), "unscored", {"items": aside}))
        code = slug(text(self._info.get("code")), "scale").replace("_", "-")
        title = name(self._info.get("name")) or code
        return Definition(
            id=f"osd/{code}",
            version=1,
            name=title,
            short=name(self._info.get("abbreviation")) or name(self._info.get("code")) or title,
            english=title if title.isascii() else "",
            confidence="C",
            informants=("self",),
            direction=Direction.NEITHER,
            evidence=self._phrases.evidence.format(file=name(self._origin.file)),
            own=False,
            licence=self._licence(),
            sources={SOURCE: self._source()},
            items=items,
            responses=tuple(replace(responses, id=each) for responses, each in sets.items()),
            coding=made.coding(),
            scores=tuple(made.scores),
        )

    def _licence(self) -> tuple[str, str]:
        claimed, more = text(self._info.get("license")), text(self._info.get("license_explanation"))
        kind = licence_kind(claimed)
        self._remarks.append(Remark(("scale_info", "license"), "licence_claimed", {"found": claimed, "kind": kind}))
        return kind, ": ".join(filter(None, (claimed, more))) or self._phrases.no_licence

    def _source(self) -> str:
        made = table(self._data.get("implementation"))
        encoding = ", ".join(filter(None, (name(made.get(word)) for word in ("author", "organization", "date"))))
        parts = [
            f"{name(self._origin.file)} (Open Scale Definition, SHA-256 {self._origin.sha256[:16]})",
            f"encoding {name(made.get('license')) or '?'}" + (f", {encoding}" if encoding else ""),
            text(self._info.get("citation"), 600),
        ]
        return "; ".join(filter(None, parts))

    def _bands(
        self, form: Definition, made: Made
    ) -> tuple[dict[str, list[Line]], dict[str, dict[int, str]], list[Bands]]:
        reach, lines, placed, bands = Reach(form), dict[str, list[Line]](), dict[str, dict[int, str]](), []
        for block in made.kept:
            span = reach.of(made.helpers[block.id])
            usable = reachable(block, span.low, span.high, self._remarks)
            if not usable:
                continue
            found, ids = made.bands(block, usable, span.low, span.high)
            lines[block.id], placed[block.id] = usable, ids
            bands.append(found)
            # Sums of whole codes leave nothing between thresholds that follow each other; a mean does.
            steps = int((span.high - span.low) / span.step) if span.step else 0
            values = [span.low + span.step * step for step in range(min(steps, 20_000) + 1)]
            if span.step % 1 or span.low % 1:
                values = []
            if found_gaps := gaps(usable, values):
                between = tuple(f"{end:g}–{start:g}" for end, start in found_gaps)
                self._remarks.append(Remark((*block.path, "norms"), "threshold_gap", {"gaps": between}))
        return lines, placed, bands

    def _norms(self, kept: Sequence[Block]) -> None:
        for block in kept:
            more = tuple(sorted(set(table(block.data.get("norms"))) - {"thresholds", "source"}))
            if more:
                self._remarks.append(Remark((*block.path, "norms"), "norms_left_out", {"words": more}))

    def _rules(self, made: Made, asked: Mapping[str, Asked]) -> tuple[Rule, ...]:
        numbers = {each.id: each.number for each in asked.values() if each.responses.kind is Kind.OPTIONS}
        found: list[tuple[str, Condition]] = []
        for key, entry in table(self._data.get("computed")).items():
            expression = text(table(entry).get("expression"))
            said = None if "||" in expression else condition(expression, made.ids, numbers)
            if said is None:
                code = "computed_or" if "||" in expression else "computed_left_out"
                self._remarks.append(Remark(("computed", str(key)), code, {"expression": expression[:120]}))
            else:
                found.append((str(key), said))
        labels = [name(table(table(self._data.get("computed")).get(key)).get("label")) or key for key, _ in found]
        ids = unique([slug(key, f"rule{at}") for at, (key, _) in enumerate(found, 1)])
        return tuple(
            Rule(each, label, said, source=SOURCE) for each, label, (_, said) in zip(ids, labels, found, strict=True)
        )


def _edges(form: Definition, lines: Mapping[str, Sequence[Line]], made: Made) -> dict[str, list[float]]:
    """The numbers at which something changes, by score and before its post steps."""
    edges: dict[str, list[float]] = {}
    for block_id, usable in lines.items():
        ends = [end for low, high, _ in usable for end in (low, high) if abs(end) < float("inf")]
        edges.setdefault(made.helpers[block_id], []).extend(ends)
    for rule in form.rules:
        for compare in _compares(rule.condition):
            if compare.score:
                edges.setdefault(compare.score, []).append(compare.number)
    return {key: [_before(form.score(key), value) for value in values] for key, values in edges.items()}


def _compares(said: Condition) -> list[Compare]:
    match said:
        case Compare():
            return [said]
        case Not(of):
            return _compares(of)
        case All(of) | AnyOf(of):
            return [compare for each in of for compare in _compares(each)]


def _before(score: Score, value: float) -> float:
    """What a number was before the post steps of a score."""
    for step in reversed(score.then):
        match step.kind:
            case StepKind.ADD:
                value -= step.numbers[0]
            case StepKind.MULTIPLY:
                value = value / step.numbers[0] if step.numbers[0] else value
            case StepKind.DIVIDE:
                value *= step.numbers[0]
    return value


class _Restated:
    """The file's own rules for one sheet, by the ids of the definition."""

    def __init__(
        self, asked: Mapping[str, Asked], made: Made, lines: Mapping[str, Sequence[Line]],
        placed: Mapping[str, Mapping[int, str]], rules: Sequence[Rule],
    ) -> None:  # fmt: skip
        self._asked, self._made, self._rules = asked, made, rules
        self._lines, self._placed = lines, placed
        self._scoring = {block.id: block.data for block in made.kept}

    def __call__(self, answers: Answers) -> Stated:
        """What a sheet comes to."""
        given = {each.id: float(answers[each.number]) for each in self._asked.values() if each.number in answers}
        found = osd_scoring.scores(self._scoring, self._asked, given)
        scores: dict[str, float] = {}
        bands: dict[str, str] = {}
        for key, (plain, transformed) in found.items():
            helper, final = self._made.helpers[key], self._made.ids[key]
            scores |= {helper: plain, final: transformed}
            if key in self._lines:
                bands[helper] = self._placed[key][osd_scoring.place(self._lines[key], plain)]
        numbers = {number: float(cell) for number, cell in answers.items() if ";" not in cell}
        flags = tuple(rule.id for rule in self._rules if osd_scoring.holds(rule.condition, scores, numbers))
        return Stated(scores, bands, flags)
