"""What a command says: results on standard output, everything else on standard error, always UTF-8."""

import io
import json
import sys
import traceback
from pathlib import Path

from counselroom.domain.refusal import Refusal
from counselroom.words import refusal_words, word


def make_utf8() -> None:
    """UTF-8 whatever the locale says; a file name that is no text is shown escaped instead of ending the command."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def result(text: str) -> None:
    """A line of the result."""
    print(text)


def result_json(value: object) -> None:
    """The result as JSON."""
    print(json.dumps(value, ensure_ascii=False, indent=1))


def result_line(value: object) -> None:
    """One line of a result that is JSON lines."""
    print(json.dumps(value, ensure_ascii=False))


def note(text: str) -> None:
    """Something to know besides the result."""
    print(text, file=sys.stderr)


def refuse(refusal: Refusal, about: str = "") -> None:
    """What happened, what is safe, what to do; ``about`` names what it is about, such as a file."""
    words = refusal_words(refusal)
    what = word("cli.about", about=about, what=words.what) if about else words.what
    note(word("cli.refusal", what=what))
    for sentence in (words.safe, words.do):
        if sentence:
            note(sentence)


def bug(error: BaseException) -> None:
    """An unknown exception: its kind and the places in the code. Its message is left out: it may quote contents."""
    frames = traceback.extract_tb(error.__traceback__)
    places = " > ".join(f"{Path(frame.filename).name}:{frame.lineno}" for frame in frames)
    note(word("cli.bug", kind=type(error).__name__, places=places))
