"""Trends: what changed in the world between the yearly reports of one jurisdiction.

In: reports, each of another fiscal year, and the series of programmes that a person has accepted.
Out: a `YearsReport`: each programme's way from year to year, restated figures, budgets and divisions in charge.
`trends.py` builds it, `series_ids` and `series_toml` keep which programmes are one, `resolve` takes a person's word.
Scores are from 0 to 1, amounts of money in thousand yen.
"""
