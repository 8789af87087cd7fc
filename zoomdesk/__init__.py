"""Register the people of a workbook for a Zoom event, and bring every join link back."""

__version__ = "0.1.0"
