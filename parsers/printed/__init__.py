"""What any print has, whatever the form and the format: characters, values, words compared, the cells on a line, regions.

May import the model only.
"""
