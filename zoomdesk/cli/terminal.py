"""Tell whether a person sits at the other end, and ask them."""

from __future__ import annotations

import sys


def is_interactive() -> bool:
    """Tell whether a person can be asked."""
    return sys.stdin is not None and sys.stdin.isatty()


def says_yes(question: str) -> bool:
    """Ask a person, beside the output; a terminal that ends here, by Ctrl+D, has not said yes."""
    print(f"{question} [y/N] ", end="", file=sys.stderr, flush=True)
    return sys.stdin.readline().strip().casefold() in {"y", "yes"}
