"""The people of a sheet as the person sees and edits them: pure Python, no files, no window."""
