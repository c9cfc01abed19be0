"""A definition of a questionnaire: everything that one file says (docs/formats/instrument-v1.md).

``when`` names the variants that must be in force for an element to exist; ``Definition.in_force`` leaves those alone
that do. Items are named by their printed numbers, scores and bands by their ids. Nothing here computes a score.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from itertools import product
from typing import Protocol, TypeVar

from counselroom.domain.instruments.definition.answering import Coding, Item, Responses
from counselroom.domain.instruments.definition.meaning import (
    Alert,
    Bands,
    Gate,
    Norm,
    Part,
    Reliability,
    Rule,
    Validity,
)
from counselroom.domain.instruments.definition.scores import Direction, Score


@dataclass(frozen=True, slots=True)
class Example:
    """A worked example: answers by printed order, and what must come out (only what it states)."""

    answers: tuple[str, ...]
    variants: tuple[str, ...] = ()
    sex: str = ""
    age: int | None = None
    grade: int | None = None
    status: str = "scored"
    scores: Mapping[str, float] = field(default_factory=dict)
    bands: Mapping[str, str] = field(default_factory=dict)
    alerts: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
    validity: tuple[str, ...] = ()


_OURS = "counselroom/"


class Conditional(Protocol):
    """An element that exists while some variants are in force."""

    @property
    def when(self) -> frozenset[str]:
        """Those variants."""


_C = TypeVar("_C", bound=Conditional)


@dataclass(frozen=True)
class Definition:
    """A questionnaire of one version."""

    id: str
    version: int
    name: str
    short: str
    english: str
    confidence: str
    informants: tuple[str, ...]
    direction: Direction
    evidence: str
    own: bool
    licence: tuple[str, str]  # kind and text
    sources: Mapping[str, str]
    items: tuple[Item, ...]
    responses: tuple[Responses, ...]
    coding: tuple[Coding, ...] = ()
    scores: tuple[Score, ...] = ()
    validity: tuple[Validity, ...] = ()
    alerts: tuple[Alert, ...] = ()
    rules: tuple[Rule, ...] = ()
    bands: tuple[Bands, ...] = ()
    norms: tuple[Norm, ...] = ()
    reliability: tuple[Reliability, ...] = ()
    gates: tuple[Gate, ...] = ()
    parts: tuple[Part, ...] = ()
    examples: tuple[Example, ...] = ()

    @property
    def bare_id(self) -> str:
        """The id as it is typed: what comes with the program goes without its namespace, anything else keeps it.

        A converted ``osd/phq9`` is another questionnaire than our ``phq9``, and results have to show that.
        """
        return self.id.removeprefix(_OURS)

    def numbers(self) -> tuple[str, ...]:
        """The printed numbers in printed order."""
        return tuple(item.number for item in self.items)

    def item(self, number: str) -> Item:
        """The item with that printed number."""
        return next(item for item in self.items if item.number == number)

    def score(self, score_id: str) -> Score:
        """The score with that id; unambiguous once variants are in force."""
        return next(score for score in self.scores if score.id == score_id)

    def responses_of(self, number: str) -> Responses:
        """How an item is answered; unambiguous once variants are in force."""
        wanted = self.item(number).responses
        return next(responses for responses in self.responses if responses.id == wanted)

    def choose(self, names: Iterable[str]) -> frozenset[str]:
        """All variants in force when ``names`` are asked for: one per part.

        Raises KeyError for a name of no part, ValueError when two of one part are asked for.
        """
        asked = set(names)
        chosen = set()
        for part in self.parts:
            mine = asked & {variant.id for variant in part.variants}
            if len(mine) > 1:
                raise ValueError(part.id)
            chosen |= mine or {part.default()}
        if unknown := asked - chosen:
            raise KeyError(sorted(unknown)[0])
        return frozenset(chosen)

    def combinations(self) -> list[frozenset[str]]:
        """Every choice that can be made, the defaults first."""
        ordered = [sorted(part.variants, key=lambda variant: not variant.default) for part in self.parts]
        return [frozenset(variant.id for variant in choice) for choice in product(*ordered)]

    def in_force(self, variants: frozenset[str]) -> "Definition":
        """The definition with the elements of these variants alone (as ``choose`` gives them)."""

        def kept(elements: tuple[_C, ...]) -> tuple[_C, ...]:
            return tuple(element for element in elements if element.when <= variants)

        return replace(
            self,
            responses=kept(self.responses),
            coding=kept(self.coding),
            scores=kept(self.scores),
            validity=kept(self.validity),
            alerts=kept(self.alerts),
            rules=kept(self.rules),
            bands=kept(self.bands),
            norms=kept(self.norms),
            reliability=kept(self.reliability),
            gates=kept(self.gates),
        )
