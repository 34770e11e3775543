"""Baseline: outputs that a person has accepted, in `golden/`.

In: the outputs of the last run, `golden/`, and what a person decides. Out: a `Review` of what differs
(`compare_to_baseline`), or the files in `golden/` (`accept`), whole or in part (`partial_accept`).
"""
