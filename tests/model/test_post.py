"""Posts, with or without the name of their holder."""

import tulevaisuus as tul
from tests.helpers import rejected


def test_tells_all_that_is_wrong() -> None:
    """Every mistake is reported, in the order of documents."""
    findings = rejected(
        tul.Post,
        id="po",
        role="",
        body=1,
        area="\n",
        seat=853,
        period=(2020, 2021),
        fixed_term="yes",
        holder=" ",
    )
    assert findings == [
        "TSK006 /role",
        "TSK002 /body",
        "TSK006 /area",
        "TSK002 /seat",
        "TSK002 /period",
        "TSK002 /fixed_term",
        "TSK013 /holder",
    ]


def test_a_holder_is_no_name_of_the_post() -> None:
    """A search finds no persons."""
    post = tul.Post(id="po", role="coordinator", holder="N. N.")
    assert list(post.names()) == []
