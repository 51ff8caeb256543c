"""What the narrative claims for certain: every word of its clause known, and none beside it that may limit it (data/clauses.yml)."""

from parsers.narrative.certain_claims.certified import certified
from parsers.narrative.certain_claims.statements import understand

__all__ = ["certified", "understand"]
