"""The people of a sheet as the person sees and edits them: pure Python, no files, no window.

Read it in the order in which a sheet passes through::

    fields, grid           the vocabulary: what a column can mean, what a sheet is to us
    header                 find the row of headings
      headings             read one heading (words: synonyms, fillers)
    matching               match columns to fields, by heading, content and neighbours
      content, name_columns
    loading, columns       take the rows that are people
    checks                 check one row
      emails               the verdict on an address (unwrap, email_faults, typos, mail_domains)
      names                clean and split names
    standing, duplicates   what is said about every row, kept up to date as it is edited
    form                   what a chosen event asks, and whether a row answers it
      answers, countries   read an answer that must be one of a few
    meanings, asking       which column answers which question, kept apart from what columns mean
    table                  ``Roster``: all of it behind one door (filters, edits, problems)

``text`` is what all of them clean and compare texts with.
"""
