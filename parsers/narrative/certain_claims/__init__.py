"""What the narrative claims for certain: every word of the clause known, in a known order (data/clauses.yml)."""

from parsers.narrative.certain_claims.certified import certified
from parsers.narrative.certain_claims.statements import understand

__all__ = ["certified", "understand"]
