"""That the types beside the code are right: by mypy, pyright and stubtest, and by reading them.

The type checkers are in the environment `types` of tox.ini alone, which sets TYPE_CHECKERS; without them
their tests are skipped.
"""
