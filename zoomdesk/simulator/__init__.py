"""Zoom in a box on loopback: practice mode for people, the other side of the wire for tests.

Imports nothing of the client. What it knows of Zoom is in ``zoom/README.md`` beside the checkout;
what nobody knows is a switch in ``Behaviour``; what can go wrong on the way is a ``Fault``.

    with Simulator() as sim:
        token = sim.issue_token()
        requests.get(f"{sim.api_url}/users/me", headers={"Authorization": f"Bearer {token}"})
"""

from .behaviour import Behaviour
from .clock import Clock, ManualClock, ShiftedClock, SystemClock
from .faults import Fault, FaultKind
from .ledger import RequestRecord
from .model import (
    Account,
    Client,
    CustomQuestion,
    Event,
    Occurrence,
    Question,
    Registrant,
    Tally,
    User,
)
from .sample import (
    ACCOUNT_ID,
    PUBLIC_CLIENT_ID,
    S2S_CLIENT_ID,
    S2S_CLIENT_SECRET,
    SAMPLE_MEETING_ID,
    SAMPLE_WEBINAR_ID,
    sample_world,
)
from .server import Simulator, serve
from .store import StateFileError
from .world import World

__all__ = [
    "ACCOUNT_ID",
    "PUBLIC_CLIENT_ID",
    "S2S_CLIENT_ID",
    "S2S_CLIENT_SECRET",
    "SAMPLE_MEETING_ID",
    "SAMPLE_WEBINAR_ID",
    "Account",
    "Behaviour",
    "Client",
    "Clock",
    "CustomQuestion",
    "Event",
    "Fault",
    "FaultKind",
    "ManualClock",
    "Occurrence",
    "Question",
    "Registrant",
    "RequestRecord",
    "ShiftedClock",
    "Simulator",
    "StateFileError",
    "SystemClock",
    "Tally",
    "User",
    "World",
    "sample_world",
    "serve",
]
