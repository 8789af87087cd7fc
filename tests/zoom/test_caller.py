"""What is sent again, and what never is (zoom/README.md sections 4 and 5)."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator

import pytest

from tests.zoom.conftest import WEBINAR
from zoomdesk.errors import DailyLimitReached, SignInRequired, ZoomUnreachable
from zoomdesk.simulator import Fault, FaultKind, Simulator
from zoomdesk.zoom import caller, limits
from zoomdesk.zoom.cancel import Cancelled, CancelToken
from zoomdesk.zoom.client import ZoomClient
from zoomdesk.zoom.endpoints import Endpoints
from zoomdesk.zoom.faults import BatchRefused, OutcomeUnknown, RegistrantLimitReached, RowRefused
from zoomdesk.zoom.models import Registrant
from zoomdesk.zoom.pacing import Pacer

ANN = Registrant("ann@x.example", "Ann", "Ng")
Register = Callable[[ZoomClient], object]


def one(client: ZoomClient) -> object:
    return client.register_one(WEBINAR, ANN)


def batch(client: ZoomClient) -> object:
    return client.register_batch(WEBINAR, [ANN], auto_approve=True)


WAYS = pytest.mark.parametrize("register", [one, batch])

AMBIGUOUS = [
    Fault(FaultKind.CUT_AFTER),
    Fault(FaultKind.CUT_BEFORE),
    Fault(FaultKind.GARBAGE),
    Fault(FaultKind.TRUNCATED),
    Fault(FaultKind.EMPTY),
    Fault(FaultKind.HANG, seconds=30),
    Fault(FaultKind.SERVER_ERROR),
    Fault(FaultKind.SERVER_ERROR, applied=True),
    Fault(FaultKind.SERVER_ERROR, status=503, html=False),
]
PASSING = [*AMBIGUOUS[:5], AMBIGUOUS[6], Fault(FaultKind.RATE_SECOND)]


def named(fault: Fault) -> str:
    return f"{fault.kind}-{fault.status}-{fault.is_applied}"


def registrations(simulator: Simulator) -> int:
    return sum(record.method == "POST" for record in simulator.requests)


class Tokens:
    """Hand out one token after another, and count how often it is asked for another."""

    def __init__(self, *tokens: str) -> None:
        self._tokens = iter(tokens)
        self.renewals: list[str] = []
        self.lock = threading.Lock()

    def access_token(self) -> str:
        return next(self._tokens)

    def renew(self, stale: str) -> str:
        self.renewals.append(stale)
        return next(self._tokens)

    def api_url(self) -> str:
        return ""


@pytest.fixture
def short(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make a full second last no time."""
    monkeypatch.setattr(limits, "LONGEST_WAIT", 0.0)


@WAYS
@pytest.mark.parametrize("fault", AMBIGUOUS, ids=named)
def test_registration_without_an_answer_is_unknown_and_not_sent_again(
    client: ZoomClient, simulator: Simulator, fault: Fault, register: Register
) -> None:
    simulator.faults.add(fault)
    with pytest.raises(OutcomeUnknown):
        register(client)
    simulator.stop()  # whatever hangs is in the record now
    assert registrations(simulator) == 1
    assert simulator.world.tally(WEBINAR.id, ANN.email).registered == int(fault.is_applied)


@pytest.mark.parametrize("fault", PASSING, ids=named)
def test_reading_is_tried_again(
    client: ZoomClient, simulator: Simulator, fault: Fault, short: None
) -> None:
    simulator.faults.add(fault, fault)
    assert client.me().email == "host@practice.example"
    one(client)
    simulator.faults.add(fault)
    assert [each.email for each in client.registrants(WEBINAR)] == [ANN.email]


@pytest.mark.parametrize("fault", PASSING[:-1], ids=named)
def test_reading_gives_up_after_three_tries(
    client: ZoomClient, simulator: Simulator, fault: Fault
) -> None:
    simulator.faults.add(*[fault] * 3)
    with pytest.raises(ZoomUnreachable):
        list(client.registrants(WEBINAR))
    assert len(simulator.requests) == 3


