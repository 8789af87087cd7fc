"""Print for people and for programs: a table or one JSON object; progress beside it."""

from __future__ import annotations

import contextlib
import io
import json
import os
import shutil
import sys
import time
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, TextIO

from zoomdesk.errors import ZoomdeskError

PROGRESS_EVERY = 0.5
"""Seconds between two lines of progress where the screen cannot be rewritten."""


class Output:
    """Write results to stdout and everything else to stderr.

    With ``as_json`` nothing but one JSON object ever reaches stdout: call ``result`` once.
    """

    def __init__(self, *, as_json: bool) -> None:
        self.as_json = as_json
        self._rewrites = sys.stderr is not None and sys.stderr.isatty()
        self._last = 0.0
        self._open_line = False
        self._is_told = False
        for stream in (sys.stdout, sys.stderr):
            if isinstance(stream, io.TextIOWrapper):
                # A terminal of an older time, or LANG=C, must not end a run over one letter.
                stream.reconfigure(errors="backslashreplace" if as_json else "replace")

    def result(self, data: Mapping[str, Any], text: Callable[[], str]) -> None:
        """Print the outcome of the command; ``text`` is asked only when a person reads it."""
        self.end_progress()
        if self.as_json:
            self._tell(data)
        else:
            self._print(text())

    def error(self, error: ZoomdeskError) -> None:
        """Say what happened and what to do next."""
        self.end_progress()
        if self.as_json and not self._is_told:
            self._tell({"error": describe(error)})
        self.say(f"{error.title}: {error.body}")
        if error.hint:
            self.say(f"  {error.hint}")

    def say(self, text: str) -> None:
        """Write a line to stderr."""
        self.end_progress()
        _write(sys.stderr, f"{text}\n")

    def stream(self, pieces: Iterable[str]) -> None:
        """Print an outcome that is too large for one text, in the one face that was asked for.

        ``pieces`` bring their own line ends. Where nobody reads on, no more of them are made.
        """
        self.end_progress()
        self._is_told = True
        if not all(_write(sys.stdout, piece) for piece in pieces):
            self._say_unread()

    def dumps(self, data: Any) -> str:
        """Return ``data`` as JSON that stdout can hold, whatever its encoding."""
        encoding = getattr(sys.stdout, "encoding", None) or "utf-8"
        is_utf8 = encoding.lower().replace("-", "") == "utf8"
        return json.dumps(data, ensure_ascii=not is_utf8, default=str)

    def _tell(self, data: Mapping[str, Any]) -> None:
        self._is_told = True
        self._print(self.dumps(data))

    def _print(self, text: str) -> None:
        if not _write(sys.stdout, f"{text}\n"):
            self._say_unread()

    def _say_unread(self) -> None:
        self.say("The result could not be printed: nobody reads the output, or its disk is full.")

    def progress(self, text: str, *, last: bool = False) -> None:
        """Show how far it is: one line rewritten on a terminal, a line now and then elsewhere."""
        if self._rewrites:
            _write(sys.stderr, f"\r\x1b[2K{text}")
            self._open_line = True
            return
        now = time.monotonic()
        if last or now - self._last >= PROGRESS_EVERY:
            self._last = now
            _write(sys.stderr, f"{text}\n")

    def end_progress(self) -> None:
        """Leave the line that progress was rewriting."""
        if self._open_line:
            _write(sys.stderr, "\n")
            self._open_line = False


def _write(stream: TextIO | None, text: str) -> bool:
    """Write and flush; return whether it arrived. A reader who has gone must not end a run."""
    if stream is None:
        return False
    try:
        stream.write(text)
        stream.flush()
    except (OSError, ValueError):
        # What is left in the buffer would be written, and fail, once more at the very end.
        with contextlib.suppress(OSError, ValueError), Path(os.devnull).open("w") as nowhere:
            os.dup2(nowhere.fileno(), stream.fileno())
        return False
    return True


def describe(error: ZoomdeskError) -> dict[str, Any]:
    """Return an error as plain values for JSON."""
    return {
        "code": error.code,
        "title": error.title,
        "message": error.message,
        "hint": error.hint,
        "exit_code": error.exit_code,
    }


def table(head: Sequence[str], rows: Iterable[Sequence[str]], *, width: int | None = None) -> str:
    """Draw rows as aligned text; the widest column gives way where the screen is too narrow."""
    body = [tuple(one_line(cell) for cell in row) for row in rows]
    widths = [
        max(display_width(cell) for cell in column) for column in zip(head, *body, strict=True)
    ]
    room = (width or shutil.get_terminal_size((120, 24)).columns) - 2 * (len(head) - 1)
    while sum(widths) > room and max(widths) > 12:
        widths[widths.index(max(widths))] -= 1
    lines = [tuple(head), tuple("─" * size for size in widths), *body]
    return "\n".join("  ".join(map(_fit, line, widths)).rstrip() for line in lines)


def display_width(text: str) -> int:
    """Return how many terminal cells a text takes: East Asian wide characters take two."""
    if text.isascii():
        return len(text)
    return sum(
        0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1
        for c in text
    )


def _fit(text: str, width: int) -> str:
    while display_width(text) > width:
        text = text.removesuffix("…")[:-1] + "…"
    return text + " " * (width - display_width(text))


def one_line(text: str) -> str:
    """Make a cell harmless on a terminal: no line breaks, no control characters."""
    return "".join(" " if unicodedata.category(c).startswith("C") else c for c in text)


def count(number: int, one: str, many: str) -> str:
    """Return a number with its noun: ``1 person``, ``1,204 people``."""
    return f"{number:,} {one if number == 1 else many}"
