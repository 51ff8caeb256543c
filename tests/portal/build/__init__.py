"""Tests of portal/build."""
