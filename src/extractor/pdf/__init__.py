"""Read: a file becomes `Page`s (PDF) or `TextLine`s (transcript). The only room that knows file formats."""
