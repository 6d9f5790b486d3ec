"""Upstairs: what runs in a chapter's kernel. Knows pandas and Altair; knows nothing of Sphinx."""
