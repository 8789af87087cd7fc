"""Make the next blocks of a stream on another thread while the last one is worked on.

Inflating and reading from disk let go of the interpreter, so a second core does them for nothing.
"""

from __future__ import annotations

import queue
import threading
from collections.abc import Generator, Iterable

_WAITING = 3
"""Blocks made in advance: what is held besides the one that is worked on."""


def ahead(blocks: Iterable[bytes], waiting: int = _WAITING) -> Generator[bytes, None, None]:
    """Yield ``blocks``, up to ``waiting`` of them made in advance by a thread of their own.

    What ``blocks`` raises is raised here, behind the blocks before it. The thread ends with the
    stream, or as soon as the iterator is closed or dropped: close it before what it reads from.
    """
    made: queue.Queue[bytes | None] = queue.Queue(waiting)
    failed: list[BaseException] = []
    dropped = threading.Event()

    def make() -> None:
        try:
            for block in blocks:
                made.put(block)
                if dropped.is_set():
                    return
        except BaseException as error:  # noqa: BLE001  raised on the other side
            failed.append(error)
        made.put(None)

    worker = threading.Thread(target=make, name="ahead", daemon=True)
    worker.start()
    try:
        while (block := made.get()) is not None:
            yield block
    finally:
        dropped.set()
        while worker.is_alive():
            try:
                made.get(timeout=0.001)  # so that the worker never waits for a place
            except queue.Empty:
                continue
        worker.join()
    if failed:
        raise failed[0]
