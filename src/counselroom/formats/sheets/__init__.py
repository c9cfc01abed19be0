"""Spreadsheets of others, read in a process of their own (security.md, "Importers").

``read_file`` is what this side calls; ``worker`` is the other side, and what it imports costs every reading.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from counselroom.domain.intake.tables import Sheet

# An abort inside the reading library: the file made it stumble.
_PANIC = "PanicException"


def read_file(data: bytes) -> "tuple[Sheet, ...]":
    """The sheets of an .xlsx, .xls (.et) or text table (.csv, .txt), told apart by content and never by name.

    Formulas are values, macros never run. Refuses with ``sheet.*``: ``html``, ``protected``, ``xlsb``, ``ods``,
    ``kind`` and ``unknown`` for other files, ``empty``, ``damaged``, ``too_large``, ``too_slow``.
    """
    from counselroom import child
    from counselroom.domain.refusal import Refusal
    from counselroom.formats.sheets import limits, wire, worker

    if len(data) > limits.FILE:
        raise limits.too_large()
    try:
        answer = child.run(worker.KIND, data)
    except child.ChildError as error:
        if _PANIC in str(error):
            raise Refusal("sheet.damaged") from None
        raise
    except Refusal as refusal:
        if refusal.code == "sheet.too_large":  # the process's own limit does not know ours
            raise limits.too_large() from None
        raise
    return wire.unpack(answer)