@WAYS
def test_full_second_is_waited_for_and_the_registration_sent_again(
    client: ZoomClient, simulator: Simulator, register: Register, short: None
) -> None:
    simulator.faults.add(Fault(FaultKind.RATE_SECOND, times=2))
    register(client)
    assert registrations(simulator) == 3
    assert simulator.world.tally(WEBINAR.id, ANN.email).submitted == 1


def test_second_that_stays_full_ends_the_call(
    client: ZoomClient, simulator: Simulator, short: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(caller, "THROTTLED_TRIES", 4)
    simulator.faults.add(Fault(FaultKind.RATE_SECOND, times=None))
    with pytest.raises(ZoomUnreachable, match="limit per second is full"):
        one(client)
    assert registrations(simulator) == 4
    assert simulator.world.registrants(WEBINAR.id) == []


@WAYS
def test_limit_of_the_day_ends_the_call(
    client: ZoomClient, simulator: Simulator, register: Register
) -> None:
    simulator.faults.add(Fault(FaultKind.RATE_DAY))
    with pytest.raises(DailyLimitReached, match="daily rate limit"):
        register(client)
    assert registrations(simulator) == 1


@WAYS
def test_limit_of_a_person_names_the_person(
    client: ZoomClient, simulator: Simulator, register: Register
) -> None:
    simulator.faults.add(Fault(FaultKind.RATE_REGISTRANT))
    with pytest.raises(RegistrantLimitReached) as caught:
        register(client)
    assert caught.value.email == ANN.email


def test_a_read_is_about_nobody(client: ZoomClient, simulator: Simulator) -> None:
    """Whoever asks for a list can leave nobody out: what is full is the account's day."""
    simulator.faults.add(Fault(FaultKind.RATE_REGISTRANT, call="list_registrants"))
    with pytest.raises(DailyLimitReached, match="daily rate limit"):
        list(client.registrants(WEBINAR))


@pytest.mark.parametrize(("register", "error"), [(one, RowRefused), (batch, BatchRefused)])
def test_error_code_under_http_200_is_an_error(
    client: ZoomClient, simulator: Simulator, register: Register, error: type[Exception]
) -> None:
    simulator.faults.add(Fault(FaultKind.CODE_IN_BODY, code=300))
    with pytest.raises(error):
        register(client)
    assert registrations(simulator) == 1


@pytest.fixture
def expiring(simulator: Simulator, endpoints: Endpoints) -> Iterator[tuple[ZoomClient, Tokens]]:
    tokens = Tokens("stale", simulator.issue_token())
    with ZoomClient(tokens, endpoints, pacer=Pacer("business")) as client:
        yield client, tokens


@WAYS
def test_refused_token_is_renewed_once(
    expiring: tuple[ZoomClient, Tokens], simulator: Simulator, register: Register
) -> None:
    client, tokens = expiring
    register(client)
    assert tokens.renewals == ["stale"]
    assert simulator.requests[0].status == 401
    assert simulator.world.tally(WEBINAR.id, ANN.email).registered == 1


def test_second_refused_token_ends_the_session(simulator: Simulator, endpoints: Endpoints) -> None:
    tokens = Tokens("stale", "stale too")
    with (
        ZoomClient(tokens, endpoints, pacer=Pacer("business")) as client,
        pytest.raises(SignInRequired, match="Invalid access token"),
    ):
        one(client)
    assert tokens.renewals == ["stale"]
    assert len(simulator.requests) == 2


def test_stop_before_sending_sends_nothing(client: ZoomClient, simulator: Simulator) -> None:
    cancel = CancelToken()
    cancel.cancel()
    with pytest.raises(Cancelled):
        client.register_one(WEBINAR, ANN, cancel=cancel)
    assert simulator.requests == []


def test_stop_during_a_full_second_sends_no_more(client: ZoomClient, simulator: Simulator) -> None:
    class StopsWhenTold(CancelToken):
        def wait(self, seconds: float) -> bool:
            if registrations(simulator):
                self.cancel()
            return super().wait(seconds)

    simulator.faults.add(Fault(FaultKind.RATE_SECOND, times=None))
    with pytest.raises(Cancelled):
        client.register_one(WEBINAR, ANN, cancel=StopsWhenTold())
    assert registrations(simulator) == 1
    assert simulator.world.registrants(WEBINAR.id) == []
