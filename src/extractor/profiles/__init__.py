"""Profiles: what is particular to a family of reports, as data.

In: `*.toml` beside this file, one a family: heading words, column names, how offices end, the jurisdiction. Out: a
`Profile`, the same for all steps. A profile holds facts about its reports and no switches for the program.
"""
