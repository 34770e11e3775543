"""Analyse the syntax of a sentence: tokens of GiNZA → phrases → heads → clauses."""
