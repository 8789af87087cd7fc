"""Change some cells of somebody else's workbook, and leave the rest of it as it was."""
