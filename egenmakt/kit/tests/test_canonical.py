"""The hash of a document means what it says, whatever order its keys came in."""

import hashlib
import json

from hypothesis import given
from hypothesis import strategies as st

from egenmakt.kit.canonical import canonical, sha256_of

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("abcåäö"), inner),
    max_leaves=10,
)


def test_it_is_written_as_the_contract_says():
    assert canonical({"b": 1, "a": ["å", None]}) == '{"a":["å",null],"b":1}'.encode()


@given(st.dictionaries(st.text("abcåäö"), VALUES))
def test_order_and_its_own_hash_do_not_count(document):
    turned = dict(reversed(document.items()))
    assert sha256_of(turned) == sha256_of(document)
    assert sha256_of({**document, "sha256": "x"}) == sha256_of(
        {key: value for key, value in document.items() if key != "sha256"}
    )
    assert json.loads(canonical(document)) == document


def test_another_value_is_another_hash():
    assert sha256_of({"a": 1}) == hashlib.sha256(b'{"a":1}').hexdigest()
    assert sha256_of({"a": 1}) != sha256_of({"a": 2})
