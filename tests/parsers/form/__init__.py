"""Tests of parsers/form."""
