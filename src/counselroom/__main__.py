"""``python -m counselroom``: the window, a command, or a worker process."""

import sys


def main() -> int:
    """Chooses what this process is; a worker must not import what it does not need."""
    if sys.argv[1:2] == ["--worker"]:
        return _worker(sys.argv[2])
    from counselroom.cli import main as cli_main

    return cli_main(sys.argv[1:])


def _worker(kind: str) -> int:
    if kind == "pdf":
        from counselroom.reports import worker

        return worker.serve()
    if kind == "sheet":
        from counselroom.formats.sheets import worker as sheet_worker

        return sheet_worker.serve()
    if kind == "picture":
        from counselroom.formats import pictures

        return pictures.serve()
    if kind == "paper":
        from counselroom.reports import preview

        return preview.serve()
    return 2


if __name__ == "__main__":
    sys.exit(main())
