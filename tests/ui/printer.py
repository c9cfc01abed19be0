"""Printers for a test: one that keeps the pages, none at all, or one that the user does not choose."""

from collections.abc import Iterator

import pytest

from counselroom.domain.refusal import Refusal
from counselroom.services.printing import Bitmap
from counselroom.ui import printing


class Paper:
    """Printers for a test: one that keeps the pages, none at all, or one that the user does not choose."""

    def __init__(self) -> None:
        self.printed: list[bytes] = []
        self.pages = 0
        self.ended = self.stopped = False
        self.titles: list[str] = []
        self.missing = False
        self.turned_back = False
        self.jammed = False

    def choose(self, _parent: object, title: str) -> "Paper | None":
        if self.missing:
            raise Refusal("print.no_printer")
        self.titles.append(title)
        return None if self.turned_back else self

    def put(self, pdf: bytes) -> None:
        if self.jammed:
            raise Refusal("print.failed")
        self.printed.append(pdf)

    def page(self, picture: Bitmap) -> None:
        if self.jammed:
            raise Refusal("print.failed")
        assert b"\x00" in picture.rgb  # ink, not an empty page
        self.pages += 1

    def end(self) -> None:
        self.ended = True

    def stop(self) -> None:
        self.stopped = True


@pytest.fixture
def paper() -> Iterator[Paper]:
    """The printer."""
    made = Paper()
    with printing.replaced(made):
        yield made
