"""Serve the practice account: ``python -m zoomdesk.simulator [--port N] [--state FILE]``."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from .server import serve
from .store import StateFileError


def main(arguments: Sequence[str] | None = None) -> int:
    """Serve until told to stop; return 0, or 1 if it cannot start."""
    parser = argparse.ArgumentParser(
        prog="python -m zoomdesk.simulator",
        description="Zoom in a box on this computer: nobody is registered, no mail is sent.",
    )
    parser.add_argument("--port", type=int, default=0, help="0, the default, takes any free port")
    parser.add_argument("--state", metavar="FILE", help="keep what happened over restarts")
    parser.add_argument("--plan", choices=("free", "pro", "business"), default="pro")
    parser.add_argument(
        "--latency", type=float, default=0.0, metavar="S", help="seconds before every answer"
    )
    chosen = parser.parse_args(arguments)
    try:
        serve(chosen.port, chosen.state, chosen.plan, chosen.latency)
    except (OSError, StateFileError) as error:
        sys.stderr.write(f"The simulator cannot start: {error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
