"""The statutory form: its editions, rows, columns and equations, the words of its labels and headers, their misprints.

May import `printed` and the model.
"""
