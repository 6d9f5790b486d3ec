"""What surrounds the text of a page: theme, navigation, tags for machines, menus."""
