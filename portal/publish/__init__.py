"""What leaves the server: a directory that any host runs, a static site with all of Datasette in the browser, a citable release.

May import `build`, `pages` and `words`; pages themselves are taken through the ASGI application.
"""
