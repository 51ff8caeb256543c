"""What the pages show: queries of the database and how their rows are laid out. They know the database only, and write what of it only
they read: the search index, medians, leads."""
