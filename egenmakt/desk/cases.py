"""One registration on its way: who it is, whether a rule is broken, and what it leaves behind."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from egenmakt.audit.actions import Act
from egenmakt.desk.batch import Batch
from egenmakt.desk.rules import Code, Item, Kind, Mode, Refusal
from egenmakt.desk.undoing import take_back
from egenmakt.kit.calendar import DAY, service_day
from egenmakt.organisations.models import Offering, Service, Site
from egenmakt.organisations.rules import Regime, allows
from egenmakt.participants import actions as participants
from egenmakt.participants import queries as people
from egenmakt.participants import rules
from egenmakt.participants.queries import Standing
from egenmakt.provisions import actions as provisions
from egenmakt.provisions import queries as allowed
from egenmakt.provisions import rules as limits
from egenmakt.provisions.actions import To, What
from egenmakt.vault import actions as vault
from egenmakt.vault import queries as keys
from egenmakt.visits import actions as visits
from egenmakt.visits.actions import Mark


@dataclass
class Case:
    """One item on its way through: what is known of it, and what has been found wrong."""

    item: Item
    site: Site
    at: datetime
    day: date
    regime: Regime
    offering: Offering | None = None
    person: Standing | None = None
    collector: Standing | None = None
    people: int = 1
    wrong: Code | None = None
    next_on: date | None = None
    proposals: tuple[str, ...] = ()
    key: UUID | None = None
    made_person: bool = False
    already: bool = False

    def find_wrong(self, code: Code, *, next_on: date | None = None) -> None:
        """The first rule that is found broken is the one that is said."""
        if self.wrong is None:
            self.wrong, self.next_on = code, next_on

    @property
    def refused(self) -> bool:
        """Whether a rule says no before the hand-out; what has happened is kept."""
        return self.wrong is not None and self.item.mode is Mode.ASK


def handle(batch: Batch, case: Case) -> None:
    """Find out who and what, judge it, and do it unless it is refused."""
    item = case.item
    if batch.clock.wrong or batch.clock.from_the_future(item.at):
        case.find_wrong(Code.CLOCK)
    if item.kind is Kind.UNDO:
        undo(batch, case)
        return
    if item.service:
        case.offering = batch.terms(case.site).offering(item.service, day=case.day)
        if item.kind is not Kind.VISIT:
            case.regime = Regime(case.offering.regime)
    settle_who(batch, case)
    settle_collector(batch, case)
    if item.kind is Kind.CARD:
        judge_card(case)
    if case.offering and item.kind is Kind.PROVISION and not item.override:
        judge_limits(batch, case, service=case.offering.service_id)
    if not case.refused:
        do(batch, case)


def settle_who(batch: Batch, case: Case) -> None:
    """Who it is: a person within the regime's depth, somebody new, or so many people."""
    who = case.item.who
    if who is None:
        return
    if who.count is not None:
        case.people = who.count
        return
    if who.new and not batch.known(case.site, who.new):
        settle_newcomer(batch, case, newcomer=participants.Newcomer(id=who.new, alias=who.alias))
        return
    case.person = batch.person(case.site, who)
    if case.item.kind is not Kind.CARD and not allows(case.regime, case.person.tier.depth):
        case.find_wrong(Code.DEPTH)
        case.person = None


def settle_collector(batch: Batch, case: Case) -> None:
    """Who collects for another; where the regime refuses their identity, nobody is written."""
    if case.item.collected_by is None:
        return
    collector = batch.person(case.site, case.item.collected_by)
    if allows(case.regime, collector.tier.depth):
        case.collector = collector
    elif case.item.mode is Mode.ASK:
        case.find_wrong(Code.DEPTH)


def settle_newcomer(batch: Batch, case: Case, *, newcomer: participants.Newcomer) -> None:
    """Somebody new with an alias; one that is taken is asked about, or kept as a conflict."""
    register = case.site.register
    if people.exists(newcomer.id):
        raise Refusal(Code.UNKNOWN)
    if not newcomer.has_alias:
        raise Refusal(Code.MALFORMED)
    if holders := people.holders(register, newcomer.alias):
        case.find_wrong(Code.ALIAS)
        case.proposals = people.free_aliases(register, newcomer.alias)
        case.key = people.key_of(holders[0])
    if case.refused:
        return
    now = batch.clock.received
    [made] = participants.welcome(register, [newcomer], by=batch.actor, now=now)
    case.key, case.made_person = made.key, True
    case.person = batch.known(case.site, made.id)


