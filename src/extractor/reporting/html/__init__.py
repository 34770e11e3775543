"""HTML pages that a person works on in a browser: a review, and what became of programmes over the years.

In: the records, and the folder of the inputs, of which places are cut out. Out: one file each that needs no network.
"""

from extractor.reporting.html.review import page_of
from extractor.reporting.html.years import years_page_of

__all__ = ["page_of", "years_page_of"]
