"""What Excel shows for a stored value: styles, number formats, dates."""
