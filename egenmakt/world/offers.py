"""What is given where in the made-up world, on which legal ground, how often, and by agreement."""

from dataclasses import dataclass
from datetime import date

from egenmakt.organisations.rules import Regime

DOOR = "oppen-dorr"
BAG = "matkasse"

# organisation → (slug, name, kind, icon)
SERVICES = {
    "linkopings-stadsmission": (
        (DOOR, "Öppen dörr", "door", "door"),
        ("frukost", "Frukost", "meal", "cup"),
        ("lunch", "Lunch", "meal", "bowl"),
        ("dusch", "Dusch", "hygiene", "shower"),
        ("tvatt", "Tvätt", "laundry", "wash"),
        ("klader", "Kläder", "clothes", "shirt"),
        ("skor", "Skor", "clothes", "shoe"),
        ("hygien", "Hygien", "hygiene", "drop"),
        ("samtal", "Samtal", "talk", "talk"),
        ("myndighet", "Hjälp med myndighet", "advice", "along"),
        ("julklapp", "Julklapp", "other", "gift"),
    ),
    "stockholms-stadsmission": (
        (DOOR, "Öppen dörr", "door", "door"),
        ("frukost", "Frukost", "meal", "cup"),
        ("lunch", "Lunch", "meal", "bowl"),
        ("fika", "Fika", "meal", "cup"),
        ("dusch", "Dusch", "hygiene", "shower"),
        ("tvatt", "Tvätt", "laundry", "wash"),
        ("klader", "Kläder", "clothes", "shirt"),
        ("barn", "Barnaktivitet", "other", "people"),
        ("samtal", "Samtal", "talk", "talk"),
        ("myndighet", "Hjälp med myndighet", "advice", "along"),
        ("juridik", "Juridisk rådgivning", "advice", "law"),
        ("halsa", "Hälsosamtal för kvinnor", "talk", "hands"),
    ),
    "sionforsamlingen": (
        (DOOR, "Öppen dörr", "door", "door"),
        ("kaffe", "Kaffe och smörgås", "meal", "cup"),
        (BAG, "Matkasse", "food_bag", "bag"),
        ("klader", "Kläder", "clothes", "shirt"),
        ("samtal", "Samtal", "talk", "talk"),
        ("myndighet", "Hjälp med myndighet", "advice", "along"),
    ),
    "iogt-nto": (
        (DOOR, "Öppen dörr", "door", "door"),
        ("frukost", "Lätt frukost", "meal", "cup"),
        ("lunch", "Lätt lunch", "meal", "bowl"),
        ("kaffe", "Kaffe", "meal", "cup"),
        ("samtal", "Kamratstöd", "talk", "talk"),
        ("myndighet", "Följa med till myndighet", "advice", "walk"),
    ),
    "new-york": ((DOOR, "Öppen dörr", "door", "door"),),
}


@dataclass(frozen=True)
class Ground:
    """A legal regime, and the made-up decision that it rests on."""

    regime: Regime
    decision: str = ""


CIVIL = Ground(Regime.CIVIL)
EXEMPT = Ground(
    Regime.SOL_OPEN_EXEMPT,
    "Social- och omsorgsnämnden 2024-05-22 § 87: identitet dokumenteras inte (påhittat)",
)
LINKOPING_DOCUMENTED = Ground(
    Regime.SOL_OPEN_DOCUMENTED, "Social- och omsorgsnämnden 2024-05-22 § 88 (påhittat)"
)
NORRTALJE_DOCUMENTED = Ground(
    Regime.SOL_OPEN_DOCUMENTED, "Socialnämnden i Norrtälje 2021-06-10 § 54 (påhittat)"
)


@dataclass(frozen=True)
class Offer:
    """A service at a site before it is a row; a price in kronor, hours as clock texts."""

    service: str
    price: int = 0
    weekdays: str = "0123456"
    starts: str = ""
    ends: str = ""
    ground: Ground | None = None
    december: bool = False  # only in Christmas week, every year


DOOR_OPEN = Offer(DOOR)
STOCKHOLM = (
    DOOR_OPEN,
    Offer("frukost", starts="9", ends="10:30"),
    Offer("lunch", price=20, starts="11:30", ends="13:30"),
    Offer("fika"),
    Offer("dusch"),
    Offer("tvatt"),
    Offer("samtal"),
    Offer("myndighet"),
    Offer("juridik", weekdays="13", starts="13", ends="16"),
)
FAMILY = (*STOCKHOLM, Offer("barn", weekdays="5", starts="10", ends="15"))
OLD_UNIT = tuple(offer for offer in STOCKHOLM if offer.service not in {"juridik", "dusch"})

