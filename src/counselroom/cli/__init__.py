"""The command line beside the window: for IT staff, and for tests.

``main`` is the outermost of every command: it alone turns refusals into exit codes (exits.py) and shows a bug without
losing it. With no verb it opens the window.
"""

import contextlib
import os
import sys
from collections.abc import Sequence

from counselroom.domain.refusal import Exit, Refusal

# What the window takes; with these, or with nothing, the window opens.
WINDOW_OPTIONS = ("--data", "--geometry", "--maximized", "--minimized", "--behind", "--masked", "--locked", "--head")
# What a shell expects of a command that was stopped with Ctrl+C.
_INTERRUPTED = 130


def main(argv: Sequence[str]) -> int:
    """Runs the command in ``argv`` (without the program's name), or opens the window; the exit code."""
    if not argv or argv[0].partition("=")[0] in WINDOW_OPTIONS:
        from counselroom import app

        return app.main(list(argv))
    from counselroom import hardening
    from counselroom.cli import output  # the window does without

    output.make_utf8()
    hardening.harden()
    code = _run(argv)
    try:
        if sys.stdout is not None:
            sys.stdout.flush()
    except BrokenPipeError:
        _drop_output()
    return int(code)


def _run(argv: Sequence[str]) -> int:
    from counselroom.cli import output
    from counselroom.cli.exits import exit_of
    from counselroom.cli.parser import parser

    try:
        arguments = parser().parse_args(argv)
        # After the parser: help and wrong usage answer at once, without the libraries that the verbs need.
        from counselroom.cli.verbs import VERBS

        return VERBS[arguments.verb](arguments)
    except Refusal as refusal:
        output.refuse(refusal)
        return exit_of(refusal)
    except BrokenPipeError:
        # Whoever reads our results has gone; what the verb had to do, it did before it printed.
        _drop_output()
        return Exit.DONE
    except KeyboardInterrupt:
        return _INTERRUPTED
    except SystemExit as leaving:  # argparse: help, version, wrong usage
        return int(leaving.code or 0)
    except Exception as error:  # noqa: BLE001  the outermost of every command
        output.bug(error)
        return Exit.FAILED


def _drop_output() -> None:
    """Keeps the interpreter from failing again when it flushes at its end."""
    with contextlib.suppress(OSError, AttributeError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)
