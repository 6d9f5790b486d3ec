"""Is every input what it must be? Files, tables, rules and prose, each error on a line of its own."""
