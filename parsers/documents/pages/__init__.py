"""What a paged format draws (characters, rules, layers) and the tables and lines told from it. Pages that are pictures it has read by
`pictures`."""
