"""``instruments list``, ``instruments show`` and ``score``: questionnaires without a vault."""

from argparse import Namespace
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import Any

from counselroom.cli import output
from counselroom.domain.refusal import Exit
from counselroom.services.instruments.files import scoring_files
from counselroom.services.instruments.library import library, showing
from counselroom.words import word

# How many cells are named on the screen; the file has them all.
_NAMED = 20


def show_list(arguments: Namespace) -> int:
    """``instruments list``."""
    lines = [showing.line(definition) for definition in library.listed()]
    if arguments.json:
        output.result_json(lines)
    else:
        for line in lines:
            output.result("\t".join(map(str, line.values())))
    return Exit.DONE


def show(arguments: Namespace) -> int:
    """``instruments show``."""
    definition = library.named(arguments.id)
    whole = showing.whole(definition, library.choose(definition, arguments.variant))
    if arguments.json:
        output.result_json(whole)
        return Exit.DONE
    output.result(word("cli.instrument_title", **{key: whole[key] for key in ("id", "version", "name", "english")}))
    output.result(f"{whole['evidence']}\n{whole['licence']['text']}")
    for item in _grouped(whole["items"]):
        output.result(item)
    if whole["alerts"]:
        output.result(word("cli.instrument_alerts", items=tuple(alert["item"] for alert in whole["alerts"])))
    for score in whole["scales"]:
        output.result(f"{score['id']}\t{score['name']}\t{whole['explain'][score['id']]}")
    for variant in whole["variants"]:
        output.result(f"--variant {variant['name']}\t{variant['title']}{' *' if variant['default'] else ''}")
    return Exit.DONE


def _grouped(items: list[dict[str, Any]]) -> Iterator[str]:
    """A line for each run of items that are answered alike: their heads, then the options with their codes."""
    for (kind, answered), run in groupby(items, key=_answered):
        heads = [str(item["head"]) for item in run]
        known = [dict(each) for each in answered]
        options = tuple(f"{each['code']} {each['word']}" for each in known if "code" in each)
        if kind == "clock":
            options = ("HH:MM",)
        elif kind == "number":
            options = (f"{known[0]['least']:g}–{known[0]['most']:g} {known[0]['unit']}".strip(),)
        run_of = heads[0] if len(heads) == 1 else f"{heads[0]}–{heads[-1]}"
        yield word("cli.instrument_items", items=run_of, options=options)


def _answered(item: dict[str, Any]) -> tuple[str, list[tuple[Any, ...]]]:
    return item["kind"], [tuple(each.items()) for each in item["responses"]]


def score(arguments: Namespace) -> int:
    """``score``: results go to the file, what was not understood to standard error."""
    definition = library.named(arguments.id)
    variants = library.choose(definition, arguments.variant)
    done = scoring_files.score_file(
        definition, variants, Path(arguments.file).absolute(), Path(arguments.out).absolute()
    )
    for problem in done.problems[:_NAMED]:
        sentence = word(f"cell.{problem.code}")
        output.note(word("cli.score_problem", row=problem.row, item=problem.item, problem=sentence))
    if len(done.problems) > _NAMED:
        output.note(word("cli.score_problems_more", count=len(done.problems) - _NAMED))
    statuses = done.statuses
    output.note(
        word(
            "cli.scored",
            count=statuses.total(),
            scored=statuses["scored"] + statuses["prorated"],
            incomplete=statuses["incomplete"],
            void=statuses["void"],
            other=statuses["not_applicable"],
            alerts=done.alerts,
        )
    )
    return Exit.DONE
