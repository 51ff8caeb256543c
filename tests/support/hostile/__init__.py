"""Files that are made to take long, to grow or to be dropped. `python -m tests.support.hostile FOLDER [NAME …]` writes them, each group
into a folder of its own: a program that holds all of them takes a gigabyte, and is better one that ends.
"""
