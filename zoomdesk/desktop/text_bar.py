"""Say how a file of plain text was read, and let the person read it otherwise at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QToolButton

from zoomdesk.desktop import i18n, icons, style, widgets
from zoomdesk.workbook import ENCODINGS, SEPARATORS, TextOptions


class TextBar(QFrame):
    """One quiet line: encoding and separator, each a menu. It shows doubt where there is some."""

    chosen = Signal(object)
    """The person wants the file read with these TextOptions."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("textBar")
        self._options: TextOptions | None = None
        self._encodings = _encoding_names()
        self._separators = _separator_names()
        self._picture = widgets.Picture("file", "soft", 16)
        self.encoding = _menu_button(
            self._encodings, lambda key: self._choose(encoding=key), self.tr("Encoding")
        )
        self.separator = _menu_button(
            self._separators, lambda key: self._choose(separator=key), self.tr("Separator")
        )
        self.doubt = widgets.label(self.tr("Please check that the names read well."), "warning")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self._picture)
        layout.addSpacing(4)
        layout.addWidget(widgets.label(self.tr("Read as"), "soft"))
        layout.addWidget(self.encoding)
        layout.addWidget(widgets.label(self.tr("separated by"), "soft"))
        layout.addWidget(self.separator)
        layout.addSpacing(8)
        layout.addWidget(self.doubt)
        layout.addStretch(1)
        self.hide()

    def show_options(self, options: TextOptions | None) -> None:
        """Show how the file was read; None hides the bar: it is no plain text."""
        self.setVisible(options is not None)
        if options is None or options is self._options:
            return
        self._options = options
        encoding = self._encodings.get(options.encoding, options.encoding)
        separator = self._separators.get(options.separator, options.separator)
        _show(self.encoding, options.encoding, encoding, self.tr("Encoding: %1"))
        _show(self.separator, options.separator, separator, self.tr("Separator: %1"))
        self.doubt.setVisible(not options.sure)
        self._picture.show_icon(*(("file", "soft") if options.sure else ("alert-circle", "warn")))
        words = self.tr("Read as %1, separated by %2")
        self.setAccessibleName(i18n.fill(words, encoding, separator))

    def _choose(self, **change: str) -> None:
        if self._options is not None:
            wanted = replace(self._options, sure=True, **change)
            if wanted != self._options:
                self.chosen.emit(wanted)


def _menu_button(
    choices: Mapping[str, str], choose: Callable[[str], None], name: str
) -> QToolButton:
    button = QToolButton()
    button.setProperty("kind", "link")
    button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
    button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
    button.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    button.setIcon(icons.icon("chevron-down", "accent", 14))
    button.setIconSize(QSize(14, 14))
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    button.setAccessibleName(name)
    menu = QMenu(button)
    group = QActionGroup(menu)
    for key, text in choices.items():
        action = menu.addAction(text)
        action.setCheckable(True)
        action.setData(key)
        group.addAction(action)
    menu.triggered.connect(lambda action: choose(action.data()))
    button.setMenu(menu)
    return button


def _show(button: QToolButton, key: str, text: str, spoken: str) -> None:
    button.setText(text)
    button.setAccessibleName(i18n.fill(spoken, text))
    for action in button.menu().actions():
        action.setChecked(action.data() == key)
    style.repolish(button)


def _encoding_names() -> dict[str, str]:
    return {key: i18n.translate("encodings", name) for key, name in ENCODINGS.items()}


def _separator_names() -> dict[str, str]:
    return {key: i18n.translate("separators", name) for key, name in SEPARATORS.items()}
