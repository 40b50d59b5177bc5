"""What the web pages need beyond the theme."""
