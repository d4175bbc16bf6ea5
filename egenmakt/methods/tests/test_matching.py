"""Names are found as written, as begun and as they sound, and nothing typed can break it."""

from unittest.mock import Mock

import pytest
from hypothesis import given
from hypothesis import strategies as st

from egenmakt.methods import matching
from egenmakt.methods.matching import NameIndex, Rank, fold, normalise, similarity, skeleton

ANYTHING = st.text(max_size=60) | st.text(
    "abcdehijkmnoyåäöéİß-'’. \u200f\u202e\x00🙂مح", max_size=20
)
HARD = [
    "",
    "   ",
    "\x00\x1f",
    "🙂👩‍👩‍👧",
    "\u202eמרים",
    "محمد",
    "\ud800",
    "ﷺ" * 300,
    "a " * 5000,
    "é" * 10_000,
]


def index(*people: str, seen: int = 0) -> NameIndex[str]:
    """Everybody under their own name."""
    made = NameIndex[str]()
    for name in people:
        made.put(name, names=[name], seen=seen)
    return made


def ids(made: NameIndex[str], query: str) -> list[str]:
    """Who is found, best first."""
    return [hit.id for hit in made.find(query).hits]


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Åsa", "  åSA "),
        ("Anna  Lena", "anna\tlena"),
        ("A\u030asa", "Åsa"),
        ("Straße", "STRASSE"),
        ("Kalle\u200b", "kalle"),
        ("Ｋａｌｌｅ", "kalle"),
    ],
)
def test_aliases_that_look_the_same_are_the_same(a: str, b: str) -> None:
    assert normalise(a) == normalise(b)


@pytest.mark.parametrize(("a", "b"), [("Åsa", "Asa"), ("Pär", "Par"), ("Kalle 1", "Kalle 2")])
def test_aliases_that_differ_in_a_letter_are_two(a: str, b: str) -> None:
    assert normalise(a) != normalise(b)


def test_a_search_minds_neither_accents_nor_punctuation() -> None:
    assert fold("Zoë O'Brien-Sjöström, Bjørn ß") == "zoe obrien sjostrom bjorn ss"
    assert fold("***") == "***"


@pytest.mark.parametrize(
    "spellings",
    [
        "Mohammed Muhamad Mohamed",
        "Yousef Josef Yusuf",
        "Elias Ilyas",
        "Sofia Sophia",
        "Qasim Kassim",
    ],
)
def test_spellings_of_one_name_share_their_bones(spellings: str) -> None:
    assert len({skeleton(name) for name in spellings.split()}) == 1


@given(ANYTHING, ANYTHING)
def test_likeness_is_the_same_both_ways_and_never_beyond_one(a: str, b: str) -> None:
    assert similarity(a, b) == similarity(b, a)
    assert 0 <= similarity(a, b) <= 1
    assert similarity(a, a) == 1


@given(ANYTHING)
def test_to_normalise_twice_is_to_normalise_once(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)


@given(st.lists(ANYTHING, unique_by=normalise, max_size=12), st.data())
def test_an_exact_name_is_always_found_first(names: list[str], data: st.DataObject) -> None:
    made = index(*(name for name in names if normalise(name)))
    for name in made._people:
        hit = made.find(name).hits[0]
        assert (hit.id, hit.rank, hit.score) == (name, Rank.SAME, 1)
    for name in data.draw(st.permutations(list(made._people))):
        made.drop(name)
    assert not made._alphabet
    assert not any(made._sharing.values())


@given(ANYTHING | st.sampled_from(HARD), ANYTHING | st.sampled_from(HARD))
def test_nothing_typed_breaks_a_search(name: str, query: str) -> None:
    found = index(name, "Anna").find(query)
    assert len(found.hits) <= found.total <= 2


@pytest.mark.parametrize("query", ["", "  ", "\u200f", "\n"])
def test_an_empty_query_finds_nobody(query: str) -> None:
    assert index("Anna").find(query).total == 0


