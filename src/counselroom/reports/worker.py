"""The drawing process: parts in, PDF out (``child`` says how such a process is started and limited)."""

import json
from collections.abc import Sequence

from counselroom import child
from counselroom.reports.parts import Part, from_json, to_json

KIND = child.Kind("pdf", "print", seconds=60.0, memory=1 << 30)


def render(parts: Sequence[Part], *, time_limit: float = KIND.seconds) -> bytes:
    """The PDF of ``parts``, drawn in a process of its own; raises the refusal that the process gave."""
    return child.run(KIND._replace(seconds=time_limit), request(parts))


def request(parts: Sequence[Part]) -> bytes:
    """What the process is asked."""
    return json.dumps(to_json(parts), ensure_ascii=False).encode()


def serve() -> int:
    """Entry of the process."""
    return child.serve(KIND, _draw)


def _draw(asked: bytes) -> bytes:
    from counselroom.reports.pdf import pdf

    return pdf(from_json(json.loads(asked)))
