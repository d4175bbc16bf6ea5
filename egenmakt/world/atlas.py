"""The made-up world on a table: organisations, registers, sites and what is dated about them."""

from dataclasses import dataclass, field
from datetime import date, time

from egenmakt.organisations.rules import Kind

WEEKDAYS = "01234"
EVERY_DAY = "0123456"
SUCCEEDED_ON = date(2023, 5, 15)


@dataclass(frozen=True)
class Hours:
    """Opening hours on some weekdays (0 = Monday), for everyone or one audience."""

    weekdays: str
    opens: time
    closes: time
    audience: str = ""
    valid_from: date | None = None
    valid_to: date | None = None


@dataclass(frozen=True)
class Home:
    """A street address from a day on; the house numbers are made up."""

    street: str
    town: str
    valid_from: date
    postcode: str = ""
    directions: str = ""


@dataclass(frozen=True)
class Place:
    """A site before it is a row. `feasts` says on which holidays it is open all the same."""

    slug: str
    name: str
    organisation: str
    register: str
    opened_on: date
    homes: tuple[Home, ...]
    hours: tuple[Hours, ...]
    about: str = ""
    closed_on: date | None = None
    feasts: dict[str, tuple[time, time]] = field(default_factory=dict)
    keeps_holidays: bool = True
    person_word: str = "deltagare"
    split_counts: bool = False


def hours(weekdays: str, opens: str, closes: str, audience: str = "") -> Hours:
    """Opening hours that have always held, from clock times such as `7:30`."""
    return Hours(weekdays, clock(opens), clock(closes), audience)


def clock(text: str) -> time:
    """The time of day of `7:30` or `9`."""
    hour, _, minute = text.partition(":")
    return time(int(hour), int(minute or 0))


ORGANISATIONS = {
    "linkopings-stadsmission": ("Linköpings Stadsmission", Kind.IDEA_BASED),
    "stockholms-stadsmission": ("Stockholms Stadsmission", Kind.IDEA_BASED),
    "sionforsamlingen": ("Sionförsamlingen i Linköping", Kind.IDEA_BASED),
    "iogt-nto": ("IOGT-NTO Linköping", Kind.IDEA_BASED),
    "linkopings-kommun": ("Linköpings kommun", Kind.MUNICIPALITY),
    "norrtalje-kommun": ("Norrtälje kommun", Kind.MUNICIPALITY),
    "stockholms-stad": ("Stockholms stad", Kind.MUNICIPALITY),
    "polisen": ("Polismyndigheten, region Öst", Kind.AUTHORITY),
    "new-york": ("Öppna mötesplatser i New York", Kind.OTHER),
    "new-york-stad": ("Staden New York", Kind.AUTHORITY),
}

# slug → (name, controller)
REGISTERS = {
    "kontaktcentrum": ("Kontaktcentrum", "linkopings-stadsmission"),
    "stockholm": ("Mötesplatser i Stockholm", "stockholms-stadsmission"),
    "norrtalje": ("Öppen mötesplats Norrtälje", "stockholms-stadsmission"),
    "sion": ("Sionförsamlingen", "sionforsamlingen"),
    "iogt-nto": ("IOGT-NTO Linköping", "iogt-nto"),
    "new-york": ("New York", "new-york"),
}

FAMILIES = "familjer"
STOCKHOLM_WEEK = (hours(WEEKDAYS, "9", "19"),)
STOCKHOLM_FAMILY_WEEK = (*STOCKHOLM_WEEK, hours("5", "10", "15", FAMILIES))
CHRISTMAS = {"Julafton": (time(11), time(16))}


def old_unit(slug: str, name: str, street: str, opened: int) -> Place:
    """One of the six Stockholm units that were succeeded in May 2023."""
    return Place(
        slug,
        name,
        "stockholms-stadsmission",
        "stockholm",
        date(opened, 1, 15),
        (Home(street, "Stockholm", date(opened, 1, 15)),),
        (hours(WEEKDAYS, "9", "16"),),
        about="Uppgick i de nya mötesplatserna den 15 maj 2023.",
        closed_on=SUCCEEDED_ON,
    )


OLD_UNITS = (
    old_unit("kallan-jarva", "Källan Järva", "Rinkebystråket 214", 2014),
    old_unit("baba", "Baba", "Storholmsbackarna 118", 2016),
    old_unit("crossroads", "Crossroads", "Kammakargatan 246", 2011),
    old_unit("lagerenheten", "Lägerenheten", "Stadsgården 190", 2015),
    old_unit("kallan-flemingsberg", "Källan Flemingsberg", "Röntgenvägen 104", 2017),
    old_unit("unga-stationer", "Unga Stationer", "Hässelby torg 62", 2008),
)

