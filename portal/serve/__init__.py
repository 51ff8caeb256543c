"""A portal that stays up: the build that is served now, readers' SQL apart from the pages, answers that are given again, whole tables as
files."""