def test_the_called_stand_before_the_begun_and_these_before_the_alike() -> None:
    made = index("Karina", "Carin", "Karin Ek", "Karin", "Bo")
    assert ids(made, "karin") == ["Karin", "Karin Ek", "Karina", "Carin"]
    ranks = [hit.rank for hit in made.find("karin").hits]
    assert ranks == [Rank.SAME, Rank.CALLED, Rank.BEGUN, Rank.ALIKE]


def test_an_accent_typed_tells_two_people_apart() -> None:
    made = index("Asa", "Åsa")
    assert ids(made, "Åsa") == ["Åsa", "Asa"]
    assert ids(made, "asa") == ["Asa", "Åsa"]


def test_among_equals_the_most_lately_seen_stands_first() -> None:
    made = NameIndex[int]()
    for key in (1, 3, 2):
        made.put(key, names=[f"Ali {key}"], seen=key)
    assert [hit.id for hit in made.find("ali").hits] == [3, 2, 1]


def test_three_letters_find_all_that_begin_so_and_nobody_else() -> None:
    begun = [f"Ana{letter}" for letter in "bcdefghijkl"]
    found = index(*begun, "Anna", "Hanna").find("ana")
    assert (len(found.hits), found.total) == (8, len(begun))
    assert {hit.rank for hit in found.hits} == {Rank.BEGUN}
    assert ids(index("Anna", "Bo"), "ana") == ["Anna"]


def test_beginnings_leave_the_alike_some_places() -> None:
    begun = [f"Aleksandr{letter * 2}" for letter in "abcdefghijkl"]
    found = index(*begun, "Alexander").find("aleksandr")
    assert [hit.id for hit in found.hits if hit.rank == Rank.ALIKE] == ["Alexander"]
    assert (len(found.hits), found.total) == (8, 13)


def test_anna_is_nearer_to_ana_than_to_hanna() -> None:
    assert similarity("Anna", "Ana") > similarity("Anna", "Hanna")
    assert ids(index("Hanna", "Ana", "Bertil"), "Anna")[0] == "Ana"


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("muhamad hasan", "Mohammed Hassan Ali"),
        ("hassan moh", "Mohammed Hassan"),
        ("annalena", "Anna-Lena Berg"),
        ("anna lena", "Annalena"),
        ("rosmarie", "Rose-Marie"),
        ("rose-marie", "Rosmarie"),
        ("svenson", "Eva Svensson"),
    ],
)
def test_a_name_in_several_words_is_found_by_any_of_them(query: str, name: str) -> None:
    assert ids(index("Bertil Ek", name, "Sara Lind"), query) == [name]


def test_both_words_must_fit() -> None:
    assert ids(index("Anna Ek", "Bo Berg"), "anna berg") == []


def test_a_new_name_takes_the_place_of_the_old() -> None:
    made = index("Anna")
    made.put("Anna", names=["Bertil", "Berra"])
    made.drop("nobody")
    assert (ids(made, "anna"), ids(made, "berra"), len(made)) == ([], ["Anna"], 1)


def test_a_search_compares_few_words_however_many_there_are(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    made = index(*(f"{a}{b}{c}anna" for a in "bdfghklm" for b in "aeiou" for c in "klmnprst"))
    count = Mock(wraps=matching.jaro_winkler_similarity)
    monkeypatch.setattr(matching, "jaro_winkler_similarity", count)
    made.find("bakana")
    assert len(made) > matching.COMPARED
    assert 0 < count.call_count <= 3 * matching.COMPARED + 3 * 8


def test_a_whole_name_stands_before_one_that_only_holds_it():
    index = NameIndex()
    for key, names in {
        "big": ["Stora Räven"],
        "whole": ["Räven"],
        "begun": ["Räven Röd"],
        "hidden": ["Tysta Ån", "Raven Alm"],
    }.items():
        index.put(key, names=names, seen=0 if key == "whole" else 9)
    assert [hit.id for hit in index.find("raven").hits] == ["whole", "begun", "hidden", "big"]
