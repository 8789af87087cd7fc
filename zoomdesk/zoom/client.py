"""Make the API's calls, one method each (zoom/README.md sections 1 and 2).

Importing this module brings in requests: do it when a call is about to be made.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Self
from urllib.parse import quote

from zoomdesk.errors import ZoomUnreachable
from zoomdesk.zoom import wire
from zoomdesk.zoom.caller import Call, Caller, OnFailed
from zoomdesk.zoom.cancel import CancelToken
from zoomdesk.zoom.endpoints import Endpoints
from zoomdesk.zoom.events import EventKind, EventRef
from zoomdesk.zoom.faults import BatchRefused, OutcomeUnknown, RowRefused
from zoomdesk.zoom.models import (
    BATCH_LIMIT,
    STATUS_LIMIT,
    Answer,
    Event,
    EventSummary,
    Listed,
    ListedStatus,
    Questions,
    Registrant,
    StatusAction,
    User,
)
from zoomdesk.zoom.pacing import Label, Pacer
from zoomdesk.zoom.tokens import TokenSource
from zoomdesk.zoom.transport import DEFAULT_TIMEOUT, Transport

_PAGE = "300"  # the most that a page may hold


class ZoomClient:
    """Speak with Zoom for whoever ``token`` belongs to. Safe for many threads.

    ``on_failed`` is told of every call that failed, without anybody's name in it.
    ``timeout`` is in seconds: to connect, and for the next piece of an answer. Every call may raise
    a RunError (ZoomUnreachable, ZoomRefused and its kin, DailyLimitReached), an AccountError, or
    Cancelled when its ``cancel`` was asked to stop while the call waited: nothing was applied then.
    """

    def __init__(
        self,
        token: TokenSource,
        endpoints: Endpoints,
        *,
        pacer: Pacer,
        proxy: str = "",
        timeout: tuple[float, float] = DEFAULT_TIMEOUT,
        on_failed: OnFailed = lambda _: None,
    ) -> None:
        self._transport = Transport(proxy, timeout)
        self._caller = Caller(token, endpoints, pacer, self._transport, on_failed)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    def close(self) -> None:
        """Close all connections."""
        self._transport.close()

    def me(self, *, cancel: CancelToken | None = None) -> User:
        """Ask who is signed in."""
        return wire.user(self._get("/users/me", Label.LIGHT, cancel))

    def events(self, kind: EventKind, *, cancel: CancelToken | None = None) -> list[EventSummary]:
        """List the person's webinars, or the meetings that are still to come."""
        params = {"type": "upcoming"} if kind is EventKind.MEETING else {}
        rows = self._pages(f"/users/me/{kind.path}", kind.path, params, cancel)
        return [wire.summary(kind, row) for row in rows]

    def event(self, ref: EventRef, *, cancel: CancelToken | None = None) -> Event:
        """Read an event with the settings that decide who may register."""
        return wire.event(ref.kind, self._get(_path(ref), Label.LIGHT, cancel))

    def questions(self, ref: EventRef, *, cancel: CancelToken | None = None) -> Questions:
        """Read what the event's registration form asks for."""
        path = f"{_path(ref)}/registrants/questions"
        return wire.questions(self._get(path, Label.LIGHT, cancel))

    def registrants(
        self,
        ref: EventRef,
        status: ListedStatus = "approved",
        *,
        occurrence_id: str = "",
        cancel: CancelToken | None = None,
    ) -> Iterator[Listed]:
        """Yield the people on one of the event's three lists, page by page as they are asked for.

        ``occurrence_id`` asks for those of one date. Zoom forgets its place after 15 minutes: do
        not dawdle.
        """
        path = f"{_path(ref)}/registrants"
        params = {"status": status} | _date(occurrence_id)
        for row in self._pages(path, "registrants", params, cancel):
            yield wire.listed(row, status)

    def registrant_count(
        self,
        ref: EventRef,
        status: ListedStatus = "approved",
        *,
        occurrence_id: str = "",
        cancel: CancelToken | None = None,
    ) -> int:
        """Ask how many people are on a list, by one call where Zoom tells ``total_records``."""
        params = {"status": status, "page_size": "1"} | _date(occurrence_id)
        body = self._get(f"{_path(ref)}/registrants", Label.MEDIUM, cancel, params)
        total = body.get("total_records")
        if isinstance(total, int) and not isinstance(total, bool) and total >= 0:
            return total
        people = self.registrants(ref, status, occurrence_id=occurrence_id, cancel=cancel)
        return sum(1 for _ in people)

    def register_batch(
        self,
        ref: EventRef,
        people: Sequence[Registrant],
        *,
        auto_approve: bool,
        confirmation_email: bool | None = None,
        multipart: bool = False,
        cancel: CancelToken | None = None,
    ) -> list[Answer]:
        """Register up to 30 people with address and names; return what Zoom gave, in any order.

        People may be missing from the answers. ``confirmation_email`` is for meetings: a webinar
        goes by its own setting. Raises BatchRefused, RegistrantLimitReached or OutcomeUnknown as
        well; ValueError for a batch that is empty or too large.
        """
        if not 1 <= len(people) <= BATCH_LIMIT:
            raise ValueError(f"a batch has 1 to {BATCH_LIMIT} people, not {len(people)}")
        mails = confirmation_email if ref.kind is EventKind.MEETING else None
        body = wire.batch(people, auto_approve=auto_approve, registrants_confirmation_email=mails)
        call = Call(
            "POST",
            f"{_path(ref)}/batch_registrants",
            Label.HEAVY,
            body=None if multipart else body,
            form=wire.as_form(body) if multipart else None,
            about=BatchRefused,
        )
        answer = self._caller.make(call, cancel)
        if not isinstance(answer.get("registrants"), list):
            raise OutcomeUnknown("Zoom’s answer does not say who was registered.")
        return [wire.answer(row) for row in wire.objects(answer, "registrants")]

    def register_one(
        self,
        ref: EventRef,
        registrant: Registrant,
        occurrence_ids: Sequence[str] = (),
        *,
        cancel: CancelToken | None = None,
    ) -> Answer:
        """Register one person with all fields; an already registered one gets the existing link.

        Raises RowRefused, RegistrantLimitReached or OutcomeUnknown as well.
        """
        call = Call(
            "POST",
            f"{_path(ref)}/registrants",
            Label.LIGHT,
            params={"occurrence_ids": ",".join(occurrence_ids)} if occurrence_ids else {},
            body=wire.registrant(registrant, single=True),
            about=RowRefused,
        )
        answer = wire.answer(self._caller.make(call, cancel), registrant.email)
        if not (answer.registrant_id or answer.join_url):
            raise OutcomeUnknown("Zoom’s answer does not say whether the person was registered.")
        return answer

    def registrant(
        self, ref: EventRef, registrant_id: str, *, cancel: CancelToken | None = None
    ) -> Listed | None:
        """Look one registrant up by ID, also one that is on no list; None where there is none."""
        call = Call("GET", _person(ref, registrant_id), Label.LIGHT, about=RowRefused)
        try:
            found = wire.listed(self._caller.make(call, cancel), "denied")
        except RowRefused:
            return None
        return found if found.id == registrant_id else None

    def set_status(
        self,
        ref: EventRef,
        action: StatusAction,
        people: Sequence[Listed],
        *,
        occurrence_id: str = "",
        cancel: CancelToken | None = None,
    ) -> None:
        """Approve, deny or cancel up to 30 people whom Zoom has on its lists.

        A yes proves nothing (zoom/README.md section 2): list again. ``occurrence_id`` names one
        date of a recurring event, ``""`` means all of them. Raises BatchRefused (for one person
        RowRefused), RegistrantLimitReached or OutcomeUnknown as well; ValueError for nobody and for
        too many.
        """
        if not 1 <= len(people) <= STATUS_LIMIT:
            raise ValueError(f"a change is about 1 to {STATUS_LIMIT} people, not {len(people)}")
        call = Call(
            "PUT",
            f"{_path(ref)}/registrants/status",
            Label.MEDIUM,
            params=_date(occurrence_id),
            body=wire.status_change(action, people),
            about=RowRefused if len(people) == 1 else BatchRefused,
            bare_yes=True,
        )
        self._caller.make(call, cancel)

    def delete_registrant(
        self,
        ref: EventRef,
        registrant_id: str,
        *,
        occurrence_id: str = "",
        cancel: CancelToken | None = None,
    ) -> None:
        """Take a person off the event's lists. Raises RowRefused or OutcomeUnknown as well.

        ``occurrence_id`` is as in ``set_status``.
        """
        call = Call(
            "DELETE",
            _person(ref, registrant_id),
            Label.LIGHT,
            params=_date(occurrence_id),
            about=RowRefused,
            bare_yes=True,
        )
        self._caller.make(call, cancel)

    def _get(
        self,
        path: str,
        label: Label,
        cancel: CancelToken | None,
        params: dict[str, str] | None = None,
    ) -> dict[str, Any]:
        return self._caller.make(Call("GET", path, label, params=params or {}), cancel)

    def _pages(
        self, path: str, name: str, params: dict[str, str], cancel: CancelToken | None
    ) -> Iterator[dict[str, Any]]:
        token = ""
        while True:
            place = {"next_page_token": token} if token else {}
            query = {**params, "page_size": _PAGE, **place}
            body = self._get(path, Label.MEDIUM, cancel, query)
            if not isinstance(body.get(name), list):
                # An empty list would mean that nobody is registered yet.
                raise ZoomUnreachable("Zoom’s answer does not hold the list that was asked for.")
            yield from wire.objects(body, name)
            following = body.get("next_page_token") or ""
            if not following:
                return
            if following == token:
                raise ZoomUnreachable("Zoom’s list does not come to an end.")
            token = str(following)


def _person(ref: EventRef, registrant_id: str) -> str:
    if not registrant_id:
        raise ValueError("a registrant has an ID")  # without one the path is that of everybody
    return f"{_path(ref)}/registrants/{quote(registrant_id, safe='')}"


def _date(occurrence_id: str) -> dict[str, str]:
    return {"occurrence_id": occurrence_id} if occurrence_id else {}


def _path(ref: EventRef) -> str:
    return f"/{ref.kind.path}/{quote(ref.id, safe='')}"
