"""What a registration may say, which answers it may get, and how its clock is put right."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

MOST_ITEMS = 200
MOST_BYTES = 256 * 1024
CLOCK_MAY_DIFFER = timedelta(hours=12)
FUTURE_MAY_BE = timedelta(minutes=5)


class Kind(StrEnum):
    """What a registration is of."""

    VISIT = "visit"
    HEAD_COUNT = "head_count"
    PROVISION = "provision"
    TURNED_AWAY = "turned_away"
    CARD = "card"
    UNDO = "undo"


class Mode(StrEnum):
    """Asked before the hand-out, and may be refused; or happened, and is kept whatever."""

    ASK = "ask"
    HAPPENED = "happened"


class Status(StrEnum):
    """What became of it."""

    STORED = "stored"
    REFUSED = "refused"
    CONFLICT = "conflict"


class Code(StrEnum):
    """Why it was refused or stands as a conflict."""

    LIMIT = "limit"
    STOCK = "stock"
    BANNED = "banned"
    DEPTH = "depth"
    WHO = "who"
    ALIAS = "alias"
    UNKNOWN = "unknown"
    CLOCK = "clock"
    LATE = "late"
    CHANGED = "changed"
    MALFORMED = "malformed"


class Refusal(Exception):
    """The item cannot be taken, even when it happened: unknown, changed, malformed or late."""

    def __init__(self, code: Code) -> None:
        """`code` is what the answer says."""
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Who:
    """Somebody in the register, by id or card; somebody new with an alias; or so many people."""

    participant: UUID | None = None
    card: str = ""
    new: UUID | None = None
    alias: str = ""
    count: int | None = None
    split: dict[str, int | None] = field(default_factory=dict)  # women, men, children

    @property
    def form(self) -> str:
        """Which of the four it is."""
        if self.count is not None:
            return "count"
        if self.new is not None:
            return "new"
        return "card" if self.card else "participant"


WHO_MAY_BE = {
    Kind.VISIT: {"participant", "card", "new"},
    Kind.HEAD_COUNT: {"count"},
    Kind.PROVISION: {"participant", "card", "new", "count"},
    Kind.TURNED_AWAY: {"participant", "card", "new", "count", ""},
    Kind.CARD: {"participant", "new"},
    Kind.UNDO: {""},
}


@dataclass(frozen=True)
class Item:
    """One registration as it came in, its shape already checked."""

    id: UUID
    kind: Kind
    mode: Mode
    at: datetime
    site: str
    who: Who | None = None
    service: str = ""
    quantity: int = 1
    by: UUID | None = None
    override: str = ""
    reason: str = ""
    rest: dict[str, Any] = field(default_factory=dict)  # minutes, paid_how, paid_kronor
    collected_by: Who | None = None
    card: str = ""
    of: UUID | None = None

    @property
    def well_formed(self) -> bool:
        """Whether it says what its kind must say."""
        needs = {
            Kind.PROVISION: bool(self.service),
            Kind.TURNED_AWAY: bool(self.reason),
            Kind.CARD: bool(self.card),
            Kind.UNDO: self.of is not None,
        }
        form = self.who.form if self.who else ""
        return form in WHO_MAY_BE[self.kind] and needs.get(self.kind, True)


@dataclass(frozen=True)
class Answer:
    """What became of one item; `proposals` are free aliases beside one that is taken."""

    id: str
    status: Status
    first: bool = True
    already: bool = False
    code: Code | None = None
    next_on: date | None = None
    proposals: tuple[str, ...] = ()


@dataclass(frozen=True)
class Clock:
    """When the batch was sent by the sender's clock, and received by ours."""

    sent_at: datetime
    received: datetime

    @property
    def wrong(self) -> bool:
        """Whether the sender's clock is too far off to be put right by moving."""
        return abs(self.received - self.sent_at) > CLOCK_MAY_DIFFER

    def moved(self, at: datetime) -> datetime:
        """`at` by our clock, never later than now."""
        return min(at + (self.received - self.sent_at), self.received)

    def from_the_future(self, at: datetime) -> bool:
        """Whether it is said to have happened after it was sent."""
        return at - self.sent_at > FUTURE_MAY_BE
