"""Records: the contract of what is written as JSON, and what is known of each record.

In: values. Out: validated records (`report`, `comparison`, `trends`, `review`), their JSON (`to_json`), pointers into
it (`pointer`), what identifies each record (`spec`), and iteration over them (`walk`). It imports nothing else of the
program.
"""
