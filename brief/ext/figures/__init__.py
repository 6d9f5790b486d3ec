"""Figures on pages, as files to download and as pages to embed."""
