"""Finds people by names and aliases, however they happen to be spelled today."""

import re
import unicodedata
from bisect import bisect_left, insort
from collections import Counter
from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache
from heapq import nsmallest
from typing import Generic, TypeVar

from jellyfish import jaro_winkler_similarity

K = TypeVar("K", bound=Hashable)

ALIKE = 0.82  # similarity from which a spelling is offered as one the person may have meant
W = 0.3
KEPT = 0
SHORT = 3  # letters up to which a query is a beginning and nothing else
LONGEST = 100  # letters compared: what comes after tells nobody apart, and comparing is quadratic
LAST = "\U0010ffff"  # sorts after every letter
COMPARED = 400  # words compared letter by letter for each word sought; the rest share too little

_INVISIBLE = {"Cc", "Cf", "Cs"}
_APOSTROPHES = "'’‘ʼʻ`´"
_PLAIN = str.maketrans(
    {"ø": "o", "đ": "d", "ð": "d", "ł": "l", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th"}
    | dict.fromkeys(_APOSTROPHES, "")
)
_SOUNDS = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"^(?:hj|dj|dzh|zh|[iyj](?=[aeiouy]))", "j"),
        (r"ph", "f"),
        (r"sch|sh|sj", "s"),
        (r"kh|gh|ck|ch|q", "k"),
        (r"c(?=[eiy])", "s"),
        (r"c", "k"),
        (r"x", "ks"),
        (r"z", "s"),
        (r"w", "v"),
        (r"dt|th|d$", "t"),
        (r"(?<=.)h", ""),
        (r"^[aeiouy]+", "A"),
        (r"[aeiouyj](?<!^j)", ""),
        (r"(.)\1+", r"\1"),
    )
)


def normalise(text: str) -> str:
    """The form in which two aliases are one alias: case, width and stray white space are gone.

    Å, ä, ö and every accent stay letters of their own: Åsa is not Asa. What cannot be seen
    (control and direction marks) never makes two names of one.
    """
    seen = "".join(c for c in text if c.isspace() or unicodedata.category(c) not in _INVISIBLE)
    folded = unicodedata.normalize("NFKC", seen).casefold()
    return " ".join(unicodedata.normalize("NFKC", folded).split())


def fold(text: str) -> str:
    """The form in which names are searched: also without diacritics and punctuation.

    Nobody at a door in a hurry types Zoë or O'Brien as written. Å becomes a, ø o, ß ss; a hyphen
    parts words, an apostrophe does not. Text of punctuation alone is kept as it stands.
    """
    name = normalise(text)[:LONGEST]
    letters = unicodedata.normalize("NFKD", name).translate(_PLAIN)
    bare = "".join(
        " " if kind.startswith("P") else c
        for c in letters
        if (kind := unicodedata.category(c)) != "Mn"
    )
    return " ".join(bare.split())[:LONGEST] or name


@lru_cache(maxsize=4096)
def skeleton(text: str) -> str:
    """The consonants of each word as they sound, for names carried between alphabets.

    Ph is f, kh and q are k, w is v, z is s, vowels and silent h are gone but for a mark (A) where a
    word begins with one: Mohammed and Muhamad are both ``mmt``, Yousef and Josef ``jsf``.
    """
    return " ".join(filter(None, map(_sound, fold(text).split())))


def similarity(a: str, b: str) -> float:
    """How alike two names are, 0 to 1; the same both ways, and 1 for names that fold alike.

    The greater of Jaro-Winkler on letters and .97 of it on skeletons: on 206 pairs of
    transliterated names F1 .95, where letters alone reach .92 and Soundex .77. Winkler (1990),
    "String comparator metrics and enhanced decision rules in the Fellegi-Sunter model".
    """
    first, second = sorted((_Spelling.of(fold(a)), _Spelling.of(fold(b))))
    return first.likeness(second)[0]


class Rank(IntEnum):
    """How a person was found, best first."""

    SAME = 0  # a whole name or alias, as written
    CALLED = 1  # every word sought is a word of theirs
    BEGUN = 2  # every word sought begins a word of theirs
    ALIKE = 3  # nothing but resemblance


@dataclass(frozen=True, slots=True)
class Hit(Generic[K]):
    """Somebody found: how, and how alike the closest of their names is, 0 to 1."""

    id: K
    score: float
    rank: Rank

    @property
    def exact(self) -> bool:
        """Whether they are called what was sought, as a whole name or in whole words."""
        return self.rank <= Rank.CALLED


@dataclass(frozen=True, slots=True)
class Found(Generic[K]):
    """The best hits, and how many people matched in all, so that a cut list can say so."""

    hits: tuple[Hit[K], ...]
    total: int


