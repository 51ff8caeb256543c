"""Tests of reading: from bytes to a report."""
