"""A file becomes pages of glyphs, ruled lines and pictures, or lines of text; or it is refused with a reason.

In: a PDF or a transcript, as a file or its bytes. Out: `Page`s (`reader.read_pdf`) or `TextLine`s
(`text_file.read_text`) of what can be seen, with what could not be read of them. Only this package and `ocr` know file
formats and the libraries for them.
"""
