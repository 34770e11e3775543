"""Annotate prose: facts and activities, by rules on Sudachi's words and GiNZA's dependency trees.

In: a report's texts and its fiscal year. Out: the quantities, times, activities and terms of each text, as
docs/facts.md defines them. The way: `report_prose` lists the texts, `reader` runs the model or takes what `cache` has,
`spacy_components` are the finders, `activities` goes from `syntax` to `noun_phrases` and `semantic_roles`.
Nothing is exported here: to name a function must not load spaCy.
"""
