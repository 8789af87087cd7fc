"""Why PySide6 is pinned below 6.12.

PySide6 6.12.0 drops a reference to ``True`` at every ``Signal.emit()``: emit returns ``True`` and
does not own it. CPython 3.11 counts references to its singletons (PEP 683 made them immortal in
3.12 only), so after some thousand emits the count reaches zero and the process aborts with
"deallocating True". This window emits for every batch of results. Before the pin is
lifted, this must pass.
"""

from __future__ import annotations

import gc
import sys

from PySide6.QtCore import QObject, Signal

EMITS = 500
"""Fewer than there are references to True at rest, so that a broken version fails, not aborts."""


class Sender(QObject):
    plain = Signal()
    loaded = Signal(object)


def test_emitting_takes_no_reference_to_true_away() -> None:
    sender = Sender()
    heard: list[object] = []
    sender.loaded.connect(heard.append)
    gc.collect()
    before = sys.getrefcount(True)
    for _ in range(EMITS):
        sender.plain.emit()
        sender.loaded.emit(None)
    after = sys.getrefcount(True)
    assert len(heard) == EMITS
    # Other code may gain or lose a few; a version that drops one an emit is off by a thousand.
    assert after > before - EMITS // 2
