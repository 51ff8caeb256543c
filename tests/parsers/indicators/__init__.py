"""Tests of parsers/indicators."""
