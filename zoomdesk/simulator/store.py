"""Keep what happened in a file that survives a restart, and the death of the process.

The file is a log of JSON lines, one line a request with all its changes, written in one call: a
request is in the file wholly or, in a line cut short at the end, not at all. What the account and
its events *are* comes from the program (sample.py), so that a practice world stays up to date.
"""

from __future__ import annotations

import json
import os
from pathlib import Path

from .world import World

_HEAD = {"format": "zoomdesk-simulator-1"}
_BINARY = getattr(os, "O_BINARY", 0)


class StateFileError(Exception):
    """Say that a state file cannot be read as one."""


class Store:
    """Append the changes of a world to a state file; without a path, keep nothing."""

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._file = -1

    def open(self, world: World) -> None:
        """Replay the file into the world and get ready to append.

        What the world held before is its definition and is not written.

        :raises StateFileError: when the file is something else, or damaged before its last line.
        """
        world.take_changes()
        if self._path is None:
            return
        self._path.parent.mkdir(parents=True, exist_ok=True)
        good = self._replay(world)
        world.loaded_from = self._path
        self._file = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_APPEND | _BINARY, 0o600)
        os.ftruncate(self._file, good)
        if not good:
            self._append(_HEAD)

    def save(self, world: World) -> None:
        """Write down the changes since the last call. Called with the world's lock held."""
        changes = world.take_changes()
        if changes and self._file != -1:
            self._append(changes)

    def close(self) -> None:
        """Close the file."""
        if self._file != -1:
            os.close(self._file)
            self._file = -1

    def _append(self, line: object) -> None:
        text = json.dumps(line, ensure_ascii=False, separators=(",", ":"))
        data = memoryview(text.encode() + b"\n")
        size = os.fstat(self._file).st_size
        try:
            while data:
                data = data[os.write(self._file, data) :]
        except OSError:
            # A full disk must not leave half a line in front of the next one.
            os.ftruncate(self._file, size)
            raise

    def _replay(self, world: World) -> int:
        """Apply every whole line and return the length of the good part in bytes.

        A world that was served from this file before knows it all already.
        """
        if self._path is None or not self._path.exists():
            return 0
        content = self._path.read_bytes()
        good = content.rfind(b"\n") + 1
        lines = content[:good].split(b"\n")[:-1]
        if content and (not lines or lines[0] != json.dumps(_HEAD, separators=(",", ":")).encode()):
            raise StateFileError(f"{self._path} is not a simulator's state file")
        if world.loaded_from == self._path:
            return good
        for number, line in enumerate(lines[1:], 2):
            try:
                world.replay(json.loads(line))
            except (ValueError, KeyError, TypeError) as error:
                raise StateFileError(f"{self._path}, line {number}: {error!r}") from error
        return good
