from __future__ import annotations

import json
from pathlib import Path

import pytest

from zoomdesk import paths
from zoomdesk.account.profile import AccountStore, Profile
from zoomdesk.errors import AccountError

ANN = Profile("Ann@Office.example", "Ann Ňg", "acc", "browser", "client")


def test_nobody_at_first() -> None:
    assert AccountStore().load() is None
    AccountStore().clear()


def test_profile_is_kept_beside_the_settings() -> None:
    AccountStore().save(ANN)
    assert AccountStore().load() == ANN
    assert AccountStore().path == paths.config_dir() / "account.json"
    AccountStore().clear()
    assert AccountStore().load() is None


def test_keys_of_the_vault() -> None:
    assert ANN.key == "ann@office.example"
    assert Profile("a@x.example", "A", "acc", "server").key == "server:acc"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "no JSON",
        "[]",
        '{"email": 7}',
        '{"email": "a@x.example"}',
        '{"email": "a", "display_name": "A", "account_id": "x", "mode": "other"}',
        "\x00",
    ],
)
def test_file_that_tells_nothing_means_nobody(tmp_path: Path, text: str) -> None:
    path = tmp_path / "account.json"
    path.write_text(text, encoding="utf-8")
    assert AccountStore(path).load() is None


def test_file_of_a_newer_program_is_read(tmp_path: Path) -> None:
    path = tmp_path / "account.json"
    raw = {"email": "a@x.example", "account_id": "acc", "mode": "server", "version": 9}
    path.write_text(json.dumps(raw), encoding="utf-8")
    assert AccountStore(path).load() == Profile("a@x.example", "", "acc", "server", "")


def test_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("", encoding="utf-8")
    with pytest.raises(AccountError, match="could not be saved"):
        AccountStore(blocked / "account.json").save(ANN)
    full = tmp_path / "folder" / "account.json"
    full.mkdir(parents=True)
    with pytest.raises(AccountError, match="could not be saved"):
        AccountStore(full).save(ANN)
    assert list(full.parent.iterdir()) == [full]
    with pytest.raises(AccountError, match="could not be deleted"):
        AccountStore(full).clear()
