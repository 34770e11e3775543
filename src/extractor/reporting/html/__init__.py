"""HTML pages for a browser: a review, findings, and what became of programmes over the years.

In: the records, and the folder of the inputs, of which places are cut out. Out: one file each that needs no network.
"""

from extractor.reporting.html.findings import render_findings_page
from extractor.reporting.html.review import render_review_page
from extractor.reporting.html.years import render_years_page

__all__ = ["render_findings_page", "render_review_page", "render_years_page"]
