"""Make a few calls that do not depend on one another at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from zoomdesk.zoom.cancel import Cancelled, CancelToken

T = TypeVar("T")


def together(jobs: Sequence[Callable[[CancelToken], T]], cancel: CancelToken | None) -> list[T]:
    """Return what each job returns, in their order; each has a thread and is given a token.

    The first of them in order that fails is what is raised, once all have ended; the others are
    called off. Raises Cancelled.
    """
    turn = (cancel or CancelToken()).child()

    def watched(job: Callable[[CancelToken], T]) -> T:
        try:
            return job(turn)
        except BaseException:
            turn.cancel()
            raise

    with ThreadPoolExecutor(len(jobs), "zoomdesk-list") as pool:
        waiting = [pool.submit(watched, job) for job in jobs]
    errors = [error for each in waiting if (error := each.exception()) is not None]
    for error in errors:
        # Who was called off for another's failure says nothing of why.
        if not isinstance(error, Cancelled):
            raise error
    if errors:
        raise errors[0]
    return [each.result() for each in waiting]
