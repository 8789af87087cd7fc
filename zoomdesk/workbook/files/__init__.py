"""The file itself: fingerprint, locks, backup, the replace in one step, new files."""
