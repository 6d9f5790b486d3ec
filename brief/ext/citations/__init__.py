"""How the book is cited, and what it cites."""
