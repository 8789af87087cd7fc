"""Match what Zoom says with the people who were sent. Pure: no calls, no clock, no files.

The only thing that joins the two sides is the email key. The order of an answer is never trusted
(zoom/README.md section 5): a link in the wrong row is the one mistake nobody would notice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Self

from zoomdesk.registration.outcome import Outcome, Status
from zoomdesk.registration.ports import ZoomApi
from zoomdesk.registration.together import together
from zoomdesk.roster import emails
from zoomdesk.roster.table import Person
from zoomdesk.zoom.cancel import CancelToken
from zoomdesk.zoom.events import EventRef
from zoomdesk.zoom.models import Answer, Listed, ListedStatus

STATUSES: tuple[ListedStatus, ...] = ("approved", "pending", "denied")
_RANK = {status: rank for rank, status in enumerate(STATUSES)}

NO_LINK = "Zoom has this person on its list but gave no link. Fetch the links again later."
WAITS = "Waits for approval in Zoom."
DENIED = "The host denied or cancelled this registration. Approve it if that is wanted."


@dataclass(slots=True)
class Registry:
    """Find people on Zoom's three lists of one event.

    An address that stands on several lists counts where it is best off.
    """

    people: dict[str, Listed] = field(default_factory=dict)
    masked: list[Listed] = field(default_factory=list)

    @classmethod
    def of(cls, listed: Iterable[Listed]) -> Self:
        """Index listed people by their email key."""
        registry = cls()
        for each in listed:
            if "*" in each.email:
                registry.masked.append(each)
                continue
            key = emails.key(each.email)
            known = registry.people.get(key)
            if known is None or _RANK[each.status] < _RANK[known.status]:
                registry.people[key] = each
        return registry

    def find(self, address: str) -> Listed | None:
        """Return the person with this address."""
        return self.people.get(emails.key(address))

    def knows(self, key: str) -> bool:
        """Return whether somebody with this email key is on a list."""
        return key in self.people

    def may_hide(self, person: Person) -> bool:
        """Return whether a masked address, such as ``j***@example.com``, could be this person's.

        Zoom may hide the addresses of guests (zoom/README.md section 5). Such an entry never gives
        anybody a link: two people may look the same. It only keeps us from sending twice.
        """
        return any(may_be(each.email, person.email) for each in self.masked)

    def taken(self) -> int:
        """Return how many people hold or await a place."""
        everybody = (*self.people.values(), *self.masked)
        return sum(each.status != "denied" for each in everybody)


def may_be(shown: str, address: str) -> bool:
    """Return whether an address may be the one that Zoom shows as ``shown``, ``j***@x.example``."""
    key, shown = emails.key(address), emails.key(shown)
    if "*" not in shown:
        return key == shown
    name, _, domain = key.rpartition("@")
    start, _, host = shown.rpartition("@")
    return domain == host and name.startswith(start.split("*")[0])


def read_lists(
    client: ZoomApi,
    ref: EventRef,
    cancel: CancelToken | None = None,
    dates: Sequence[str] = (),
) -> tuple[Listed, ...]:
    """Read all three lists of an event. Raises the client's errors, and Cancelled.

    With ``dates``, the occurrences that people are registered for, those are listed who are on the
    lists of every one of them: whoever lacks a date is still to be registered for it.
    """
    if dates:
        return _on_every_date(client, ref, cancel, dates)

    def of(status: ListedStatus) -> Callable[[CancelToken], list[Listed]]:
        return lambda turn: list(client.registrants(ref, status, cancel=turn))

    # The pages of one list come one after another: each names the next.
    lists = together([of(status) for status in STATUSES], cancel)
    return tuple(each for found in lists for each in found)


def _on_every_date(
    client: ZoomApi, ref: EventRef, cancel: CancelToken | None, dates: Sequence[str]
) -> tuple[Listed, ...]:
    found: dict[str, list[Listed]] = {}
    for date in dates:
        on_date: dict[str, Listed] = {}
        for status in STATUSES:
            for each in client.registrants(ref, status, occurrence_id=date, cancel=cancel):
                # A masked address is not one person's: the ID is.
                on_date.setdefault(each.id if "*" in each.email else emails.key(each.email), each)
        for key, each in on_date.items():
            found.setdefault(key, []).append(each)
    return tuple(
        max(entries, key=lambda each: _RANK[each.status])
        for entries in found.values()
        # Who was denied for one date is not asked for again behind the host's back.
        if len(entries) == len(dates) or any(each.status == "denied" for each in entries)
    )


def match_answers(
    people: Sequence[Person], answers: Iterable[Answer]
) -> tuple[dict[str, Answer], list[Person]]:
    """Return the answers by email key, and the people whom no answer names.

    Answers about strangers, and those without an address, are nobody's.
    """
    sent = {emails.key(person.email) for person in people}
    matched: dict[str, Answer] = {}
    for answer in answers:
        key = emails.key(answer.email)
        if key in sent and (key not in matched or not matched[key].join_url):
            matched[key] = answer
    return matched, [p for p in people if emails.key(p.email) not in matched]


def from_answer(person: Person, answer: Answer, *, needs_approval: bool, now: datetime) -> Outcome:
    """Return what an answer means for its person.

    Without a link, the person waits for approval; that is never an error. Where the call cannot
    approve (``needs_approval``), a link proves nothing: nobody knows whether people who wait are
    given one (zoom/README.md section 6e). The list tells later.
    """
    if not answer.join_url or needs_approval:
        return Outcome(
            person.row,
            person.email,
            Status.PENDING,
            registrant_id=answer.registrant_id,
            message=WAITS,
        )
    return Outcome(
        person.row, person.email, Status.REGISTERED, answer.join_url, answer.registrant_id, now
    )


def from_list(person: Person, listed: Listed, *, ours: bool) -> Outcome:
    """Return what a list entry means for its person.

    ``ours``: this run sent the person, so it is no earlier registration. Who waits gets no link
    yet, whatever the list shows (section 6e): it would not open.
    """
    if listed.status == "approved":
        status = Status.REGISTERED if ours else Status.ALREADY_REGISTERED
        return Outcome(
            person.row,
            person.email,
            status,
            listed.join_url,
            listed.id,
            listed.created,
            "" if listed.join_url else NO_LINK,
        )
    status, message = Status.DENIED, DENIED
    if listed.status == "pending":
        status, message = Status.PENDING, WAITS
    return Outcome(person.row, person.email, status, registrant_id=listed.id, message=message)
