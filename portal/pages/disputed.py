"""Printed figures of which a finding says that they may be wrong: no share is made of them, and they are in no sum over many reports."""

from __future__ import annotations

# The findings of the reports themselves: a table does not add up, the text or another copy says otherwise. A jump between years disputes
# none, nor does what a person has refuted. To be filled in: which `reports`, and what else is asked.
DISPUTED = """
select findings.report_id, finding_cells.section, finding_cells.item, finding_cells.measure, min(findings.id) as finding_id,
       max(findings.item is finding_cells.item and findings.measure is finding_cells.measure) as own -- and not a part of what is disputed alone
  from {reports} join findings on findings.report_id = reports.id
  join checks on checks.code = findings.check_code and checks.category in ('table', 'text_tables', 'sources')
  join finding_cells on finding_cells.finding_id = findings.id and finding_cells.report_id = findings.report_id
  left join judgements on judgements.finding_id = findings.id
 where conclusion is not 'refuted' and {where}
 group by findings.report_id, finding_cells.section, finding_cells.item, finding_cells.measure
"""
