"""What the text of a page says is held against what is drawn on it.

In: the bytes of a PDF and its `Page`s. Out: the pages with what a person sees of them (`account.account_for_ink`):
glyphs that leave no ink are out of them, blanks that are drawn are unknown characters, and signs that are drawn and
not set are among their `marks`. Pages that were recognised are pictures of themselves, and are left as they are.
"""
