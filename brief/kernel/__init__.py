"""What runs in a chapter's kernel, and draws its charts. Knows pandas and Altair; knows nothing of Sphinx."""
