"""Paper on its way out: a PDF as pictures for the printer, and a PDF kept as a file."""

from pathlib import Path

from counselroom.formats import files
from counselroom.reports import preview
from counselroom.reports.preview import Bitmap


def pages(pdf: bytes, dpi: float) -> tuple[Bitmap, ...]:
    """Every page drawn at ``dpi``; from one thread at a time."""
    return preview.pages(pdf, dpi)


def save(path: Path, pdf: bytes) -> Path:
    """Writes the PDF, readable for this user alone; the path with its ending."""
    whole = path if path.suffix.lower() == ".pdf" else path.with_name(f"{path.name}.pdf")
    files.write(whole, pdf)
    return whole
