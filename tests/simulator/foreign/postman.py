"""Zoom's published Postman request, filled in as a person does and sent by Postman's runner."""

from __future__ import annotations

import copy
import json
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ROOT
from zoomdesk.simulator import SAMPLE_WEBINAR_ID, Simulator

NEWMAN = ROOT / ".venv" / "node" / "node_modules" / "newman" / "bin" / "newman.js"
PUBLISHED = Path("zoom", "batch_registrants.postman_collection.json")


@dataclass(frozen=True)
class Sent:
    """What came back, and the headers that went out."""

    status: int
    body: dict[str, Any]
    headers: dict[str, str]


@dataclass
class Collection:
    """The published collection, with an address, a token and an event filled in."""

    data: dict[str, Any]

    @classmethod
    def filled_in(cls, shared: Path, token: str, event: str = SAMPLE_WEBINAR_ID) -> Collection:
        data = json.loads((shared / PUBLISHED).read_text(encoding="utf-8"))
        request = data["item"][0]["request"]
        request["url"]["variable"][0]["value"] = event
        request["auth"]["oauth2"] = [
            {"key": "accessToken", "value": token, "type": "string"},
            {"key": "addTokenTo", "value": "header", "type": "string"},
        ]
        return cls(data)

    @property
    def documented(self) -> dict[int, dict[str, Any]]:
        """Return the published replies by their status."""
        return {each["code"]: each for each in self.data["item"][0]["response"]}

    @property
    def fields(self) -> dict[str, str]:
        form = self.data["item"][0]["request"]["body"]["formdata"]
        return {field["key"]: field["value"] for field in form}

    def with_field(self, key: str, value: str) -> Collection:
        data = copy.deepcopy(self.data)
        for field in data["item"][0]["request"]["body"]["formdata"]:
            if field["key"] == key:
                field["value"] = value
        return Collection(data)

    def followed_by(self, *others: Collection) -> Collection:
        """Return a collection of several requests: starting newman takes seconds."""
        items = [item for each in (self, *others) for item in each.data["item"]]
        return Collection({**self.data, "item": items})

    def send(self, sim: Simulator, folder: Path) -> list[Sent]:
        """Send its requests by newman. Skips where Node.js or newman is missing."""
        if shutil.which("node") is None or not NEWMAN.is_file():
            pytest.skip("needs npm's newman: python3 packaging/dev.py setup")
        source, report = folder / "collection.json", folder / "report.json"
        source.write_text(json.dumps(self.data), encoding="utf-8")
        words = ["node", NEWMAN, "run", source, "--env-var", f"baseUrl={sim.api_url}"]
        words += ["--reporters", "json", "--reporter-json-export", report]
        done = subprocess.run(words, capture_output=True, text=True, timeout=60, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
        runs = json.loads(report.read_text(encoding="utf-8"))["run"]["executions"]
        return [
            Sent(
                each["response"]["code"],
                json.loads(bytes(each["response"]["stream"]["data"])),
                {header["key"]: header["value"] for header in each["request"]["header"]},
            )
            for each in runs
        ]
