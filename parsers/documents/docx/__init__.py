"""Word files: the text of runs, numbered lists, and the body that holds them."""
