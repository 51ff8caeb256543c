"""Tests of the build, the checks and the pages."""
