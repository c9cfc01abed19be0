"""Paper on its way out: a PDF as pictures for the printer, and a PDF kept as a file."""

from dataclasses import dataclass
from pathlib import Path

from counselroom.formats import files
from counselroom.reports import preview
from counselroom.reports.preview import Bitmap

__all__ = ["Bitmap", "Page", "page", "pages", "save"]


@dataclass(frozen=True)
class Page:
    """A page as a picture; ``number`` counts from 0."""

    number: int
    total: int
    picture: Bitmap


def pages(pdf: bytes, dpi: float) -> tuple[Bitmap, ...]:
    """Every page drawn at ``dpi``; from one thread at a time."""
    return preview.pages(pdf, dpi)


def page(pdf: bytes, number: int, dpi: float) -> Page:
    """One page at ``dpi``, the last where there are not that many: a long document is never in memory as a whole.
    From one thread at a time."""
    return Page(*preview.page(pdf, number, dpi))


def save(path: Path, pdf: bytes) -> Path:
    """Writes the PDF, readable for this user alone; the path with its ending."""
    whole = path if path.suffix.lower() == ".pdf" else path.with_name(f"{path.name}.pdf")
    files.write(whole, pdf)
    return whole
