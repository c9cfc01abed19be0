"""Running other programs and talking to the person at the terminal."""

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BUILD = ROOT / "build"


class Stop(Exception):  # noqa: N818 - it ends the command with a sentence, it is not a programming error
    """Ends the command with a sentence for the person and an exit code."""

    def __init__(self, message: str, code: int = 1) -> None:
        super().__init__(message)
        self.code = code


def say(text: str) -> None:
    """Print a line at once, so that it stands before the output of the program that follows."""
    print(text, flush=True)


def environment(extra: Mapping[str, str] | None = None) -> dict[str, str]:
    """This process's environment with the given variables on top."""
    return {**os.environ, **(extra or {})}


def call(command: Sequence[str | Path], extra: Mapping[str, str] | None = None, cwd: Path = ROOT) -> int:
    """Run a program to its end with our terminal; returns its exit code."""
    sys.stdout.flush()
    words = [str(word) for word in command]
    try:
        return subprocess.run(words, env=environment(extra), cwd=cwd, check=False).returncode
    except FileNotFoundError:
        raise Stop(f"Not found: {words[0]}", 9) from None


def must(command: Sequence[str | Path], extra: Mapping[str, str] | None = None, cwd: Path = ROOT) -> None:
    """Run a program; stop with its exit code when it fails."""
    code = call(command, extra, cwd)
    if code:
        raise Stop(f"Failed with exit code {code}: {' '.join(str(word) for word in command)}", code)


def read(command: Sequence[str | Path], cwd: Path = ROOT) -> str:
    """What a program prints; stops when it fails."""
    words = [str(word) for word in command]
    try:
        done = subprocess.run(words, cwd=cwd, capture_output=True, text=True, encoding="utf-8", check=False)
    except FileNotFoundError:
        raise Stop(f"Not found: {words[0]}", 9) from None
    if done.returncode:
        raise Stop(f"Failed with exit code {done.returncode}: {' '.join(words)}\n{done.stderr}", done.returncode)
    return done.stdout


def follow(command: Sequence[str | Path], extra: Mapping[str, str] | None = None) -> tuple[int, str]:
    """Run a program, show its output as it comes; returns the exit code and the last line that is not blank."""
    last = ""
    words = [str(word) for word in command]
    with subprocess.Popen(
        words,
        env=environment(extra),
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        errors="replace",
    ) as child:
        assert child.stdout is not None  # noqa: S101 - for the type checker: PIPE was asked for
        try:
            for line in child.stdout:
                print(line, end="", flush=True)
                last = line.strip() or last
        except BaseException:
            child.terminate()
            raise
    return child.returncode, last
