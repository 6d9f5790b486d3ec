"""Pages and parts of pages made of the data: ledger, catalogue, updates, verification, glossary."""
