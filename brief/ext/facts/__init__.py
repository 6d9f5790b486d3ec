"""Facts, findings, claims and comparisons on pages, and facts.json."""
