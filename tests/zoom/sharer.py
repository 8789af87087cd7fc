"""Be one computer that registers without end, for tests of what several get of one limit.

    python -m tests.zoom.sharer API TOKEN NAME

Prints a line with the first answer, and ends when its input is closed.
"""

from __future__ import annotations

import itertools
import sys
import threading

from tests.zoom.conftest import WEBINAR
from zoomdesk.zoom.cancel import Cancelled, CancelToken
from zoomdesk.zoom.client import ZoomClient
from zoomdesk.zoom.endpoints import Endpoints
from zoomdesk.zoom.models import Registrant
from zoomdesk.zoom.pacing import Label, Pacer
from zoomdesk.zoom.tokens import FixedToken


def main(api: str, token: str, name: str) -> None:
    """Register until the input ends."""
    pacer, cancel, numbers = Pacer("pro"), CancelToken(), itertools.count()
    with ZoomClient(FixedToken(token), Endpoints(api), pacer=pacer) as client:

        def register() -> None:
            person = Registrant(f"{name}-{next(numbers)}@x.example", "A", "B")
            client.register_batch(WEBINAR, [person], auto_approve=True, cancel=cancel)

        def work() -> None:
            try:
                while True:
                    register()
            except Cancelled:
                return

        register()
        sys.stdout.write("working\n")
        sys.stdout.flush()
        threads = [threading.Thread(target=work) for _ in range(pacer.at_once(Label.HEAVY))]
        for thread in threads:
            thread.start()
        sys.stdin.read()
        cancel.cancel()
        for thread in threads:
            thread.join()


if __name__ == "__main__":
    main(*sys.argv[1:])
