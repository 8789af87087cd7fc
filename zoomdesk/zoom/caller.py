"""Make one call of the API: paced, signed in, and sent again only where that is safe.

The rules (zoom/README.md sections 4 and 5):

- A read is tried three times when the network or Zoom fails.
- A write is sent again only when it is certain that nothing was applied: the connection was never
  made, Zoom said 401, or it said that the second was full. Anything else without a usable answer is
  OutcomeUnknown.
- A 401 renews the token once; a 429 of the day, or of one person, ends the call.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from zoomdesk.errors import DailyLimitReached, SignInRequired, ZoomdeskError, ZoomUnreachable
from zoomdesk.zoom import limits, refusals
from zoomdesk.zoom.cancel import CancelToken
from zoomdesk.zoom.endpoints import Endpoints
from zoomdesk.zoom.failed_call import FailedCall
from zoomdesk.zoom.faults import Fault, OutcomeUnknown, Refusal, RegistrantLimitReached
from zoomdesk.zoom.lane import Turn
from zoomdesk.zoom.limits import LimitKind
from zoomdesk.zoom.pacing import Label, Pacer
from zoomdesk.zoom.tokens import TokenSource
from zoomdesk.zoom.transport import NeverSent, Reply, ReplyLost, Transport

OnFailed = Callable[[FailedCall], None]

TRIES = 3
THROTTLED_TRIES = 20
"""How often in a row the second may be full before Zoom counts as out of reach."""

_BACKOFF = (0.5, 2.0)  # seconds after the first and second failure, give or take half


@dataclass(frozen=True, slots=True)
class Call:
    """Describe a call. ``about`` is whom its refusals concern: see ``refusals.error_for``.

    ``bare_yes`` says that an empty answer is a yes, though the call concerns people.
    """

    method: str
    path: str
    label: Label
    params: Mapping[str, str] = field(default_factory=dict)
    body: dict[str, Any] | None = None
    form: list[tuple[str, tuple[None, str]]] | None = None
    about: type[Refusal] | None = None
    bare_yes: bool = False

    @property
    def is_read(self) -> bool:
        """Return whether making it twice changes nothing."""
        return self.method == "GET"


class Caller:
    """Carry calls out. Safe for many threads. ``on_failed`` is told of every call that failed."""

    def __init__(
        self,
        tokens: TokenSource,
        endpoints: Endpoints,
        pacer: Pacer,
        transport: Transport,
        on_failed: OnFailed = lambda _: None,
    ) -> None:
        self._tokens = tokens
        self._endpoints = endpoints
        self._pacer = pacer
        self._transport = transport
        self._on_failed = on_failed

    def make(self, call: Call, cancel: CancelToken | None = None) -> dict[str, Any]:
        """Return the JSON object of the answer, ``{}`` for an empty one.

        Raises a RunError, an AccountError, a Fault, or Cancelled. After Cancelled, nothing of a
        write was applied.
        """
        watch = self._transport.watch
        watch.begin()
        try:
            return _Attempts(self, call, cancel or CancelToken()).run()
        except (ZoomdeskError, Fault) as error:
            error.failed_call = failed = watch.failed
            if failed is not None:
                self._on_failed(failed)
            raise
        finally:
            watch.begin()  # what it holds of a call is not for keeping

    def send(self, call: Call, token: str, cancel: CancelToken) -> tuple[Turn, Reply]:
        """Wait for the call's turn and send it once. Raises NeverSent, ReplyLost, Cancelled."""
        turn = self._pacer.acquire(call.label, cancel)
        base = self._endpoints.api_base(self._tokens.api_url())
        reply = self._transport.send(
            call.method,
            base + call.path,
            token=token,
            base=base,
            params=call.params,
            body=call.body,
            form=call.form,
        )
        self._pacer.note(turn, reply.headers)
        return turn, reply

    def token(self, stale: str = "") -> str:
        """Return a token; another one than ``stale``, if that is given."""
        return self._tokens.renew(stale) if stale else self._tokens.access_token()

    def throttled(self, turn: Turn, seconds: float) -> None:
        """Slow down: the second that a call went in was full."""
        self._pacer.throttled(turn, seconds)


