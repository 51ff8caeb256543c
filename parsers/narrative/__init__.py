"""Sections, sentences and what their figures claim.

May import `form`, `printed` and the model.
"""
