"""Structure: a layout becomes an outline.

In: the `Layout`, paragraphs and tables in reading order, and the profiles. Out: the profile that the report fits
(`profile_selection`), and its `Outline` (`outline_builder`): which part of the report each paragraph and table is.
Nothing is interpreted. What a table is, `table_roles.classify_table` alone says.
"""
