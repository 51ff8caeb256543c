"""Workbooks of every format: what each visible cell shows, by rows."""
