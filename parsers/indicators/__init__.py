"""The indicator tables of the reports before 2019.

May import `form`, `printed` and the model.
"""
