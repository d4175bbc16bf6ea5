"""Nothing larger than an upload is read, whoever sends it and wherever to."""

from io import BytesIO

import pytest
from django.test import Client


@pytest.mark.parametrize("address", ["/", "/logga-in/", "/api/v1/registrations", "/nowhere/"])
@pytest.mark.parametrize("size", [str(22 * 1024 * 1024), "9" * 30, "-1", "many"])
def test_a_body_too_large_is_turned_away_unread(address, size):
    body = BytesIO(b"x" * 100)
    sent = {"CONTENT_LENGTH": size, "wsgi.input": body}
    answer = Client().generic("POST", address, b"x", **sent)
    assert answer.status_code == 413
    assert body.tell() == 0


def test_a_body_without_an_end_is_turned_away():
    assert Client().post("/", {}, HTTP_TRANSFER_ENCODING="chunked").status_code == 413
