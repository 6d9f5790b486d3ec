"""Reading of the files that describe the book: with the line of each value, or one line that says why not."""
