"""A plain HTTP client for the simulator: what a test says in one line."""

from __future__ import annotations

from typing import Any

import requests

from zoomdesk.simulator import SAMPLE_WEBINAR_ID, Simulator


class Api:
    """Call the simulator over real HTTP, on one connection, with one token."""

    def __init__(self, sim: Simulator, token: str | None = None) -> None:
        self.sim = sim
        self.session = requests.Session()
        self.session.headers["Authorization"] = f"Bearer {token or sim.issue_token()}"

    def close(self) -> None:
        self.session.close()

    def call(self, method: str, path: str, **more: Any) -> requests.Response:
        more.setdefault("timeout", 20)
        return self.session.request(method, self.sim.api_url + path, **more)

    def get(self, path: str, **query: Any) -> requests.Response:
        return self.call("GET", path, params=query)

    def batch(
        self,
        people: list[Any],
        event: str = SAMPLE_WEBINAR_ID,
        plural: str = "webinars",
        **body: Any,
    ) -> requests.Response:
        body = {"registrants": people} | body
        return self.call("POST", f"/{plural}/{event}/batch_registrants", json=body)

    def register(
        self,
        email: str,
        event: str = SAMPLE_WEBINAR_ID,
        plural: str = "webinars",
        query: str = "",
        **fields: Any,
    ) -> requests.Response:
        body = {"email": email, "first_name": "Ada"} | fields
        return self.call("POST", f"/{plural}/{event}/registrants{query}", json=body)

    def listed(self, event: str = SAMPLE_WEBINAR_ID, plural: str = "webinars", **query: Any) -> Any:
        answer = self.get(f"/{plural}/{event}/registrants", **query)
        assert answer.status_code == 200, answer.text
        return answer.json()["registrants"]

    def set_status(self, action: str, *emails: str, event: str = SAMPLE_WEBINAR_ID) -> Any:
        body = {"action": action, "registrants": [{"email": email} for email in emails]}
        return self.call("PUT", f"/webinars/{event}/registrants/status", json=body)


def people(*emails: str) -> list[dict[str, str]]:
    return [{"email": email, "first_name": "Ada", "last_name": "L"} for email in emails]


def error(response: requests.Response) -> tuple[int, int, str]:
    """Return HTTP status, Zoom's code and its message."""
    body = response.json()
    return response.status_code, body["code"], body["message"]
