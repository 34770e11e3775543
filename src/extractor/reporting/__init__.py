"""Reporting: comparisons, reviews and trends as people read them, in English and Japanese.

In: records. Out: tables for the terminal, Markdown for a pull request, and HTML pages (`html/`).
`values` says what a value of a record is; `words.toml` holds the words of both languages.
Nothing here decides anything: the records hold all that is shown.
"""
