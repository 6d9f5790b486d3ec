"""The kinds of chart, and what they share: layout, theme, how a specification becomes SVG."""
