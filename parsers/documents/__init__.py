"""From bytes to a `Document`: a reader for each file format. It knows no statutory form.

May import `printed` and the model.
"""