class NameIndex(Generic[K]):
    """People by their names, in memory, because the door cannot wait.

    Every word that somebody is called is held once. A search reads the words that begin as typed,
    then compares those that share most pairs of letters and sounds with what was typed.
    """

    def __init__(self) -> None:
        self._people: dict[K, _Person] = {}
        self._holders: dict[str, set[K]] = {}
        self._spellings: dict[str, _Spelling] = {}
        self._alphabet: list[str] = []
        self._sharing: dict[str, set[str]] = {}

    def __len__(self) -> int:
        return len(self._people)

    def put(self, key: K, *, names: Iterable[str], seen: int = 0) -> None:
        """Adds or replaces one person; ``seen`` is greater the more lately they were here."""
        self.drop(key)
        given = tuple(filter(None, map(normalise, names)))
        words = frozenset(word for name in given for word in _words(name))
        self._people[key] = _Person(given, words, seen)
        for word in words:
            if word not in self._holders:
                self._learn(word)
            self._holders[word].add(key)

    def drop(self, key: K) -> None:
        """Forgets a person, and each word that nobody else is called. Unknown keys are fine."""
        person = self._people.pop(key, None)
        for word in person.words if person else ():
            self._holders[word].remove(key)
            if not self._holders[word]:
                self._forget(word)

    def find(self, query: str, *, limit: int = 8) -> Found[K]:
        """The people that a query may mean: so called, then so begun, then alike.

        Among the called and the begun the most lately seen stand first; among the alike the most
        alike. Three letters or fewer are the beginning of a name: resemblance is tried only when
        nobody's begins so, lest it crowd people out. An empty query finds nobody.
        """
        sought = fold(query).split()
        ranks = self._begun(query, sought)
        likeness: dict[K, float] = {}
        if len(fold(query)) > SHORT or not ranks:
            likeness = {k: v for k, v in self._alike(sought).items() if k not in ranks}

        def order(key: K) -> tuple[float, ...]:
            person = self._people[key]
            if key in likeness:
                return Rank.ALIKE, -round(likeness[key], 2), -person.seen
            return ranks[key], -person.seen, min(map(len, person.names))

        kept = min(len(likeness), int(limit * KEPT))
        best = nsmallest(limit - kept, ranks, key=order)
        best += nsmallest(limit - len(best), likeness, key=order)
        hits = (Hit(key, self._score(query, key), ranks.get(key, Rank.ALIKE)) for key in best)
        return Found(tuple(hits), len(ranks) + len(likeness))

    def _begun(self, query: str, sought: list[str]) -> dict[K, Rank]:
        joined = "".join(sought)
        keys = set.intersection(*map(self._holding, sought)) if sought else set()
        keys |= self._holding(joined) if joined else set()
        name, words = normalise(query), set(sought)

        def rank(person: _Person) -> Rank:
            if name in person.names:
                return Rank.SAME
            called = words <= person.words or joined in person.words
            return Rank.CALLED if called else Rank.BEGUN

        return {key: rank(self._people[key]) for key in keys}

    def _holding(self, beginning: str) -> set[K]:
        return set().union(*(self._holders[word] for word in self._beginning(beginning)))

    def _beginning(self, text: str) -> list[str]:
        start = bisect_left(self._alphabet, text)
        end = bisect_left(self._alphabet, text + LAST, lo=start)
        return self._alphabet[start:end]

    def _alike(self, sought: list[str]) -> dict[K, float]:
        """Everybody whose words resemble those sought, on average; a word may be begun too."""
        sums: Counter[K] = Counter()
        for word in sought:
            likeness = self._like(word)
            if len(sought) > 1:
                likeness |= dict.fromkeys(self._beginning(word), 1.0)
            best: dict[K, float] = {}
            for other, value in likeness.items():
                for key in self._holders[other]:
                    best[key] = max(value, best.get(key, 0))
            sums.update(best)
        return {
            key: total / len(sought) for key, total in sums.items() if total >= ALIKE * len(sought)
        }

    def _like(self, word: str) -> dict[str, float]:
        """The known words that resemble a word, those with like letters ahead of like sounds."""
        spelling = _Spelling.of(word)
        shared: Counter[str] = Counter()
        for gram in spelling.grams():
            shared.update(self._sharing.get(gram, ()))
        likeness = {}
        for other, _ in shared.most_common(COMPARED):
            value, letters = spelling.likeness(self._spellings[other])
            if value >= ALIKE:
                likeness[other] = value + W * letters
        return likeness

    def _score(self, query: str, key: K) -> float:
        return max(similarity(query, name) for name in self._people[key].names)

    def _learn(self, word: str) -> None:
        spelling = _Spelling.of(word)
        self._holders[word] = set()
        self._spellings[word] = spelling
        insort(self._alphabet, word)
        for gram in spelling.grams():
            self._sharing.setdefault(gram, set()).add(word)

    def _forget(self, word: str) -> None:
        del self._holders[word]
        del self._alphabet[bisect_left(self._alphabet, word)]
        for gram in self._spellings.pop(word).grams():
            self._sharing[gram].remove(word)


@dataclass(frozen=True, slots=True)
class _Person:
    names: tuple[str, ...]
    words: frozenset[str]
    seen: int


@dataclass(frozen=True, slots=True, order=True)
class _Spelling:
    letters: str
    sound: str

    @classmethod
    def of(cls, folded: str) -> "_Spelling":
        return cls(folded, skeleton(folded))

    def likeness(self, other: "_Spelling") -> tuple[float, float]:
        """Similarity, and that of the letters alone."""
        letters = _jaro_winkler(self.letters, other.letters)
        return max(letters, 0.97 * _jaro_winkler(self.sound, other.sound)), letters

    def grams(self) -> set[str]:
        """Pairs of letters, and pairs of sounds in upper case to keep them apart."""
        letters, sound = f" {self.letters}", f" {self.sound.upper()} "
        return {text[i : i + 2] for text in (letters, sound) for i in range(len(text) - 1)}


def _jaro_winkler(a: str, b: str) -> float:
    """1 for equals, and the same both ways: the algorithm matches greedily from the first."""
    return 1.0 if a == b else jaro_winkler_similarity(*sorted((a, b)))


def _words(name: str) -> list[str]:
    """The words of a name as searched, and all of them as one: Anna-Lena is also annalena."""
    words = fold(name).split()
    return [*words, "".join(words)]


def _sound(word: str) -> str:
    for pattern, sound in _SOUNDS:
        word = pattern.sub(sound, word)
    return word
