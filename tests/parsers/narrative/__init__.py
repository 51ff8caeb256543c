"""Tests of parsers/narrative."""