OLD_UNITS = (
    "kallan-jarva",
    "baba",
    "crossroads",
    "lagerenheten",
    "kallan-flemingsberg",
    "unga-stationer",
)

# site → (ground of all that names no other, offers in the order of the tiles)
OFFERS = {
    "kontaktcentrum": (
        EXEMPT,
        (
            DOOR_OPEN,
            Offer("frukost", starts="7:30", ends="10"),
            Offer("lunch", starts="11:30", ends="13"),
            Offer("dusch"),
            Offer("tvatt", weekdays="01234"),
            Offer("klader", weekdays="024"),
            Offer("skor"),
            Offer("hygien"),
            Offer("samtal"),
            Offer("myndighet", weekdays="01234", ground=LINKOPING_DOCUMENTED),
            Offer("julklapp", december=True),
        ),
    ),
    "varberg": (CIVIL, FAMILY),
    "hasselby": (CIVIL, FAMILY),
    "city": (CIVIL, (*STOCKHOLM, Offer("halsa", weekdays="24", starts="14", ends="17"))),
    "mariatorget": (CIVIL, STOCKHOLM),
    "norrtalje": (
        NORRTALJE_DOCUMENTED,
        (DOOR_OPEN, Offer("fika"), Offer("lunch", price=15), Offer("samtal"), Offer("myndighet")),
    ),
    "sion": (
        CIVIL,
        (
            DOOR_OPEN,
            Offer("kaffe"),
            Offer(BAG),
            Offer("klader", weekdays="4"),
            Offer("samtal"),
            Offer("myndighet"),
        ),
    ),
    "iogt-nto": (
        CIVIL,
        (
            DOOR_OPEN,
            Offer("frukost", price=10, weekdays="0123", starts="8:30", ends="10:30"),
            Offer("lunch", price=25, weekdays="4", starts="11:30", ends="13"),
            Offer("kaffe", price=5),
            Offer("samtal"),
            Offer("myndighet"),
        ),
    ),
    "new-york": (CIVIL, (DOOR_OPEN,)),
    **dict.fromkeys(OLD_UNITS, (CIVIL, OLD_UNIT)),
}

# register, organisation, service, count, every, unit, per
LIMITS = (
    ("kontaktcentrum", "linkopings-stadsmission", "skor", 1, 30, "days", "person"),
    ("kontaktcentrum", "linkopings-stadsmission", "klader", 2, 14, "days", "person"),
    ("sion", "sionforsamlingen", BAG, 1, 5, "weeks", "household"),
    ("stockholm", "stockholms-stadsmission", "tvatt", 2, 7, "days", "household"),
)


@dataclass(frozen=True)
class Deal:
    """An agreement before it is a row; the parties in `figured` answer for figures."""

    slug: str
    name: str
    kind: str
    term: tuple[date, date | None]
    figured: tuple[str, ...]
    others: tuple[str, ...]
    sites: tuple[str, ...]


DEALS = (
    Deal(
        "kontaktcentrum",
        "Kontaktcentrum, uppdrag från Linköpings kommun",
        "assignment",
        (date(2023, 1, 1), None),
        ("linkopings-stadsmission",),
        ("linkopings-kommun",),
        ("kontaktcentrum",),
    ),
    Deal(
        "stockholm-motesplatser",
        "Mötesplatser i Stockholm, bidrag från Stockholms stad",
        "grant",
        (date(2021, 1, 1), None),
        ("stockholms-stadsmission",),
        ("stockholms-stad",),
        ("varberg", "hasselby", "city", "mariatorget", *OLD_UNITS),
    ),
    Deal(
        "linkoping-iop",
        "Öppna mötesplatser i Linköping, IOP",
        "iop",
        (date(2018, 1, 1), date(2021, 1, 1)),
        ("sionforsamlingen", "iogt-nto"),
        ("linkopings-kommun",),
        ("sion", "iogt-nto"),
    ),
    Deal(
        "norrtalje-iop",
        "Öppen mötesplats Norrtälje, IOP",
        "iop",
        (date(2021, 9, 15), date(2027, 9, 15)),
        ("stockholms-stadsmission",),
        ("norrtalje-kommun",),
        ("norrtalje",),
    ),
    Deal(
        "new-york",
        "Öppna mötesplatser i New York",
        "grant",
        (date(2020, 1, 1), None),
        ("new-york",),
        ("new-york-stad",),
        ("new-york",),
    ),
)
