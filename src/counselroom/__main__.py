"""``python -m counselroom``: the window, a command, or a worker process."""

import sys


def main() -> int:
    """Chooses what this process is; a worker must not import what it does not need."""
    if sys.argv[1:2] == ["--worker"]:
        from counselroom.reports.worker import worker_main

        return worker_main(sys.argv[2])
    from counselroom.cli import main as cli_main

    return cli_main(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
