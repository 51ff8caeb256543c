"""What the build and the pages share: the database, running checks, the pages' queries."""
