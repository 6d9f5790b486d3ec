"""The tables as data sets that travel: packed, described for catalogues, search engines and archives."""
