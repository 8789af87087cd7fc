"""Declare every setting once, and keep them in one JSON file.

Each field has a type, a default and a help text; the preferences page and the documentation show
these. The file is written atomically and carries a version, so that later programs can migrate it.
What the window remembers (sizes, recent files) is not a setting and lives elsewhere. No secret is
ever a setting.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from pathlib import Path
from typing import Any, Self

from zoomdesk import paths, whole_file
from zoomdesk.errors import SettingsError

VERSION = 1
PLANS = ("free", "pro", "business")
LOG_LEVELS = ("problems", "calls", "everything")
THEMES = ("system", "light", "dark")
_HINT_START_ANEW = "Rename or delete that file: Zoomdesk then starts with its defaults."


def _setting(default: Any, help_text: str, choices: tuple[str, ...] = ()) -> Any:
    return field(default=default, metadata={"help": help_text, "choices": choices})


@dataclass(frozen=True, slots=True)
class Settings:
    """Hold every setting; ``with_changes`` makes a changed copy."""

    client_id: str = _setting("", "The client ID of your office's app. Your Zoom admin has it.")
    redirect_port: int = _setting(
        0, "The port that the browser returns to after signing in; 0 takes any free one."
    )
    account_id: str = _setting("", "The account ID, for a Server-to-Server app only.")
    sign_in_mode: str = _setting(
        "browser", "How this office signs in.", choices=("browser", "server")
    )
    plan: str = _setting("pro", "The Zoom plan: it sets how fast Zoom takes calls.", choices=PLANS)
    auto_approve: bool = _setting(
        True, "Approve people at once where the event asks for approval by hand."
    )
    confirmation_emails: bool = _setting(
        True, "Let Zoom mail each person of a meeting a confirmation. Webinars have their own rule."
    )
    multipart: bool = _setting(False, "Send batches in the older multipart form.")
    other_computers: bool = _setting(
        True,
        "Other computers may register people for the same event: take turns with them. It costs a "
        "few seconds at the start.",
    )
    join_url_column: str = _setting("Join URL", "The column for each person's link.")
    status_column: str = _setting("Zoom Status", "The column for what became of each row.")
    registrant_id_column: str = _setting("Registrant ID", "The column for Zoom's own number.")
    registered_at_column: str = _setting("Registered At", "The column for the time.")
    message_column: str = _setting("Zoom Message", "The column for Zoom's words about a row.")
    link_as_hyperlink: bool = _setting(
        False, "Write each person's link so that it opens with a click. Excel takes 65,530 a sheet."
    )
    backup: bool = _setting(True, "Keep a dated copy of a workbook before it is first written.")
    backup_days: int = _setting(60, "Keep the first copy of each day for so many days.")
    backup_count: int = _setting(20, "Keep at least so many copies of each workbook.")
    journal_days: int = _setting(
        90,
        "Clear the names, addresses and links of finished runs from Zoomdesk’s own record after so "
        "many days; 0 keeps them. Workbooks are not touched.",
    )
    theme: str = _setting("system", "Light, dark, or as the system is.", choices=THEMES)
    keyring_backend: str = _setting(
        "", "Another place for tokens, as a class name. Empty takes the system's own."
    )
    log_level: str = _setting(
        "calls",
        "What the log holds: only problems, each call to Zoom, or everything. Never names.",
        choices=LOG_LEVELS,
    )
    proxy: str = _setting("", "A proxy, such as http://proxy.office:8080. Empty asks the system.")

    def __post_init__(self) -> None:
        for item in fields(self):
            value = getattr(self, item.name)
            # The defaults are the declaration of the type: bool is checked before int by identity.
            if type(value) is not type(item.default):
                raise SettingsError(
                    f"The setting “{item.name}” must be {_kind(item.default)}, not {value!r}."
                )
            choices = item.metadata["choices"]
            if choices and value not in choices:
                raise SettingsError(
                    f"The setting “{item.name}” must be one of {', '.join(choices)}, not “{value}”."
                )
        if not 0 <= self.redirect_port <= 65535:
            raise SettingsError("The port for signing in must be between 0 and 65535.")
        if not (0 <= self.backup_days <= 36_500 and 1 <= self.backup_count <= 10_000):
            raise SettingsError(
                "Copies of workbooks are kept for 0 to 36,500 days, and at least 1 of each."
            )
        if "@" in self.proxy:
            raise SettingsError(
                "The proxy’s name and password do not belong in the settings.",
                hint="Give its address only. They are asked for, and kept in the password store.",
            )
        if not 0 <= self.journal_days <= 36_500:
            raise SettingsError("Runs are kept for 0 to 36,500 days.")
        names = [name.strip().casefold() for name in self.result_columns.values()]
        if "" in names or len(set(names)) < len(names):
            # Two results in one column: the later would write over the links.
            raise SettingsError("The result columns need five different names.")

    def with_changes(self, **changes: Any) -> Self:
        """Return a copy with some settings changed. Raises SettingsError for unusable values."""
        return replace(self, **changes)

    @property
    def result_columns(self) -> dict[str, str]:
        """Return the header of each result column by its key in ``roster.fields.ResultColumn``."""
        return {
            "join_url": self.join_url_column,
            "status": self.status_column,
            "registrant_id": self.registrant_id_column,
            "registered_at": self.registered_at_column,
            "message": self.message_column,
        }


def settings_file() -> Path:
    """Return where the settings are kept."""
    return paths.config_dir() / "settings.json"


def load(path: Path | None = None) -> Settings:
    """Read the settings; without a file, the defaults. Settings of a newer program are ignored.

    Raises SettingsError naming the file where it cannot be read or holds an unusable value.
    """
    try:
        path = path or settings_file()
    except (OSError, RuntimeError) as error:  # RuntimeError: ~name of somebody who is not here
        raise SettingsError(
            f"The folder of Zoomdesk’s settings cannot be used: {error}",
            hint="Check that you may write there; ZOOMDESK_HOME names another folder.",
        ) from error
    try:
        raw = json.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        return Settings()
    except (OSError, ValueError) as error:
        raise SettingsError(
            f"The settings in {path} cannot be read.",
            hint=_HINT_START_ANEW,
        ) from error
    if not isinstance(raw, dict):
        raise SettingsError(
            f"The settings in {path} are not what Zoomdesk wrote.", hint=_HINT_START_ANEW
        )
    try:
        return _from_mapping(raw)
    except SettingsError as error:
        error.hint = error.hint or f"Correct it in {path}. {_HINT_START_ANEW}"
        raise


def save(settings: Settings, path: Path | None = None) -> None:
    """Write the settings so that a crash leaves the old or the new file, never half of one.

    Raises SettingsError where the folder cannot be written.
    """
    path = path or settings_file()
    text = json.dumps({"version": VERSION, **asdict(settings)}, indent=2, ensure_ascii=False)
    try:
        whole_file.replace(path, text + "\n")
    except OSError as error:
        raise SettingsError(f"The settings could not be saved to {path}: {error}.") from error


def _from_mapping(raw: Mapping[str, Any]) -> Settings:
    known = {item.name for item in fields(Settings)}
    return Settings(**{name: value for name, value in raw.items() if name in known})


def _kind(default: object) -> str:
    return {bool: "yes or no", int: "a whole number"}.get(type(default), "a text")
