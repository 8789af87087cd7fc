"""Files that hold lists but are no plain .xlsx: text, .xls, .xlsb, .ods, and locked workbooks.

They are read here and never written: results go into a new .xlsx that is made from them.
"""
