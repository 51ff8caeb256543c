"""Tests of parsers/documents."""
