"""The real book, as those who use it meet it."""
