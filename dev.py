"""Set-up, start, test and package. Needs nothing but Python 3.11: everything else is fetched.

python3 dev.py run [arguments]            the program; without a display: a tour with pictures
python3 dev.py test [pytest arguments]    lint, types, contracts, tests
python3 dev.py test --qt 6.8              a short run on the oldest Qt that is promised
python3 dev.py soak | bench | package | shots | env
"""

import argparse
import re
import signal
import sys
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

if sys.version_info < (3, 11):  # noqa: UP036 - this file is the first thing that an old interpreter meets
    sys.exit("This needs Python 3.11 or newer; this one is " + sys.version.split()[0])

from installer import debian, display, environment, fonts
from installer.steps import BUILD, ROOT, Stop, call, follow, must, say

# Kept for scripts that print it again after their last step.
CLOSING_LINE = BUILD / "pytest-closing-line.txt"
CODE = ("src", "tests", "bench", "installer", "dev.py")


def main(arguments: list[str]) -> int:
    """Entry point; returns the exit code."""
    if not arguments or arguments[0] not in COMMANDS:
        say(__doc__ or "")
        return 0 if arguments[:1] in (["-h"], ["--help"], ["help"]) else 2
    # End through the "finally" clauses, so that no virtual display stays behind.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        return COMMANDS[arguments[0]](arguments[1:])
    except Stop as stop:
        print(stop, file=sys.stderr, flush=True)
        return stop.code
    except KeyboardInterrupt:
        return 130


# Set-up


def set_up(*groups: tuple[tuple[str, ...], str, bool]) -> Path:
    """Everything that a command needs; returns the environment's interpreter."""
    debian.ensure(debian.venv_packages() + debian.QT, "to start the program", needed=True)
    for packages, purpose, needed in groups:
        debian.ensure(packages, purpose, needed)
    python = environment.prepare(ROOT / ".venv", ROOT / "requirements-dev.lock")
    fonts.prepare(python)
    return python


def screen_if_none() -> tuple[tuple[str, ...], str, bool]:
    """The package of the virtual display, where it will be used."""
    return (() if display.there() else debian.SCREEN, "a virtual display", True)


def env(_: list[str]) -> int:
    """Set up; the last line printed is the interpreter's path."""
    python = set_up()
    say(str(python))
    return 0


# Start


def run(arguments: list[str]) -> int:
    """Open the program, or take the tour where there is no display."""
    python = set_up(screen_if_none())
    if display.there():
        return call([python, "-m", "counselroom", *arguments], cwd=Path.cwd())
    out = BUILD / "tour"
    with display.virtual() as screen:
        code = call([python, "tests/tour.py", "--out", out], screen)
    say(f"There is no display here. The tour's pictures are in: {out}")
    return code


def shots(_: list[str]) -> int:
    """The manual's pictures."""
    python = set_up((debian.SCREEN, "a virtual display", True))
    with display.virtual() as screen:
        must([python, "tests/tour.py", "--shots", ROOT / "docs" / "images"], screen)
    return 0


# Tests


def test(arguments: list[str]) -> int:
    """Lint, types, contracts, tests; stops at the first that fails."""
    parser = argparse.ArgumentParser(prog="dev.py test", add_help=False)
    parser.add_argument("--qt", choices=["6.8"])
    options, rest = parser.parse_known_args(arguments)
    if options.qt:
        return smoke(rest)
    python = set_up((debian.TOOLS + debian.SCREEN, "for some of the tests", False))
    code = [name for name in CODE if (ROOT / name).exists()]
    stages = {
        "lint": ["-m", "ruff", "check", *code],
        "format": ["-m", "ruff", "format", "--check", *code],
        "types": ["-m", "mypy"],
        "contracts": ["-c", "from importlinter.cli import lint_imports_command as go; go()"],
    }
    for name, words in stages.items():
        say(f"== {name}")
        must([python, *words])
    say("== tests")
    return pytest(python, ["-n", "2", *rest])


def smoke(arguments: list[str]) -> int:
    """The short run on the oldest Qt, in an environment of its own."""
    set_up()
    python = environment.prepare(ROOT / ".venv-qt68", ROOT / "requirements-smoke.lock")
    return pytest(python, ["-m", "smoke", *arguments])


def soak(arguments: list[str]) -> int:
    """The full counts of what runs as a tenth otherwise."""
    python = set_up((debian.TOOLS + debian.SCREEN, "for some of the tests", False))
    return pytest(python, ["-m", "soak", *arguments], {"COUNSELROOM_SOAK": "1"})


def pytest(python: Path, arguments: list[str], extra: Mapping[str, str] | None = None) -> int:
    """Run pytest without a display; its closing line is the last that is printed, and is kept."""
    variables = {"QT_QPA_PLATFORM": "offscreen", **(extra or {})}
    code, last = follow([python, "-m", "pytest", "--color=no", *arguments], variables)
    last = re.sub(r"^=+ | =+$", "", last)
    BUILD.mkdir(exist_ok=True)
    CLOSING_LINE.write_text(f"{last}\n", encoding="utf-8")
    return code


def bench(arguments: list[str]) -> int:
    """Run each benchmark, or those that are named; they print their ratios."""
    python = set_up(screen_if_none())
    scripts = sorted((ROOT / "bench").glob("[!_]*.py"))
    chosen = [path for path in scripts if not arguments or path.stem in arguments]
    if not chosen:
        raise Stop("No benchmark of that name.", 2)
    screen: AbstractContextManager[Mapping[str, str]] = nullcontext({}) if display.there() else display.virtual()
    failed = []
    with screen as variables:
        for path in chosen:
            say(f"== {path.stem}")
            if call([python, path], variables):
                failed.append(path.stem)
    if failed:
        say(f"Failed: {' '.join(failed)}")
    return 1 if failed else 0


# Package


def package(_: list[str]) -> int:
    """The one-folder program, the Debian package, and a start of what was installed."""
    from installer import bundle, deb, smoke_start

    groups = ((debian.packaging_packages(), "to build the package", True), (debian.SCREEN, "a virtual display", True))
    python = set_up(*groups)
    folder = bundle.build(python)
    if sys.platform == "win32":
        say(f"The program is in {folder}. The installer is made from it: see installer/windows/README.md")
        return 0
    archive = deb.build(folder)
    return smoke_start.check(archive, python)


COMMANDS: dict[str, Callable[[list[str]], int]] = {
    "env": env,
    "run": run,
    "test": test,
    "soak": soak,
    "bench": bench,
    "package": package,
    "shots": shots,
}

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
