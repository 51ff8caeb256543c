"""The checks: their catalogue, what they compare with, and the run that writes results and findings. They are SQL over the database."""
