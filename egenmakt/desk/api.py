"""`POST /api/v1/registrations`: what happens at the door, as JSON (`docs/contracts.md`)."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, date, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from django.core.exceptions import RequestDataTooBig
from django.http import HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Router, Schema
from pydantic import (
    AwareDatetime,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
    model_validator,
)

from egenmakt.access.api import ApiRequest
from egenmakt.access.rules import Right
from egenmakt.desk import actions, words
from egenmakt.desk.rules import (
    MOST_BYTES,
    MOST_ITEMS,
    Answer,
    Clock,
    Code,
    Item,
    Kind,
    Mode,
    Status,
    Who,
)
from egenmakt.kit.calendar import service_day

router = Router()


def as_text(value: object) -> object:
    """A time is written out, never a number of seconds."""
    if not isinstance(value, str):
        raise ValueError("a time is ISO 8601 text with its offset")
    return value


CENTURY = (datetime(2000, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC))
Moment = Annotated[AwareDatetime, BeforeValidator(as_text), Field(ge=CENTURY[0], le=CENTURY[1])]
Number = Annotated[int, Field(ge=0, le=999, strict=True)]
Slug = Annotated[str, Field(pattern=r"^[-a-zA-Z0-9_]{1,50}$")]


class Strict(Schema):
    """Nothing beyond what the contract names: a word misspelt is said, not swallowed."""

    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)


class WhoIn(Strict):
    """One of participant, card, new (with an alias), or count (with its parts)."""

    participant: UUID | None = None
    card: str | None = Field(None, min_length=1, max_length=40)
    new: UUID | None = None
    alias: str | None = Field(None, min_length=1, max_length=60)
    count: int | None = Field(None, ge=1, le=999, strict=True)
    women: Number | None = None
    men: Number | None = None
    children: Number | None = None

    @model_validator(mode="after")
    def one_of_four(self) -> "WhoIn":
        """Exactly one way to say who, with what belongs to it."""
        given = [one for one in (self.participant, self.card, self.new, self.count) if one]
        parts = [one for one in (self.women, self.men, self.children) if one is not None]
        if len(given) != 1 or bool(self.new) != bool(self.alias) or (parts and not self.count):
            raise ValueError("who is one of participant, card, new with alias, count")
        if sum(parts) > (self.count or 0):
            raise ValueError("the parts are more than the whole")
        return self

    def plain(self) -> Who:
        """As the rules know it."""
        split = {"women": self.women, "men": self.men, "children": self.children}
        return Who(
            participant=self.participant,
            card=self.card or "",
            new=self.new,
            alias=self.alias or "",
            count=self.count,
            split=split if self.count else {},
        )


class PaidIn(Strict):
    """How it was paid, and how much: no till and no receipt."""

    how: Literal["kontant", "swish", "klippkort", "bjuds"]
    kronor: int | None = Field(None, ge=0, le=9999, strict=True)


class ItemIn(Strict):
    """One registration."""

    id: UUID
    kind: Kind
    mode: Mode
    at: Moment
    site: Slug
    service: Slug | None = None
    quantity: int = Field(1, ge=1, le=99, strict=True)
    who: WhoIn | None = None
    by: UUID | None = None
    override: str | None = Field(None, max_length=500)
    reason: Literal["limit", "stock", "full", "banned", "other"] | None = None
    minutes: int | None = Field(None, ge=1, le=1440, strict=True)
    paid: PaidIn | None = None
    collected_by: WhoIn | None = None
    answers: dict[str, Any] | None = Field(None, max_length=0)
    card: str | None = Field(None, max_length=40)
    of: UUID | None = None

    @model_validator(mode="after")
    def somebody_collects(self) -> "ItemIn":
        """Only somebody in the register can collect for another."""
        if self.collected_by and (self.collected_by.new or self.collected_by.count):
            raise ValueError("collected_by is a participant or a card")
        return self

    def plain(self) -> Item:
        """As the rules know it."""
        return Item(
            id=self.id,
            kind=self.kind,
            mode=self.mode,
            at=self.at,
            site=self.site,
            who=self.who.plain() if self.who else None,
            service=self.service or "",
            quantity=self.quantity,
            by=self.by,
            override=(self.override or "").strip(),
            reason=self.reason or "",
            rest={
                "minutes": self.minutes,
                "paid_how": self.paid.how if self.paid else "",
                "paid_kronor": self.paid.kronor if self.paid else None,
            },
            collected_by=self.collected_by.plain() if self.collected_by else None,
            card=self.card or "",
            of=self.of,
        )


class EnvelopeIn(Strict):
    """When it was sent by the sender's clock, and what."""

    sent_at: Moment
    items: list[Any]