class _Attempts:
    """Carry one call through its attempts."""

    def __init__(self, caller: Caller, call: Call, cancel: CancelToken) -> None:
        self._caller = caller
        self._call = call
        self._cancel = cancel
        self._failures = 0
        self._throttled = 0
        self._renewed = False
        self._token = ""

    def run(self) -> dict[str, Any]:
        self._token = self._caller.token()
        while True:
            answer = self._once()
            if answer is not None:
                return answer

    def _once(self) -> dict[str, Any] | None:
        """Return the answer, or None when the call is to be sent again."""
        try:
            turn, reply = self._caller.send(self._call, self._token, self._cancel)
        except NeverSent as never:
            self._failed(never.error, lasting=never.lasting)
        except ReplyLost as lost:
            self._without_answer(str(lost))
        else:
            if reply.http == 401:
                self._renew(reply)
            elif reply.http == 429:
                self._limited(turn, reply)
            elif trouble := self._trouble(reply):
                self._without_answer(trouble)
            elif not reply.ok or reply.code:
                raise refusals.error_for(_said(reply), self._call.about)
            else:
                return reply.body or {}
        return None

    def _trouble(self, reply: Reply) -> str:
        """Return what is wrong with an answer that says neither yes nor no, or nothing."""
        if reply.body is None:
            # Only changes that nobody waits for an answer of may have none (204).
            call = self._call
            may_be_empty = not call.is_read and (call.about is None or call.bare_yes)
            if reply.ok and reply.empty and may_be_empty:
                return ""
            return f"Zoom’s answer (HTTP {reply.http}) could not be read"
        if 400 <= reply.http < 500 or reply.ok:
            return ""
        return f"Zoom had trouble of its own (HTTP {reply.http})"

    def _without_answer(self, what: str) -> None:
        """Let a read be tried again. Raises OutcomeUnknown for a write."""
        if not self._call.is_read:
            raise OutcomeUnknown(f"{what[:1].upper()}{what[1:]}.")
        self._failed(ZoomUnreachable(f"Zoom did not give an answer: {what}."))

    def _failed(self, error: ZoomUnreachable, *, lasting: bool = False) -> None:
        self._failures += 1
        if lasting or self._failures >= TRIES:
            raise error
        # Spread, so that many threads that failed together do not come back together.
        spread = random.uniform(0.5, 1.5)  # noqa: S311  no secret depends on it
        self._cancel.sleep(_BACKOFF[self._failures - 1] * spread)

    def _renew(self, reply: Reply) -> None:
        if self._renewed:
            said = f"Zoom ended the session: “{reply.message}”" if reply.message else ""
            raise SignInRequired(said or "Zoom ended the session.")
        self._renewed = True
        self._token = self._caller.token(self._token)

    def _limited(self, turn: Turn, reply: Reply) -> None:
        limit = limits.read(reply.message, reply.headers)
        if limit.kind is LimitKind.REGISTRANT and not self._call.is_read:
            raise RegistrantLimitReached(limit.email, reply.message)
        if limit.kind is not LimitKind.PER_SECOND:
            said = reply.message or "Zoom takes no more calls today."
            raise DailyLimitReached(said, wait=limit.wait)
        self._caller.throttled(turn, limit.wait)
        self._throttled += 1
        if self._throttled >= THROTTLED_TRIES:
            raise ZoomUnreachable(
                "Zoom takes no calls at present: this account’s limit per second is full.",
                hint="Other programs may be using the account. Go on with the run later: nothing "
                "is lost.",
            )
        self._cancel.sleep(limit.wait)


def _said(reply: Reply) -> refusals.Said:
    rows = (reply.body or {}).get("errors")
    fields = tuple(
        row["field"]
        for row in (rows if isinstance(rows, list) else [])
        if isinstance(row, dict) and isinstance(row.get("field"), str)
    )
    message = reply.message or f"Zoom gave no reason (HTTP {reply.http}, code {reply.code})."
    return refusals.Said(reply.http, reply.code, message, fields)
