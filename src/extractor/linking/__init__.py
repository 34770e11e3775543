"""Link the rows of a chapter's list to the blocks of its programmes.

In: the parsed chapters, each with list rows and programme blocks. Out: `RowBlockPair`s, of which one side may be
missing. `evidence` weighs a row against a block, `banded_alignment` finds the alignment with the most evidence and how
sure each pair is, `link` puts both together.
"""
