"""The table of people: a Qt view over a Roster, with a spreadsheet's habits.

``RosterTable`` is what the window uses; the other modules are its parts.
"""

from zoomdesk.desktop.table.view import RosterTable

__all__ = ["RosterTable"]
