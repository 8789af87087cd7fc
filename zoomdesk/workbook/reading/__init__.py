"""From a worksheet part to columns of displayed text."""
