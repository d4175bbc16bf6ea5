"""One way to write a value as bytes, so that a hash of it means something."""

import hashlib
import json
from typing import Any


def canonical(value: Any) -> bytes:
    """JSON with sorted keys, no spaces and real letters, in UTF-8 (`docs/contracts.md`)."""
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return text.encode()


def sha256_of(document: dict[str, Any]) -> str:
    """The hash a report carries: over all of `document` but its own key `sha256`."""
    rest = {key: value for key, value in document.items() if key != "sha256"}
    return hashlib.sha256(canonical(rest)).hexdigest()
