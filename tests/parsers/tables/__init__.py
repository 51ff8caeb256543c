"""Tests of parsers/tables."""
