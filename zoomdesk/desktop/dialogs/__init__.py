"""The few dialogs: before the irreversible act, and for settings."""