def judge_card(case: Case) -> None:
    """A code that cannot be one is malformed; one that somebody has already is theirs."""
    if rules.card_code(case.item.card) is None:
        raise Refusal(Code.MALFORMED)
    if people.with_card(case.site.register, case.item.card):
        case.find_wrong(Code.WHO)


def judge_limits(batch: Batch, case: Case, *, service: UUID) -> None:
    """A limited service: not to a count, and not before its day; says when it may be next."""
    holding = batch.terms(case.site).limits_on(service, day=case.day)
    if not holding:
        return
    if case.person is None:
        case.find_wrong(Code.WHO)
        return
    new = limits.Given(case.day, case.item.quantity)
    had = allowed.given(case.person, holding=holding, day=case.day)
    for limit in holding:
        rule = allowed.rule_of(limit)
        before = allowed.under(limit, had.get(limit.service_id, []))
        if limits.breaks([*before, new], rule=rule):
            case.find_wrong(
                Code.LIMIT,
                next_on=limits.next_on(before, rule=rule, day=case.day, wanted=new.units),
            )
        elif case.wrong is None:
            case.next_on = limits.next_on([*before, new], rule=rule, day=case.day)


def do(batch: Batch, case: Case) -> None:
    """Leave in its own room what the item says, and a line in the log."""
    item, person = case.item, case.person
    mark = Mark(
        id=item.id,
        site=case.site,
        at=case.at,
        service_day=case.day,
        late=case.day < batch.today,
        by=batch.actor.actor_id,
    )
    to = To(people=case.people)
    if person:
        to = To(participant=person.id, household=person.household)
    if item.kind is Kind.VISIT and person:
        case.already = visits.arrive(mark, participant=person.id)
    elif item.kind in (Kind.VISIT, Kind.HEAD_COUNT):
        split = item.who.split if item.who else {}
        visits.count(mark, number=case.people, split=split)
    elif item.kind is Kind.TURNED_AWAY:
        service = case.offering.service if case.offering else None
        provisions.turn_away(mark, to=to, service=service, reason=item.reason)
    elif item.kind is Kind.CARD and person:
        if not case.wrong:
            participants.attach_card(
                person.id, card=item.id, code=item.card, by=batch.actor, now=batch.clock.received
            )
    elif case.offering:
        given = what_was_given(batch, case, service=case.offering.service)
        provisions.give(mark, to=to, what=given)
    note(batch, case)


def what_was_given(batch: Batch, case: Case, *, service: Service) -> What:
    """The provision's content; the reason for giving all the same is sealed."""
    item = case.item
    reason = None
    if item.override:
        place = f"provisions_provision|{item.id}|override|1"
        reason = vault.sealed(sealing_key(case), {"reason": item.override}, place=place)
    return What(
        service=service,
        quantity=item.quantity,
        collected_by=case.collector.id if case.collector else None,
        override=reason,
        rest=item.rest,
    )


def sealing_key(case: Case) -> bytes:
    """What words about the case are sealed with: the person's key, or the register's for a count.

    Raises Refusal(unknown) for somebody whose key is destroyed.
    """
    if case.person is None:
        return keys.register_key(case.site.register_id)
    own = keys.person_keys([case.person.key]).get(case.person.key)
    if own is None:
        raise Refusal(Code.UNKNOWN)
    case.key = case.person.key
    return own


def note(batch: Batch, case: Case) -> None:
    """One line in the log."""
    batch.acts.append(
        Act(
            f"desk.{case.item.kind}",
            subject=case.person.key if case.person else None,
            register=case.site.register_id,
            site=case.site.id,
        )
    )


def undo(batch: Batch, case: Case) -> None:
    """Take back exactly what one item made, the same service day. Twice is once.

    Raises Refusal(unknown) for what is not this site's, Refusal(late) on another day.
    """
    of = batch.earlier.get(case.item.of) if case.item.of else None
    if of is None or of.site_id != case.site.id or of.kind == Kind.UNDO:
        raise Refusal(Code.UNKNOWN)
    if of.service_day != case.day or service_day(of.received_at) + DAY < batch.today:
        raise Refusal(Code.LATE)
    if case.refused:
        return
    case.already = of.undone_at is not None
    if not case.already:
        take_back(of, by=batch.actor, now=batch.clock.received)
        batch.people.pop((case.site.register_id, of.participant or of.id), None)
    note(batch, case)
