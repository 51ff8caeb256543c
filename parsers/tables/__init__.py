"""From the tables and running text of a `Document` to the cells of the form.

May import `form`, `printed` and the model.
"""
