"""Diff: what differs between two reports.

In: two `Report`s. Out: a `Comparison` (`compare`), or a report that takes some of the changes (`merge`). Records are
matched by the keys and measures of `records.spec`, and compared field by field as it classifies them.
"""
