"""What a paged format draws (characters, rules, layers) and the tables and lines told from it."""
