"""Tests of portal/publish."""
