"""How Hypothesis searches: the same examples in every run, so that a commit passes or it does not.

`pytest --hypothesis-profile=search` looks for new ones.
"""

from hypothesis import settings

settings.register_profile("tests", deadline=None, derandomize=True)
settings.register_profile("search", deadline=None, max_examples=1000)
settings.load_profile("tests")
