"""Ask for a few values, the last of them a secret."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QFormLayout, QLineEdit, QWidget

from zoomdesk.desktop import widgets


class FormDialog(QDialog):
    """Let a person fill in fields; only with all of them filled can the dialog be accepted.

    ``fields`` are shown from top to bottom. The secret leaves only by ``values``.
    """

    def __init__(self, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setModal(True)
        self.setMinimumWidth(460)
        self.fields: list[QLineEdit] = []
        self._form = QFormLayout()
        self._form.setVerticalSpacing(10)
        self._form.setHorizontalSpacing(12)

    def lay_out(self, heading: str, help_text: str, accept: str, *fields: tuple[str, str]) -> None:
        """Show the fields, each by its label and first text, and the button that accepts."""
        layout = widgets.column(self, margins=(24, 20, 24, 20), gap=12)
        layout.addWidget(widgets.label(heading, "title"))
        layout.addWidget(widgets.label(help_text, "soft", wrap=True))
        self.fields = [self._add(text, value) for text, value in fields]
        self.fields[-1].setEchoMode(QLineEdit.EchoMode.Password)
        layout.addLayout(self._form)
        self.ok_button = widgets.button(accept, self.accept, kind="primary")
        self.ok_button.setDefault(True)
        cancel = widgets.button(self.tr("Cancel"), self.reject)
        layout.addLayout(widgets.row(None, cancel, self.ok_button))
        for field in self.fields:
            field.textChanged.connect(self._check)
        self._check()

    def values(self) -> tuple[str, ...]:
        """Return the texts of the fields, without the spaces that pasting adds."""
        return tuple(field.text().strip() for field in self.fields)

    def _add(self, text: str, value: str) -> QLineEdit:
        field = QLineEdit(value)
        field.setAccessibleName(text.replace("&", ""))
        self._form.addRow(text, field)
        return field

    def _check(self) -> None:
        self.ok_button.setEnabled(all(self.values()))
