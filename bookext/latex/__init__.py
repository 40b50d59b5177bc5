"""What the PDF needs beyond Sphinx."""