class AnswerOut(Schema):
    """What became of one item."""

    id: str
    status: Status
    first: bool
    already: bool
    code: Code | None
    text: str
    next_on: str | None
    proposals: list[str]


class AnswersOut(Schema):
    """One answer for each item, in order."""

    items: list[AnswerOut]


def read(raw: Any) -> Item | Answer:
    """The item, or the answer that it cannot be understood."""
    try:
        return ItemIn.model_validate(raw).plain()
    except ValidationError:
        named = raw.get("id") if isinstance(raw, dict) else None
        shown = named[:36].encode(errors="replace").decode() if isinstance(named, str) else ""
        return Answer(shown, Status.REFUSED, code=Code.MALFORMED)


def in_order(read_items: Sequence[Item | Answer], answers: Sequence[Answer]) -> list[Answer]:
    """The answers of the understood items put back between those of the others."""
    understood = iter(answers)
    return [next(understood) if isinstance(one, Item) else one for one in read_items]


def error(status: int, code: str) -> JsonResponse:
    """A refusal of the whole request."""
    return JsonResponse({"error": code}, status=status)


def out(answer: Answer, *, today: date) -> dict[str, Any]:
    """An answer as JSON, with its words."""
    said = asdict(answer)
    said["next_on"] = answer.next_on.isoformat() if answer.next_on else None
    said["text"] = words.text_of(answer, today=today)
    said["proposals"] = list(answer.proposals)
    return said


SCHEMA = {
    "requestBody": {
        "required": True,
        "content": {
            "application/json": {
                "schema": {
                    "type": "object",
                    "required": ["sent_at", "items"],
                    "properties": {
                        "sent_at": {"type": "string", "format": "date-time"},
                        "items": {
                            "type": "array",
                            "maxItems": MOST_ITEMS,
                            "items": ItemIn.model_json_schema(
                                ref_template="#/components/schemas/{model}"
                            ),
                        },
                    },
                }
            }
        },
    }
}


@router.post("/registrations", response=AnswersOut, openapi_extra=SCHEMA, summary=_("Registrera"))
def registrations(request: ApiRequest) -> HttpResponse | dict[str, Any]:
    """Take what happened at the door, in order, each item once.

    401 no token or session, 403 no right, 413 too large, 422 not an envelope.
    """
    actor = request.auth
    if not actor.reach(Right.DEPOSIT).places and not actor.reach(Right.DEPOSIT).everywhere:
        return error(403, "no right to register")
    try:
        body = request.body
        if len(body) > MOST_BYTES:
            return error(413, f"at most {MOST_BYTES} bytes")
        envelope = EnvelopeIn.model_validate(json.loads(body))
    except RequestDataTooBig:
        return error(413, f"at most {MOST_BYTES} bytes")
    except (ValueError, RecursionError):
        return error(422, "an envelope is sent_at and items")
    if len(envelope.items) > MOST_ITEMS:
        return error(413, f"at most {MOST_ITEMS} items")
    items = [read(raw) for raw in envelope.items]
    clock = Clock(envelope.sent_at, timezone.now())
    understood = [item for item in items if isinstance(item, Item)]
    answers = actions.register(understood, actor=actor, clock=clock)
    today = service_day(clock.received)
    return {"items": [out(answer, today=today) for answer in in_order(items, answers)]}
