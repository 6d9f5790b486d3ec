"""How long rebuilds take, against stock Jupyter Book: `make bench`. Not a test: it judges nothing."""
