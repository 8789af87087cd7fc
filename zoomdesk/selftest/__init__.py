"""Try every layer of this installation once and say what works: ``zoomdesk --self-test [FILE]``.

The same smoke test for the source tree, a wheel, the frozen program and CI (DESIGN.md, "Packaging
facts"). It works in a temporary profile and on loopback only: the person's settings, journal and
keyring entries are not touched, nobody outside this computer is spoken to. The report is one JSON
object: ``{"ok": bool, "checks": [{"name", "ok", "detail"}], "versions": {name: text}}``.
"""

from zoomdesk.selftest.report import main

__all__ = ["main"]
