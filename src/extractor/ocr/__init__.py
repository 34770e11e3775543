"""Pages whose text is a picture: the picture becomes glyphs and ruled lines, each doubt about them said.

In: the bytes of a PDF, and a page of it. Out: the page with what was recognised in it (`recognize.recognize_page`), or
what seems to be text in its pictures (`recognize.find_unread_text`). `rendering` draws pages. Import nothing else of
this package where the extra `ocr` may not be installed.
"""