STOCKHOLM = (
    Place(
        "varberg",
        "Mötesplats Vårberg",
        "stockholms-stadsmission",
        "stockholm",
        SUCCEEDED_ON,
        (Home("Vårbergstorget 108", "Skärholmen", SUCCEEDED_ON, "127 43", "Vid tunnelbanan"),),
        STOCKHOLM_FAMILY_WEEK,
        about="Mat, tvätt, råd och sällskap. Lördagar är för familjer.",
        feasts=CHRISTMAS,
        split_counts=True,
    ),
    Place(
        "hasselby",
        "Mötesplats Hässelby",
        "stockholms-stadsmission",
        "stockholm",
        SUCCEEDED_ON,
        (Home("Hässelby torg 120", "Hässelby", SUCCEEDED_ON, "165 55", "Bredvid biblioteket"),),
        STOCKHOLM_FAMILY_WEEK,
        about="Mat, tvätt, råd och sällskap. Lördagar är för familjer.",
        feasts=CHRISTMAS,
        split_counts=True,
    ),
    Place(
        "city",
        "Mötesplats City",
        "stockholms-stadsmission",
        "stockholm",
        SUCCEEDED_ON,
        (Home("Kammakargatan 246", "Stockholm", SUCCEEDED_ON, "111 60", "Ring på, grön dörr"),),
        STOCKHOLM_WEEK,
        about="Extra trygg plats. Råd om migrationsrätt och om kvinnors och flickors hälsa.",
    ),
    Place(
        "mariatorget",
        "Mötesplats Mariatorget",
        "stockholms-stadsmission",
        "stockholm",
        date(2019, 9, 2),
        (Home("Sankt Paulsgatan 152", "Stockholm", date(2019, 9, 2), "118 48"),),
        STOCKHOLM_WEEK,
        about="Öppet för alla som vill vara med och engagera sig i sin stad.",
        person_word="gäst",
    ),
    Place(
        "norrtalje",
        "Öppen mötesplats Norrtälje",
        "stockholms-stadsmission",
        "norrtalje",
        date(2021, 9, 15),
        (Home("Stora Brogatan 131", "Norrtälje", date(2021, 9, 15), "761 30"),),
        (hours("0134", "9", "15"), hours("2", "12", "18")),
        about="Öppen plats, grupper och samtal. Den öppna platsen är vägen in till resten.",
        feasts=CHRISTMAS,
    ),
)

LINKOPING = (
    Place(
        "kontaktcentrum",
        "Kontaktcentrum",
        "linkopings-stadsmission",
        "kontaktcentrum",
        date(2012, 3, 1),
        (Home("Platensgatan 126", "Linköping", date(2012, 3, 1), "582 20", "Ingång på gården"),),
        (hours(WEEKDAYS, "7:30", "14:30"), hours("56", "9", "13")),
        about="Mat, kläder, dusch och någon att prata med. Alla är välkomna.",
        feasts={
            "Juldagen": (time(11), time(15)),
            "Nyårsdagen": (time(11), time(15)),
            "Midsommarafton": (time(9), time(13)),
            "Påskdagen": (time(9), time(13)),
            **CHRISTMAS,
        },
        person_word="besökare",
    ),
    Place(
        "sion",
        "Sionförsamlingens öppna plats",
        "sionforsamlingen",
        "sion",
        date(2018, 1, 1),
        (Home("Drottninggatan 122", "Linköping", date(2018, 1, 1), "582 27"),),
        (hours("14", "10", "15"), hours("3", "13", "18")),
        about="Öppen plats för unga, äldre och familjer. Matkasse högst var femte vecka.",
        feasts=CHRISTMAS,
    ),
    Place(
        "iogt-nto",
        "IOGT-NTO:s mötesplats",
        "iogt-nto",
        "iogt-nto",
        date(2018, 1, 1),
        (
            Home("Vallavägen 133", "Linköping", date(2018, 1, 1), "582 18"),
            Home("Snickaregatan 114", "Linköping", date(2019, 3, 4), "582 22", "Gatuplan"),
        ),
        (hours("02", "8:30", "16"), hours("13", "8:30", "17:30"), hours("4", "9", "14")),
        about="En nykter plats mitt i stan: kaffe, enkel mat och kamratstöd.",
        feasts={"Midsommarafton": (time(11), time(15)), **CHRISTMAS},
        person_word="besökare",
    ),
)

NEW_YORK = (
    Place(
        "new-york",
        "Öppna mötesplatser i New York",
        "new-york",
        "new-york",
        date(2020, 1, 1),
        (Home("Beaver Street 199", "New York", date(2020, 1, 1)),),
        (hours("01236", "9", "20"),),
        about="Flera platser räknade i en siffra, söndag till torsdag.",
        keeps_holidays=False,
    ),
)

PLACES = (*LINKOPING, *STOCKHOLM, *OLD_UNITS, *NEW_YORK)

# predecessor → successors
SUCCESSIONS = {
    "kallan-jarva": ("hasselby",),
    "baba": ("varberg",),
    "crossroads": ("city",),
    "lagerenheten": ("city",),
    "kallan-flemingsberg": ("varberg",),
    "unga-stationer": ("hasselby", "varberg"),
}

ANNOTATIONS = (
    ("iogt-nto", date(2019, 3, 4), "flytt från Valla"),
    ("iogt-nto", date(2020, 3, 16), "halva antalet stolar, pandemin"),
    ("sion", date(2020, 3, 16), "matkassar ut genom dörren, pandemin"),
    ("kontaktcentrum", date(2025, 2, 10), "ventilationen trasig"),
    ("kontaktcentrum", date(2025, 9, 1), "fler duschtider"),
    ("varberg", SUCCEEDED_ON, "tog över efter Baba och Källan Flemingsberg"),
    ("hasselby", SUCCEEDED_ON, "tog över efter Källan Järva och Unga Stationer"),
    ("city", SUCCEEDED_ON, "tog över efter Crossroads och Lägerenheten"),
    ("mariatorget", date(2023, 11, 6), "nytt kök"),
    ("norrtalje", date(2022, 4, 4), "onsdagskvällar började"),
)

# site → (first day closed, days, why), every year that the site exists
CLOSED_WEEKS = {
    "kontaktcentrum": (7, 20, 7, "Storstädning"),
    "sion": (7, 8, 28, "Sommarstängt"),
    "iogt-nto": (7, 15, 14, "Semester"),
    "mariatorget": (7, 10, 14, "Sommarstängt"),
    "city": (7, 17, 7, "Planeringsvecka"),
    "varberg": (1, 8, 2, "Planeringsdagar"),
    "hasselby": (1, 8, 2, "Planeringsdagar"),
    "norrtalje": (7, 14, 14, "Sommarstängt"),
}
