"""How Japanese offices write numbers, times, counters, offices and names of items.

In goes plain text (of prose also its words, as `tokens.WordSequence`), out come values: `quantities.read_value` reads a
cell, all of it or as unreadable; `prose_quantities.find_quantities` and `prose_dates.find_times` find what prose holds.
Both use the same numerals, eras, dates and word lists (`data/*.toml`). Nothing here knows a profile, a page or spaCy.
"""
