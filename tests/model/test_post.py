"""`Post`: posts, with or without the name of the holder."""

import tulevaisuus as tul
from tests.helpers import rejected


def test_all_errors_are_reported() -> None:
    """Every error is reported, in the order of fields in documents."""
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


def test_holder_is_not_a_name_of_the_post() -> None:
    """A search by name does not find persons."""
    post = tul.Post(id="po", role="coordinator", holder="N. N.")
    assert list(post.names()) == []
