"""HTML pages that a person works on in a browser: a review, and what became of programmes over the years.

In: the records, and the folder of the inputs, of which places are cut out. Out: one file each that needs no network.
"""

from extractor.reporting.html.review import render_review_page
from extractor.reporting.html.years import render_years_page

__all__ = ["render_review_page", "render_years_page"]
