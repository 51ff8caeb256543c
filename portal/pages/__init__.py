"""What the pages show: queries of the database and how their rows are laid out. They know the database only."""
