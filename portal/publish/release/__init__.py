"""A citable release of the data: every table in each form, what it means, what changed, and a checksum of every file.

    dist/2026-11-28/
      portal.db                         the database
      csv/applications.csv              a table; csv/2020/applications.csv its rows of a year
      parquet/…                         the same rows
      form.xlsx                         the section tables as a workbook, codes as text
      dictionary.csv  dictionary.md     what each table and column is, in Chinese and English
      datapackage.json                  the same for programs (Data Package 2.0)
      CITATION.cff  SHA256SUMS
      changes.csv  changes.atom         what came, went and changed since the release before

`python -m portal.publish.release portal.db dist` writes it; `make release` sets up what it needs first.
"""
