from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QIcon, QImage, QPalette
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from zoomdesk import paths
from zoomdesk.desktop import icons, theme, tokens
from zoomdesk.desktop.tokens import BORDER_PAIRS, DARK, LIGHT, TEXT_PAIRS, Tokens

THEMES = pytest.mark.parametrize("colors", [LIGHT, DARK], ids=["light", "dark"])


@THEMES
@pytest.mark.parametrize(("text", "ground"), TEXT_PAIRS)
def test_every_text_can_be_read(colors: Tokens, text: str, ground: str) -> None:
    assert tokens.contrast(getattr(colors, text), getattr(colors, ground)) >= 4.5


@THEMES
@pytest.mark.parametrize(("border", "ground"), BORDER_PAIRS)
def test_every_control_can_be_seen(colors: Tokens, border: str, ground: str) -> None:
    assert tokens.contrast(getattr(colors, border), getattr(colors, ground)) >= 3.0


def test_contrast_is_what_wcag_defines() -> None:
    assert tokens.contrast("#000000", "#FFFFFF") == pytest.approx(21.0)
    assert tokens.contrast("#FFFFFF", "#777777") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize(("ink", "paper"), [("#ffffff", "#000000"), ("#000000", "#ffffff")])
def test_a_high_contrast_theme_keeps_its_own_colours(ink: str, paper: str) -> None:
    system = QPalette(QColor(paper), QColor(paper))
    for role in (QPalette.ColorRole.Text, QPalette.ColorRole.WindowText):
        system.setColor(role, QColor(ink))
    system.setColor(QPalette.ColorRole.Base, QColor(paper))
    made = tokens.from_palette(system)
    assert (made.text, made.surface, made.dark) == (ink, paper, ink == "#ffffff")
    for text, ground in TEXT_PAIRS:
        assert tokens.contrast(getattr(made, text), getattr(made, ground)) >= 4.5, (text, ground)


def test_a_choice_changes_the_colours_and_says_so(qtbot: QtBot, qapp: QApplication) -> None:
    try:
        with qtbot.waitSignal(theme.signals.changed):
            theme.apply(qapp, "dark")
        assert theme.tokens() is DARK
        assert qapp.palette().color(QPalette.ColorRole.Window).name() == DARK.bg.lower()
    finally:
        theme.apply(qapp, "light")
    assert theme.tokens() is LIGHT


def test_the_style_sheet_is_complete_and_applies(qtbot: QtBot, qapp: QApplication) -> None:
    assert "$" not in qapp.styleSheet()
    label, button = QLabel("title"), QPushButton("Register")
    qtbot.addWidget(label)
    qtbot.addWidget(button)
    label.setProperty("role", "title")
    button.setProperty("kind", "primary")
    label.ensurePolished()
    assert label.font().pixelSize() == round(theme.body_size() * 17 / 13)
    picture = button.grab().toImage()
    assert picture.pixelColor(8, picture.height() // 2).name() == LIGHT.accent.lower()


DRAWINGS = sorted(path.stem for path in paths.resource("icons").glob("*.svg"))
NEEDED = """
    open save undo redo settings user search check check-circle alert-circle wand copy-squares
    clock lock info x plus minus arrow-right link folder play pause stop file calendar mail sheet
    download sign-in sign-out eye-off more practice chevron-down zoomdesk
"""


def test_every_needed_icon_is_there() -> None:
    assert set(NEEDED.split()) <= set(DRAWINGS)


@pytest.mark.parametrize("ratio", [1.0, 1.5, 2.0, 3.0])
def test_every_icon_is_drawn_crisp(qapp: QApplication, ratio: float) -> None:
    for name in DRAWINGS:
        made = icons.app_icon() if name == "zoomdesk" else icons.icon(name)
        picture = made.pixmap(QSize(18, 18), ratio)
        assert picture.size() == QSize(round(18 * ratio), round(18 * ratio)), name
        assert _inked(picture.toImage()) > 10 * ratio, name


def test_an_outline_takes_the_colour_of_the_theme(qapp: QApplication) -> None:
    made = icons.icon("stop", "err")
    assert _strongest(made) == LIGHT.err.lower()
    try:
        theme.apply(qapp, "dark")
        assert _strongest(made) == DARK.err.lower()
    finally:
        theme.apply(qapp, "light")
    assert _strongest(made, QIcon.Mode.Disabled) == LIGHT.faint.lower()


def test_an_unknown_icon_is_named(qapp: QApplication) -> None:
    with pytest.raises(FileNotFoundError, match=r"no-such-icon\.svg"):
        icons.icon("no-such-icon")


@pytest.mark.parametrize("name", [name for name in DRAWINGS if name != "zoomdesk"])
def test_outlines_are_of_one_set(name: str) -> None:
    text = Path(paths.resource("icons", f"{name}.svg")).read_text(encoding="utf-8")
    assert 'viewBox="0 0 24 24"' in text
    assert 'stroke="currentColor"' in text
    assert 'stroke-width="1.75"' in text
    assert "#" not in text


def _inked(image: QImage) -> int:
    return sum(
        image.pixelColor(x, y).alpha() > 0
        for x in range(image.width())
        for y in range(image.height())
    )


def _strongest(icon: QIcon, mode: QIcon.Mode = QIcon.Mode.Normal) -> str:
    image = icon.pixmap(QSize(64, 64), 1.0, mode).toImage()
    image = image.convertToFormat(QImage.Format.Format_ARGB32)
    opaque = [
        image.pixelColor(x, y)
        for x in range(image.width())
        for y in range(image.height())
        if image.pixelColor(x, y).alpha() == 255
    ]
    names = [QColor(color.rgb()).name() for color in opaque]
    assert Qt.GlobalColor.black not in opaque
    return max(set(names), key=names.count)
