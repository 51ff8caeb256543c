"""Whose report it is, of which year, published when and where.

May import `narrative`, `form`, `printed` and the model.
"""
