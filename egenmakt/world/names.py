"""About 300 made-up names of people and what they call themselves, and how they are combined."""

from collections.abc import Iterator
from itertools import product


def words(text: str) -> list[str]:
    """The words of a text."""
    return text.split()


WOMEN = words(
    """
Aino Aisha Alva Amina Anahita Anita Asta Azra Berit Birgitta Camila Dagny Daniela Edith Elif Elsa
Emina Ester Fatuma Farida Gerd Gunilla Hamdi Hanna Hodan Inga Irina Jasmin Karin Kerstin Khadija
Leyla Lena Liv Maja Mariam Marika Merja Miriam Monika Nadia Natalia Nour Olga Parisa Petra Rahel
Rosa Ruth Saga Samira Selam Signe Sofia Svetlana Tove Ulla Veronica Yasmin Zahra
"""
)
MEN = words(
    """
Abdi Adnan Ahmed Alexandru Ali Anders Arvid Bengt Bilal Bo Cristian Dawit Dragan Emil Enok Erik
Farhad Filip Florin Göran Gustav Göte Hassan Håkan Hussein Idris Igor Ivan Jamal Janne Jari Jonas
Kalle Kent Kidane Kjell Lars Leif Luis Mehmet Mikael Mohsen Nils Omar Ove Pekka Per Rami Reza
Roland Sami Sigge Stefan Sture Tesfay Tomas Viktor Yonas Yusuf Zoran
"""
)
SURNAMES = words(
    """
Abdullahi Andersson Berglund Björk Castillo Dahl Demir Ekman Eriksson Farah Forsberg Gebremedhin
Haddad Hansson Heikkinen Holm Ibrahimović Isaksson Jansson Kaplan Karlsson Kovač Lind Lindqvist
Lundgren Mahmoud Moberg Nilsson Norén Nyström Olsson Petrov Popescu Rahimi Rosén Salonen Sandberg
Sjöberg Tekle Wallin Yilmaz Zetterlund Åkesson Öberg
"""
)
CALLED = words(
    """
Björken Kapten Storken Älgen Enen Gäddan Lärkan Rönnen Tallen Eken Linden Almen Humlan Myran
Räven Uven Ugglan Tärnan Måsen Ejdern Svanen Tranan Vinden Dimman Frosten Solen Månen Stjärnan
Regnet Åskan Bäcken Ån Havet Ön Udden Viken Fyren Ankaret Seglet Masten Rodret Kompassen Lotsen
Skepparn Maskinisten Kocken Bagarn Snickarn Målarn Smeden Sotarn Slöjdarn Skräddarn Gitarren
Trumman Fiolen Flöjten Kören Basen Visan Valsen Tangon Blues Jazzen Pärlan Knappen Nålen Tråden
Hatten Vanten Halsduken Stöveln Kepsen Cykeln Tåget Spårvagnen Rallarn Nomaden Vandrarn Sjuan
Nian Elvan Trettan Ettan Tvåan
"""
)
SIZES = ["Lilla", "Stora", "Gamla", "Unga", "Långa", "Glada", "Tysta"]
INITIALS = "ABCDEFGHJKLMNOPRSTVÅÄÖ"


def staff() -> Iterator[str]:
    """Full names of those who work or volunteer, no two alike."""
    given = [name for pair in zip(WOMEN, MEN, strict=False) for name in pair]
    for number in range(len(given) * len(SURNAMES)):
        yield f"{given[number % len(given)]} {SURNAMES[number * 7 % len(SURNAMES)]}"


def aliases(gender: str) -> list[str]:
    """What women, men, or anybody (the empty gender) may call themselves, no two alike."""
    plain = {"woman": WOMEN, "man": MEN}.get(gender)
    if plain is None:
        return CALLED + [f"{size} {name}" for size, name in product(SIZES, CALLED)]
    seconds = [*INITIALS, *SURNAMES]
    return plain + [f"{name} {second}" for second, name in product(seconds, plain)]


def full(alias: str, number: int) -> str:
    """The whole name of somebody with this alias; by `number` where the alias is no name."""
    given = alias.split()[0]
    if given not in WOMEN and given not in MEN:
        given = (WOMEN + MEN)[number % (len(WOMEN) + len(MEN))]
    return f"{given} {SURNAMES[number % len(SURNAMES)]}"
