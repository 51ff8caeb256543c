"""Tests of portal/checks."""
