"""Start and stop Zoom in a box."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import FrameType, TracebackType
from typing import Self

from . import tokens
from .app import Application
from .behaviour import Behaviour
from .clock import Clock, SystemClock
from .faults import Faults
from .ledger import Ledger, RequestRecord
from .limits import RateLimits
from .listener import Listener
from .model import Plan
from .paging import PageTokens
from .sample import PUBLIC_CLIENT_ID, sample_world
from .store import Store
from .world import World


class Simulator:
    """Be Zoom on 127.0.0.1: for practice, and the other side of the wire in tests.

    ``port`` 0 takes any free one. ``state_file`` keeps what happened over restarts; the world's
    definition (events, plan) comes from ``world`` each time. ``behaviour`` may be replaced at any
    time and counts from the next request. A context manager: starts on entry, stops on exit.
    """

    def __init__(
        self,
        world: World | None = None,
        behaviour: Behaviour | None = None,
        state_file: str | os.PathLike[str] | None = None,
        port: int = 0,
        clock: Clock | None = None,
    ) -> None:
        self.world = world if world is not None else sample_world()
        self.behaviour = behaviour if behaviour is not None else Behaviour()
        self.clock: Clock = clock if clock is not None else SystemClock()
        self.faults = Faults()
        self.ledger = Ledger()
        self.limits = RateLimits(self.world.account.plan)
        self.pages = PageTokens()
        self.store = Store(Path(state_file) if state_file is not None else None)
        self._port = port
        self._listener: Listener | None = None
        self._stopping = threading.Event()

    def start(self) -> None:
        """Read the state file and serve.

        :raises OSError: the port is taken or the file cannot be read.
        :raises StateFileError: the file is not a state file.
        """
        if self._listener is not None:
            raise RuntimeError("the simulator is running already")
        self._stopping.clear()
        listener = Listener(self._port, Application(self))
        try:
            self.store.open(self.world)
        except BaseException:
            listener.stop()
            raise
        self._listener = listener
        listener.start()

    def stop(self) -> None:
        """Stop serving, hang up, close the state file; does nothing when not running."""
        if self._listener is None:
            return
        self._stopping.set()
        self._listener.stop()
        self._listener = None
        self.store.close()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    @property
    def url(self) -> str:
        """Return the address of the server, which is what a token reply names as ``api_url``."""
        if self._listener is None:
            raise RuntimeError("the simulator is not running")
        return f"http://127.0.0.1:{self._listener.port}"

    @property
    def api_url(self) -> str:
        """Return the base of the API's calls."""
        return f"{self.url}/v2"

    @property
    def oauth_url(self) -> str:
        """Return the base of authorize, token and revoke."""
        return f"{self.url}/oauth"

    @property
    def requests(self) -> list[RequestRecord]:
        """Return the requests so far, in the order in which they were answered."""
        return self.ledger.all()

    def issue_token(
        self, scopes: tuple[str, ...] | None = None, client_id: str = PUBLIC_CLIENT_ID
    ) -> str:
        """Return an access token without a sign-in; all scopes of the app unless some are named."""
        with self.world.lock:
            token = tokens.issue(
                self.world,
                self.behaviour,
                "access",
                self.world.clients[client_id],
                "issued",
                self.clock.now().timestamp(),
                scopes,
            )
            self.store.save(self.world)
        return token

    def expire_tokens(self) -> None:
        """Let every access token be expired; refresh tokens stay good."""
        with self.world.lock:
            for digest, grant in list(self.world.grants.items()):
                if grant.use == "access":
                    self.world.put_grant(digest, replace(grant, expires=0.0))
            self.store.save(self.world)

    def wait(self, seconds: float) -> None:
        """Wait, but not beyond the simulator's own end."""
        if seconds > 0:
            self._stopping.wait(seconds)


def serve(
    port: int = 0,
    state_file: str | os.PathLike[str] | None = None,
    plan: Plan = "pro",
    latency: float = 0.0,
    announce: Callable[[str], None] | None = None,
) -> None:
    """Serve the practice account until SIGTERM or SIGINT; call it on the main thread.

    ``announce`` is given the address once; by default it is printed as one line.

    :raises OSError: the port is taken.
    """
    ended = threading.Event()

    def end(_number: int, _frame: FrameType | None) -> None:
        ended.set()

    before = {number: signal.signal(number, end) for number in (signal.SIGTERM, signal.SIGINT)}
    behaviour = Behaviour(latency_seconds=latency)
    try:
        with Simulator(sample_world(plan=plan), behaviour, state_file, port) as sim:
            (announce or _print)(sim.url)
            # In short steps, because on Windows a wait without end keeps signals away.
            while not ended.wait(0.2):
                pass
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _print(url: str) -> None:
    sys.stdout.write(f"{url}\n")
    sys.stdout.flush()
