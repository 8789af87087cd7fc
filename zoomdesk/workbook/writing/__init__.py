"""From edits to a checked plan, and from the plan to a verified new file."""
