"""Tests of portal/pages."""
