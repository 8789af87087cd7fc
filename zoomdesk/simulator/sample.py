"""Make the practice account: events of every sort that a host meets, with dates yet to come."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from .calls import ALL_SCOPES
from .model import (
    EACH_APART,
    MANUAL,
    MEETING_NO_TIME,
    MEETING_RECURRING,
    NO_REGISTRATION,
    ONCE_FOR_SOME,
    WEBINAR_NO_TIME,
    WEBINAR_RECURRING,
    Account,
    Client,
    CustomQuestion,
    Event,
    Occurrence,
    Plan,
    Question,
    User,
)
from .world import World

SAMPLE_WEBINAR_ID = "81234567890"
SAMPLE_MEETING_ID = "91234567890"
PUBLIC_CLIENT_ID = "practice-client"
S2S_CLIENT_ID = "practice-s2s"
S2S_CLIENT_SECRET = "practice-secret"  # noqa: S105 — opens a practice account on loopback only
ACCOUNT_ID = "practice-account"


_TALKS = ("Opening", "Data, and what to do with it", "Closing")


def sample_world(now: datetime | None = None, plan: Plan = "pro") -> World:
    """Return the practice account, its events dated from ``now`` (default: the present)."""
    # Whole hours: a restart on the same day makes the same dates and occurrence IDs.
    now = (now or datetime.now(UTC)).replace(minute=0, second=0, microsecond=0)
    return World(
        Account(ACCOUNT_ID, 10009239, "Practice account", plan),
        [
            User(
                "PracticeHostUserId0001",
                "host@practice.example",
                "Practice",
                "Host",
                created=now - timedelta(days=400),
            ),
            User(
                "PracticeCohostUserId02",
                "cohost@practice.example",
                "Practice",
                "Cohost",
                created=now - timedelta(days=300),
            ),
        ],
        [*_webinars(now), *_meetings(now)],
        [
            Client(PUBLIC_CLIENT_ID, "Zoomdesk", scopes=ALL_SCOPES),
            Client(
                S2S_CLIENT_ID,
                "Zoomdesk for administrators",
                secret=S2S_CLIENT_SECRET,
                scopes=tuple(f"{scope}:admin" for scope in ALL_SCOPES),
            ),
        ],
    )


def _webinars(now: datetime) -> list[Event]:
    day = timedelta(days=1)
    noon = now.replace(hour=12)
    return [
        Event(
            SAMPLE_WEBINAR_ID,
            "webinar",
            "Practice webinar: welcome to our open day",
            noon + 7 * day,
            agenda="A webinar to practise with. Everybody is approved at once.",
            alternative_hosts=("cohost@practice.example",),
        ),
        Event("81234567891", "webinar", "All hands, spring", noon + 14 * day, approval_type=MANUAL),
        Event(
            "81234567892",
            "webinar",
            "Practice webinar with questions",
            noon + 21 * day,
            duration=90,
            questions=(
                Question("last_name", True),
                Question("org", True),
                Question("job_title"),
            ),
            custom_questions=(
                CustomQuestion("What do you hope to learn?"),
                CustomQuestion(
                    "How did you hear of us?",
                    "single_dropdown",
                    True,
                    ("A colleague", "The newsletter", "Elsewhere"),
                ),
            ),
        ),
        Event(
            "81234567893",
            "webinar",
            "Practice series, every week",
            noon + 3 * day,
            type=WEBINAR_RECURRING,
            registration_type=ONCE_FOR_SOME,
            occurrences=_weekly(noon + 3 * day, 4, 60),
        ),
        Event(
            "81234567894",
            "webinar",
            "Practice webinar, five places",
            noon + 9 * day,
            restrict_number=5,
        ),
        Event(
            "81234567895",
            "webinar",
            "Practice webinar without registration",
            noon + 10 * day,
            approval_type=NO_REGISTRATION,
        ),
        Event("81234567896", "webinar", "Practice webinar of last month", noon - 30 * day),
        Event(
            "81234567897",
            "webinar",
            "Practice fair, every kind of question",
            noon + 24 * day,
            questions=(
                Question("last_name", True),
                Question("city", True),
                Question("country"),
                Question("no_of_employees"),
            ),
            custom_questions=(
                CustomQuestion("Which talks will you attend?", "multiple", True, _TALKS),
                CustomQuestion("Do you need a parking space?", "single_radio", True, ("Yes", "No")),
                CustomQuestion("Lunch", "single_dropdown", False, ("Meat", "Fish", "Vegetarian")),
                CustomQuestion("Anything we should know?"),
            ),
        ),
        Event(
            "81234567898",
            "webinar",
            "Practice talks, whenever you like",
            noon,
            type=WEBINAR_NO_TIME,
        ),
    ]


def _meetings(now: datetime) -> list[Event]:
    day = timedelta(days=1)
    ten = now.replace(hour=10)
    return [
        Event(
            SAMPLE_MEETING_ID,
            "meeting",
            "Practice meeting: new colleagues",
            ten + 5 * day,
            alternative_hosts=("cohost@practice.example",),
        ),
        Event(
            "91234567891",
            "meeting",
            "Practice workshop, by approval",
            ten + 12 * day,
            approval_type=MANUAL,
            duration=120,
        ),
        Event(
            "91234567892",
            "meeting",
            "Practice office hour, every week",
            ten + 2 * day,
            type=MEETING_RECURRING,
            duration=30,
            registration_type=EACH_APART,
            occurrences=_weekly(ten + 2 * day, 6, 30),
        ),
        Event(
            "91234567893",
            "meeting",
            "Practice meeting without registration",
            ten + 6 * day,
            approval_type=NO_REGISTRATION,
        ),
        Event(
            "91234567894",
            "meeting",
            "Practice open door, no fixed times",
            ten,
            type=MEETING_NO_TIME,
        ),
    ]


def _weekly(first: datetime, times: int, duration: int) -> tuple[Occurrence, ...]:
    starts = [first + timedelta(weeks=week) for week in range(times)]
    return tuple(
        Occurrence(str(int(start.timestamp()) * 1000), start, duration) for start in starts
    )
