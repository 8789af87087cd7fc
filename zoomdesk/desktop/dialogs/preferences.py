"""Change settings. Each is declared once, in ``zoomdesk.settings``, with its help text."""

from __future__ import annotations

from dataclasses import fields

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QFrame,
    QLineEdit,
    QScrollArea,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from zoomdesk.desktop import widgets
from zoomdesk.desktop.i18n import translate
from zoomdesk.errors import SettingsError
from zoomdesk.settings import Settings

_Control = QCheckBox | QComboBox | QLineEdit | QSpinBox
_HELP = {item.name: str(item.metadata["help"]) for item in fields(Settings)}
_RANGES = {
    "redirect_port": (0, 65_535),
    "backup_days": (0, 36_500),
    "backup_count": (1, 10_000),
    "journal_days": (0, 36_500),
}
"""What ``Settings`` takes; a test compares."""

_CHOICES = {item.name: tuple(item.metadata["choices"]) for item in fields(Settings)}


def _groups() -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
    return (
        (
            translate("preferences", "Appearance"),
            (("theme", translate("preferences", "Theme")),),
        ),
        (
            translate("preferences", "Zoom"),
            (
                ("plan", translate("preferences", "Plan")),
                ("client_id", translate("preferences", "Client ID")),
                ("redirect_port", translate("preferences", "Port for signing in")),
                ("confirmation_emails", translate("preferences", "Confirmation mails")),
                ("auto_approve", translate("preferences", "Approve people at once")),
                ("other_computers", translate("preferences", "Take turns with others")),
                ("multipart", translate("preferences", "Older form of batches")),
            ),
        ),
        (
            translate("preferences", "Network and log"),
            (
                ("proxy", translate("preferences", "Proxy")),
                ("log_level", translate("preferences", "What the log holds")),
            ),
        ),
        (
            translate("preferences", "Workbook"),
            (
                ("backup", translate("preferences", "Keep a copy before the first write")),
                ("backup_days", translate("preferences", "Days to keep copies")),
                ("backup_count", translate("preferences", "Copies to keep at least")),
                ("link_as_hyperlink", translate("preferences", "Links that open with a click")),
            ),
        ),
        (
            translate("preferences", "Privacy"),
            (("journal_days", translate("preferences", "Days to keep the record of runs")),),
        ),
    )


class PreferencesDialog(QDialog):
    """Show the settings that an office changes; ``changed`` holds them as a new ``Settings``.

    ``privacy`` stands below them: what is done there is done at once.
    """

    def __init__(
        self, parent: QWidget | None, settings: Settings, privacy: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._settings = settings
        self.changed = settings
        self.setModal(True)
        self.setObjectName("preferences")
        self.setWindowTitle(self.tr("Preferences"))
        self.setMinimumWidth(500)
        self._controls: dict[str, _Control] = {}
        layout = widgets.column(self, margins=(24, 20, 24, 20), gap=12)
        page = QWidget()
        inside = widgets.column(page, margins=(0, 0, 12, 0), gap=4)
        for title, names in _groups():
            inside.addWidget(widgets.label(title, "step"))
            for name, text in names:
                self._add(inside, name, text)
            inside.addSpacing(12)
        if privacy is not None:
            inside.addWidget(privacy)
        area = QScrollArea()
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(page)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        high = page.sizeHint().height()
        area.setMinimumHeight(min(high, parent.height() - 160 if parent is not None else high))
        layout.addWidget(area, 1)
        self._error = widgets.label("", "error", wrap=True)
        self._error.hide()
        layout.addWidget(self._error)
        save = widgets.button(self.tr("Save"), self._save, kind="primary")
        save.setDefault(True)
        layout.addLayout(widgets.row(None, widgets.button(self.tr("Cancel"), self.reject), save))
        self._follow_backup()

    def control(self, name: str) -> _Control:
        """Return the control of a setting."""
        return self._controls[name]

    def _follow_backup(self) -> None:
        """Let nobody wonder about numbers that mean nothing while no copies are made."""
        backup = self._controls["backup"]
        if isinstance(backup, QCheckBox):
            for name in ("backup_days", "backup_count"):
                backup.toggled.connect(self._controls[name].setEnabled)
                self._controls[name].setEnabled(backup.isChecked())

    def _add(self, layout: QVBoxLayout, name: str, text: str) -> None:
        control = self._make(name, getattr(self._settings, name), text)
        control.setAccessibleName(text)
        control.setAccessibleDescription(translate("settings", _HELP[name]))
        self._controls[name] = control
        if isinstance(control, QCheckBox):
            layout.addWidget(control)
        else:
            label = widgets.label(text)
            label.setBuddy(control)
            control.setFixedWidth(240)
            line = widgets.row(label, None, control)
            layout.addLayout(line)
        layout.addWidget(widgets.label(translate("settings", _HELP[name]), "small", wrap=True))
        layout.addSpacing(6)

    def _make(self, name: str, value: object, text: str) -> _Control:
        if isinstance(value, bool):
            box = QCheckBox(text)
            box.setChecked(value)
            return box
        if isinstance(value, int):
            spin = QSpinBox()
            spin.setRange(*_RANGES[name])
            spin.lineEdit().setTextMargins(6, 0, 0, 0)
            if name == "redirect_port":
                spin.setSpecialValueText(translate("preferences", "any free one"))
            if name == "journal_days":
                spin.setSpecialValueText(translate("preferences", "for ever"))
            spin.setValue(value)
            return spin
        if _CHOICES[name]:
            combo = QComboBox()
            for choice in _CHOICES[name]:
                combo.addItem(translate("settings", choice.capitalize()), choice)
            combo.setCurrentIndex(combo.findData(value))
            return combo
        return QLineEdit(str(value))

    def _save(self) -> None:
        changes = {name: _value(control) for name, control in self._controls.items()}
        try:
            self.changed = self._settings.with_changes(**changes)
        except SettingsError as error:
            self._error.setText(str(error))
            self._error.show()
            return
        self.accept()


def _value(control: _Control) -> object:
    if isinstance(control, QCheckBox):
        return control.isChecked()
    if isinstance(control, QSpinBox):
        return control.value()
    if isinstance(control, QComboBox):
        return control.currentData()
    return control.text().strip()
