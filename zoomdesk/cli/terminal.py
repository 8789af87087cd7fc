"""Tell whether a person sits at the other end."""

from __future__ import annotations

import sys


def is_interactive() -> bool:
    """Tell whether a person can be asked."""
    return sys.stdin is not None and sys.stdin.isatty()
