"""Tests of parsers/printed."""
