"""Language: what prose says, found by rules on words and on the tree that GiNZA makes of a sentence."""
