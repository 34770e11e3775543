"""Forms: a programme's block that is a table of labels and texts.

In: a table (`parse`). Out: its fields in order (`fields`), which `assemble` puts into programme blocks; the metrics in
its grid (`metrics`) are cut out with the columns that they have.
"""
