"""The figures of the book: one module per chapter or post, one function per figure."""
