"""From collected files and their reports to the rows of the database.

May import `parsers`, `checks` and the words of the portal.
"""
