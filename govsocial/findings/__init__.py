"""The findings of the book, a module for each chapter.

Each holds the dates and thresholds of its chapter, and a function for each finding that another
page repeats: the chapter, *Lessons* and the posts call the same one. The functions take the
tables that they need, so that a page shows what it reads. :mod:`govsocial.findings.summary`
composes what *Lessons* shows.
"""
