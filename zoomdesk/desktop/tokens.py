"""Name every colour of the window once, and say which may stand on which.

The values are the look's (shared/look/README.md), adjusted where a pair fell below WCAG 2.2: text
needs 4.5:1 (1.4.3), the border of a control 3:1 (1.4.11). ``TEXT_PAIRS`` and ``BORDER_PAIRS`` list
what may be combined; a test measures every pair, and nothing outside the lists may be drawn.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtGui import QColor, QPalette


@dataclass(frozen=True, slots=True)
class Tokens:
    """Hold the colours of one theme as ``#RRGGBB``."""

    dark: bool
    bg: str
    surface: str
    head: str
    line: str
    text: str
    soft: str
    faint: str
    accent: str
    accent_hover: str
    on_accent: str
    accent_soft: str
    selection: str
    ok: str
    ok_soft: str
    warn: str
    warn_soft: str
    err: str
    err_soft: str
    border_control: str

    def color(self, name: str) -> QColor:
        """Return the token ``name`` as a QColor."""
        return QColor(getattr(self, name))


LIGHT = Tokens(
    dark=False,
    bg="#F6F7F9",
    surface="#FFFFFF",
    head="#F1F3F6",
    line="#E1E5EA",
    text="#1B2430",
    soft="#566273",
    faint="#626E7F",
    accent="#1F5FD6",
    accent_hover="#184FB5",
    on_accent="#FFFFFF",
    accent_soft="#E8F0FE",
    selection="#DCE8FD",
    ok="#127246",
    ok_soft="#E4F4EC",
    warn="#8A5A00",
    warn_soft="#FFF3D6",
    err="#B3261E",
    err_soft="#FDEAE8",
    border_control="#778394",
)

DARK = Tokens(
    dark=True,
    bg="#14181E",
    surface="#1B2027",
    head="#20262E",
    line="#313944",
    text="#E8ECF2",
    soft="#A9B4C2",
    faint="#8995A6",
    accent="#7FB0FF",
    accent_hover="#9CC2FF",
    on_accent="#0D1A30",
    accent_soft="#1E2F4D",
    selection="#26406B",
    ok="#6FD3A0",
    ok_soft="#173528",
    warn="#F2C265",
    warn_soft="#3A2E12",
    err="#FF9C93",
    err_soft="#45201D",
    border_control="#8290A1",
)

_PLAIN_GROUNDS = ("bg", "surface", "head")
_ROLES = ("text", "soft", "accent", "ok", "warn", "err")

TEXT_PAIRS: tuple[tuple[str, str], ...] = (
    *((role, ground) for role in _ROLES for ground in (*_PLAIN_GROUNDS, "selection")),
    *(("faint", ground) for ground in _PLAIN_GROUNDS),
    *((role, "accent_soft") for role in ("text", "soft", "accent")),
    *(
        (role, f"{tone}_soft")
        for tone in ("ok", "warn", "err")
        for role in ("text", "soft", "accent", tone)
    ),
    ("on_accent", "accent"),
    ("on_accent", "accent_hover"),
)
"""(text, ground) pairs that may be drawn, each at 4.5:1 or better."""

BORDER_PAIRS: tuple[tuple[str, str], ...] = tuple(
    ("border_control", ground) for ground in (*_PLAIN_GROUNDS, "selection")
)
"""(border, ground) pairs of controls that must be seen, each at 3:1 or better."""


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two ``#RRGGBB`` colours, 1 to 21 (WCAG 2.2, 1.4.3)."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def from_palette(palette: QPalette) -> Tokens:
    """Make tokens from a system palette, for people who chose a high-contrast theme.

    State then rests on icon and word alone, and every line is as strong as text.
    """
    role = QPalette.ColorRole

    def name(color: QPalette.ColorRole) -> str:
        return palette.color(QPalette.ColorGroup.Active, color).name()

    window, base, text = name(role.Window), name(role.Base), name(role.Text)
    return Tokens(
        dark=_luminance(window) < _luminance(name(role.WindowText)),
        bg=window,
        surface=base,
        head=window,
        line=text,
        text=text,
        soft=text,
        faint=text,
        accent=text,
        accent_hover=text,
        on_accent=base,
        accent_soft=base,
        selection=_mix(base, text, 0.25),
        ok=text,
        ok_soft=base,
        warn=text,
        warn_soft=base,
        err=text,
        err_soft=base,
        border_control=text,
    )


def _mix(ground: str, ink: str, share: float) -> str:
    a, b = QColor(ground), QColor(ink)
    parts = (
        round(x + (y - x) * share)
        for x, y in ((a.red(), b.red()), (a.green(), b.green()), (a.blue(), b.blue()))
    )
    return QColor(*parts).name()


def _luminance(color: str) -> float:
    """Return the relative luminance of ``#RRGGBB``, 0 to 1 (WCAG 2.2, definitions)."""
    channels = (int(color[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (
        value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
        for value in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
