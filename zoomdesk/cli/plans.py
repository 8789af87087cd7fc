"""Print what a registration would do: for people, and as one JSON object."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from zoomdesk.cli.opening import Opened
from zoomdesk.cli.output import Output, count, table
from zoomdesk.cli.planning import Planned
from zoomdesk.cli.reports import KEYS, count_of, duration, row_data
from zoomdesk.registration.estimate import Estimate, estimate_of
from zoomdesk.registration.facts import Facts, facts_of
from zoomdesk.registration.wording import Reason
from zoomdesk.roster.form import named
from zoomdesk.services import Services


def dry_run(planned: Planned, services: Services, opened: Opened, output: Output) -> int:
    """Print what would happen; nothing is sent and nothing written."""
    plan, facts = planned.plan, facts_of(planned.found)
    settled = sorted([*plan.settled, *planned.left_out], key=lambda outcome: outcome.row)
    would_go = [row for person in plan.people for row in plan.rows_of(person)]
    estimate = estimate_of(plan, services.pacer)
    event = plan.event
    data: dict[str, Any] = {
        "dry_run": True,
        "event": {"kind": event.ref.kind.value, "id": event.ref.id, "topic": event.topic}
        | _facts_data(facts),
        "rows": len(would_go) + len(settled),
        "to_send": plan.to_send,
        "calls": plan.calls,
        "seconds": round(estimate.seconds, 1),
        "estimate": _estimate_data(planned, estimate, services),
        "mails": plan.mails,
        **{key: count_of(settled, status) for status, key in KEYS.items()},
        "kinds": dict(plan.kinds + _left_out(planned)),
        "approvable": len(plan.approvable),
        "obstacle": _obstacle_data(planned),
        "warnings": list(plan.warnings),
        "account": profile.email if (profile := services.who()) else "",
        "output": None,
        "rows_detail": [
            *({"row": p.row, "email": p.email, "status": "Would be sent"} for p in would_go),
            *(row_data(outcome) for outcome in settled),
        ],
        "book": str(opened.sheet.book.path),
    }

    def text() -> str:
        skipped = [(str(o.row), o.email, o.status.value, o.message) for o in settled]
        parts = [table(("Row", "Email", "Status", "Why"), skipped), ""] if skipped else []
        if profile and not services.in_practice:
            parts.append(f"Signed in as {profile.label}.")
        parts += _facts_lines(facts)
        what = plan.describe(practice=services.in_practice)
        parts.append(f"{what} {_time(estimate, services.settings.plan)}".rstrip())
        parts += [plan.obstacle] if plan.obstacle else []
        parts.append("Nothing was sent and nothing was written.")
        return "\n".join(parts)

    output.result(data, text)
    return 0


def _left_out(planned: Planned) -> Counter[str]:
    return Counter({Reason.ERROR.name.lower(): len(planned.left_out)})


def _estimate_data(planned: Planned, estimate: Estimate, services: Services) -> dict[str, Any]:
    return {
        "batch_calls": estimate.batches,
        "single_calls": estimate.singles,
        "list_calls": estimate.lists,
        "list_calls_made": planned.plan.pages,
        "seconds": round(estimate.seconds, 1),
        "plan": services.settings.plan,
        "days": estimate.days(services.settings.plan),
    }


def _obstacle_data(planned: Planned) -> dict[str, Any] | None:
    plan = planned.plan
    if not plan.obstacle:
        return None
    missing = [{"heading": lack.heading, "perhaps": lack.perhaps or None} for lack in plan.lacks]
    return {"message": plan.obstacle, "missing": missing}


def _facts_data(facts: Facts) -> dict[str, Any]:
    return {
        "approval": "by hand" if facts.by_hand else "automatic",
        "mails": facts.mails,
        "capacity": facts.capacity or None,
        "places_left": facts.left,
        "on_lists": {status: facts.counts[status] for status in ("approved", "pending", "denied")},
        "hosts": list(facts.hosts),
        "required": [named(topic) for topic in facts.required],
        "asked": [named(topic) for topic in facts.asked],
        "occurrences": [
            {
                "id": each.id,
                "start": each.start.isoformat() if each.start else None,
                "chosen": each.id in facts.chosen_dates or not facts.chosen_dates,
            }
            for each in facts.dates
        ],
    }


def _facts_lines(facts: Facts) -> Iterator[str]:
    listed = [f"{facts.counts['approved']:,} registered"]
    listed += [f"{facts.counts['pending']:,} waiting for approval"] * bool(facts.counts["pending"])
    listed += [f"{facts.counts['denied']:,} denied"] * bool(facts.counts["denied"])
    if facts.left is not None:
        listed.append(f"{facts.left:,} of {facts.capacity:,} places left")
    yield f"On the event’s lists: {', '.join(listed)}."
    if facts.by_hand:
        yield "The host approves registrations by hand."
    if facts.required:
        yield f"Its form requires: {', '.join(named(topic) for topic in facts.required)}."
    if facts.dates:
        chosen = facts.chosen_dates or tuple(each.id for each in facts.dates)
        yield f"For {len(chosen):,} of its {count(len(facts.dates), 'date', 'dates')}."
    elif facts.recurs:
        yield "It has no fixed dates: one link holds for all of them."


def _time(estimate: Estimate, plan: str) -> str:
    if not estimate.calls:
        return ""
    days = estimate.days(plan)
    said = f"At Zoom’s limits that takes {duration(estimate.seconds)}"
    return f"{said}, on {days:,} days: its calls a day are limited." if days > 1 else f"{said}."
