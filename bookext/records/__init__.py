"""What the cells of a page leave behind: figures, numbers, and where they are shown."""
