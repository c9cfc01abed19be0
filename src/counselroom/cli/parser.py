"""The verbs and their options, in Chinese."""

import argparse
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NoReturn

from counselroom import __version__
from counselroom.cli import output
from counselroom.domain.access import SCHOOL_ROLES
from counselroom.domain.refusal import Exit
from counselroom.services import codes
from counselroom.words import word

# What argparse says, and under which key of the catalogue we say it.
_ERRORS = (
    (re.compile(r"the following arguments are required: (?P<what>.+)"), "cli.usage_required"),
    (re.compile(r"argument (?P<what>\S+): expected .*"), "cli.usage_value"),
    (re.compile(r"argument (?P<what>\S+): invalid choice: .*\(choose from (?P<known>.+)\)"), "cli.usage_choice"),
)


class _Format(argparse.HelpFormatter):
    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[Any],
        prefix: str | None = None,
    ) -> None:
        super().add_usage(usage, actions, groups, word("cli.usage") if prefix is None else prefix)


class _Parser(argparse.ArgumentParser):
    """Speaks Chinese and takes no abbreviated options; what was typed is not repeated: it may be a passphrase."""

    def __init__(self, **options: Any) -> None:
        super().__init__(add_help=False, allow_abbrev=False, formatter_class=_Format, **options)
        self.options = self.add_argument_group(word("cli.options"))
        self.options.add_argument("-h", "--help", action="help", help=word("cli.help"))

    def error(self, message: str) -> NoReturn:
        """Usage and one sentence on standard error; exit code 2."""
        output.note(self.format_usage().rstrip())
        output.note(_in_chinese(message))
        raise SystemExit(int(Exit.USAGE))


def _in_chinese(message: str) -> str:
    for pattern, key in _ERRORS:
        match = pattern.fullmatch(message)
        if match:
            return word(key, **match.groupdict())
    return word("cli.usage_other")


def parser() -> argparse.ArgumentParser:
    """The parser of every command; ``verb`` of what it gives names the function to call (verbs.py)."""
    top = _Parser(prog="counselroom", description=word("cli.description"), epilog=word("cli.exits"))
    top.options.add_argument(
        "--version", action="version", version=f"counselroom {__version__}", help=word("cli.version")
    )
    nouns = top.add_subparsers(title=word("cli.commands"), metavar=word("cli.command"), required=True)
    _vault_verbs(_verbs(nouns, "vault"))
    _user_verbs(_verbs(nouns, "user"))
    _student_verbs(nouns)
    _instrument_verbs(_verbs(nouns, "instruments"))
    _score_verb(nouns)
    _demo_verb(nouns)
    return top


def _verbs(nouns: Any, name: str) -> Any:
    noun = nouns.add_parser(name, help=word(f"cli.{name}"), description=word(f"cli.{name}"))
    return noun.add_subparsers(title=word("cli.commands"), metavar=word("cli.command"), required=True)


def _verb(verbs: Any, name: str, key: str, verb: str, *, file_key: str = "cli.passphrase_file") -> _Parser:
    """A verb on a vault, with the options that all have."""
    made: _Parser = verbs.add_parser(name, help=word(key), description=word(key))
    made.set_defaults(verb=verb)
    made.options.add_argument("folder", metavar="DIR", help=word("cli.folder"))
    return _signed_in(made, file_key)


def _verb_inside(verbs: Any, name: str, key: str, verb: str, what: str, what_key: str) -> _Parser:
    """A verb on something inside a vault, which an option names."""
    made: _Parser = verbs.add_parser(name, help=word(key), description=word(key))
    made.set_defaults(verb=verb)
    made.options.add_argument(what.lower(), metavar=what, help=word(what_key))
    made.options.add_argument("--vault", dest="folder", metavar="DIR", required=True, help=word("cli.folder"))
    return _signed_in(made, "cli.passphrase_file")


def _signed_in(made: _Parser, file_key: str) -> _Parser:
    _text(made, "--user", "NAME", "cli.user_option", required=True)
    _file(made, "--passphrase-file", file_key, required=True)
    _file(made, "--key-file", "cli.key_file")
    return made


def _text(made: _Parser, option: str, metavar: str, key: str, **more: Any) -> None:
    made.options.add_argument(option, metavar=metavar, help=word(key), **more)


def _file(made: _Parser, option: str, key: str, **more: Any) -> None:
    made.options.add_argument(option, metavar="FILE", type=Path, help=word(key), **more)


