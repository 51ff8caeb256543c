"""Tests of parsers/identity."""
