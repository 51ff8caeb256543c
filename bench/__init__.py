"""How fast, beside what a user would reach for instead. `python -m bench` runs all but `ablation`, which reads thousands of
documents again and again; `python -m bench reading` runs one.

A benchmark is a file with `run() -> None` that prints its own table, and its line in BENCHMARKS of `__main__.py`.
It prints figures and asserts nothing: they depend on the machine, so none of them is a test.
"""