def _vault_verbs(verbs: Any) -> None:
    init = _verb(verbs, "init", "cli.vault_init", "vault init", file_key="cli.new_passphrase_file")
    _text(init, "--school-name", "NAME", "cli.school_name", required=True)
    _text(init, "--school-code", "CODE", "cli.school_code", default="")
    _text(init, "--division", "CODE", "cli.division", default="")
    _text(init, "--stages", "LIST", "cli.stages", default="")
    schemes = codes.choices("levels")
    init.options.add_argument(
        "--scheme", choices=tuple(schemes), default=codes.policy()["level.scheme"],
        help=word("cli.scheme", known=tuple(f"{code} {name}" for code, name in schemes.items())),
    )  # fmt: skip
    _text(init, "--shares-out", "DIR2", "cli.shares_out", required=True)
    _verb(verbs, "check", "cli.vault_check", "vault check")
    _verb(verbs, "rotate", "cli.vault_rotate", "vault rotate")
    recover = _verb(verbs, "recover", "cli.vault_recover", "vault recover", file_key="cli.new_passphrase_file")
    _file(recover, "--share", "cli.share", action="append", required=True)
    _text(recover, "--shares-out", "DIR2", "cli.shares_out", required=True)


def _user_verbs(verbs: Any) -> None:
    add = _verb(verbs, "add", "cli.user_add", "user add")
    _text(add, "--name", "NAME", "cli.name", required=True)
    add.options.add_argument(
        "--role", metavar="CODE", action="append", required=True,
        help=word("cli.role", known=" ".join(SCHOOL_ROLES)),
    )  # fmt: skip
    _file(add, "--new-passphrase-file", "cli.new_passphrase_file", required=True)
    _file(add, "--new-key-file", "cli.new_key_file")
    remove = _verb(verbs, "remove", "cli.user_remove", "user remove")
    _text(remove, "--name", "NAME", "cli.name", required=True)
    _verb(verbs, "list", "cli.user_list", "user list")


def _student_verbs(nouns: Any) -> None:
    taken = _verb_inside(
        _verbs(nouns, "roster"), "import", "cli.roster_import", "roster import", "FILE", "cli.roster_file"
    )
    taken.options.add_argument("--dry-run", action="store_true", help=word("cli.dry_run"))
    _text(taken, "--report", "OUT.json", "cli.report", required=True)
    found = _verb_inside(
        _verbs(nouns, "students"), "find", "cli.students_find", "students find", "TEXT", "cli.find_text"
    )
    found.options.add_argument("--limit", metavar="N", type=int, default=20, help=word("cli.limit"))


def _instrument_verbs(verbs: Any) -> None:
    listed, shown = (_plain(verbs, name, f"instruments {name}") for name in ("list", "show"))
    _instrument(shown)
    for made in (listed, shown):
        made.options.add_argument("--json", action="store_true", help=word("cli.json"))
    _definition_verbs(verbs)


def _definition_verbs(verbs: Any) -> None:
    check, convert, export, responses = (
        _plain(verbs, name, f"instruments {name}") for name in ("check", "convert", "export", "responses")
    )
    check.options.add_argument("file", metavar="FILE", help=word("cli.instruments_check_file"))
    convert.options.add_argument("file", metavar="FILE", help=word("cli.instruments_convert_file"))
    for made in (export, responses):
        made.options.add_argument("id", metavar="ID", help=word("cli.instrument_id"))
    responses.options.add_argument("file", metavar="FILE", help=word("cli.answers_file"))
    _text(responses, "--authored", "DATE", "cli.instruments_authored", required=True)
    export.options.add_argument(
        "--as", dest="kind", choices=("osd", "fhir"), required=True, help=word("cli.instruments_as")
    )
    for made in (convert, export, responses):
        _text(made, "--out", "FILE", "cli.instruments_out", required=True)


def _plain(verbs: Any, name: str, verb: str) -> _Parser:
    """A verb that needs no vault."""
    key = f"cli.{verb.replace(' ', '_')}"
    made: _Parser = verbs.add_parser(name, help=word(key), description=word(key))
    made.set_defaults(verb=verb)
    return made


def _score_verb(nouns: Any) -> None:
    made = _plain(nouns, "score", "score")
    _instrument(made)
    made.options.add_argument("file", metavar="FILE", help=word("cli.answers_file"))
    _text(made, "--out", "OUT.jsonl", "cli.results_out", required=True)


def _instrument(made: _Parser) -> None:
    made.options.add_argument("id", metavar="ID", help=word("cli.instrument_id"))
    _text(made, "--variant", "NAME", "cli.instruments_variant", action="append", default=[])


def _demo_verb(nouns: Any) -> None:
    made: _Parser = nouns.add_parser("demo", help=word("cli.demo"), description=word("cli.demo"))
    made.set_defaults(verb="demo")
    made.options.add_argument("folder", metavar="DIR", help=word("cli.demo_folder"))
    for option, usual in (("students", 1300), ("years", 3), ("seed", 1)):
        made.options.add_argument(
            f"--{option}", metavar="N", type=int, default=usual, help=word(f"cli.demo_{option}", usual=usual)
        )  # fmt: skip
