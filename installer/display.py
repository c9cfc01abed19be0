"""A screen to draw on, also where there is none."""

import os
import select
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from installer.steps import Stop, environment, say

SIZE = "1366x768x24"
START_SECONDS = 30


def there() -> bool:
    """Whether a window can be opened for a person."""
    if sys.platform in ("win32", "darwin"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


@contextmanager
def virtual() -> Iterator[Mapping[str, str]]:
    """A virtual screen of its own; gives the environment variables of the programs that shall draw on it."""
    command = ["Xvfb", "-displayfd", "1", "-screen", "0", SIZE, "-nolisten", "tcp", "-noreset"]
    try:
        server = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment())
    except FileNotFoundError:
        raise Stop("There is no display, and no Xvfb (Debian package xvfb) to make one.", 9) from None
    try:
        number = _number(server)
        say(f"No display is used: drawing on the virtual display :{number}")
        yield {"DISPLAY": f":{number}", "WAYLAND_DISPLAY": "", "QT_QPA_PLATFORM": "xcb"}
    finally:
        server.terminate()
        try:
            server.wait(timeout=10)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()
        if server.stdout is not None:
            server.stdout.close()


def _number(server: "subprocess.Popen[bytes]") -> int:
    """The display number that Xvfb prints once it is ready."""
    assert server.stdout is not None  # noqa: S101 - for the type checker: PIPE was asked for
    line = b""
    end = time.monotonic() + START_SECONDS
    while not line.endswith(b"\n"):
        ready, _, _ = select.select([server.stdout], [], [], max(0.0, end - time.monotonic()))
        part = os.read(server.stdout.fileno(), 64) if ready else b""
        if not part:
            raise Stop("The virtual display did not start.", 9)
        line += part
    return int(line)
