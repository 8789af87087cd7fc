"""Say in plain sentences what an act would do, and why a row is left out or did not change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zoomdesk.registration.lifecycle.acts import Act
from zoomdesk.registration.lifecycle.fates import Why

if TYPE_CHECKING:
    from zoomdesk.registration.lifecycle.plan import LifePlan

STOPPED = "Not reached before it was stopped. Do it again for the rest: that is safe."
NOT_CONFIRMED = (
    "Not confirmed: Zoom’s answer did not arrive, or its lists could not be read afterwards. Do it "
    "again: whoever has changed is found so."
)
UNCHANGED = "Zoom said yes, yet its list shows no change. Look at this person in Zoom."
NO_CHANGES_LEFT = (
    "Zoom takes ten changes for a person and event a day, and they are used up. Go on after "
    "00:00 GMT."
)
UNLISTED = "Not on Zoom’s lists of this event: nothing was changed."
_HIDDEN = (
    "Zoom hides addresses in its list, and the row holds no registrant ID that would tell who this "
    "is. Look the name up in Zoom."
)
_OTHER = (
    "The registrant ID in this row belongs to another address at Zoom. Correct the address or "
    "empty the ID: somebody else would be changed."
)
_WAITING = "This person still waits for approval: there is nothing to cancel. Deny it instead."
_NO_ADDRESS = "This row has no usable email address."

_EFFECTS = {
    Act.APPROVE: "Each gets a link of their own, which is written into the sheet.",
    Act.DENY: "They cannot join; a link that they have stops working.",
    Act.CANCEL: "Their links stop working. They can be approved again.",
    Act.DELETE: (
        "Zoom forgets them, with all that they answered, and their links stop working. That cannot "
        "be undone: who is registered again gets another link."
    ),
}


def left_out(act: Act, why: Why) -> str:
    """Say why a row is left out."""
    if why is Why.ALREADY:
        return f"Was {act.done_word} already." if act is not Act.DELETE else "Is gone already."
    sentences = {
        Why.UNLISTED: UNLISTED,
        Why.HIDDEN: _HIDDEN,
        Why.OTHER: _OTHER,
        Why.WAITING: _WAITING,
        Why.LIMIT: NO_CHANGES_LEFT,
        Why.NO_ADDRESS: _NO_ADDRESS,
    }
    return sentences[why]


def refused(words: str, hint: str) -> str:
    """Quote Zoom's refusal of one person."""
    return f"Zoom: “{words}” {hint}".strip()


def too_few_places(people: int, places: int) -> str:
    """Warn that an event is too small for those who take a place anew."""
    left = f"only {places:,} places left" if places else "no place left"
    return f"The event has {left} for {people:,} people. Zoom refuses to approve more."


def effect(act: Act) -> str:
    """Say what an act means for whom it is done with."""
    return _EFFECTS[act]


def mails(plan: LifePlan, *, practice: bool) -> str:
    """Say whether Zoom mails them."""
    if practice:
        return "This is practice: nobody is mailed."
    if plan.mails is None:
        return "Zoom may mail them, as the event is set."
    return "Zoom will mail them." if plan.mails else "Zoom will not mail them."


def describe(plan: LifePlan, *, practice: bool = False) -> str:
    """Say in a few sentences what a plan would do."""
    return " ".join(filter(None, (_changes(plan, practice=practice), _rest(plan), *plan.warnings)))


def _changes(plan: LifePlan, *, practice: bool) -> str:
    topic = f"“{plan.event.topic}”"
    if not plan.targets:
        return f"Nobody will be {plan.act.done_word} for {topic}."
    count = len(plan.targets)
    people = "1 person" if count == 1 else f"{count:,} people"
    calls = "one call" if plan.calls == 1 else f"{plan.calls:,} calls"
    dates = ""
    if plan.dates:
        dates = " on one date" if len(plan.dates) == 1 else f" on {len(plan.dates):,} dates"
    return (
        f"{people} will be {plan.act.done_word} for {topic}{dates}, in {calls}. {effect(plan.act)} "
        f"{mails(plan, practice=practice)}"
    )


def _rest(plan: LifePlan) -> str:
    if not plan.left_out:
        return ""
    parts = ", ".join(f"{count:,} {why}" for why, count in plan.reasons.items())
    rows = "row is" if len(plan.left_out) == 1 else "rows are"
    return f"{len(plan.left_out):,} {rows} left out: {parts}."
