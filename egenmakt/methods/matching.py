"""Finds people by names and aliases, however they happen to be spelled today."""

import re
import unicodedata
from bisect import bisect_left, insort
from collections import Counter
from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from enum import IntEnum
from heapq import nsmallest
from typing import Generic, TypeVar

from jellyfish import jaro_winkler_similarity

K = TypeVar("K", bound=Hashable)

ALIKE = 0.85  # similarity from which a name is offered as one that may have been meant
HEARD = 0.3  # what sounding the same adds when the alike are ordered
KEPT = 0.4  # share of the places left by those so called that beginnings leave to the alike
SHORT = 3  # letters up to which a query is a beginning and nothing else
LONGEST = 100  # letters compared: what comes after tells nobody apart, and comparing is quadratic
WORDS = 5  # of a query are sought: nobody types more, and each costs a search
COMPARED = 200  # words compared letter by letter for each word sought; the rest share too little

_LAST = "\U0010ffff"  # sorts after every letter
_INVISIBLE = {"Cc", "Cf", "Cs"}
_PLAIN = str.maketrans(
    {"ø": "o", "đ": "d", "ð": "d", "ł": "l", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th"}
    | dict.fromkeys("'’‘ʼʻ`´", "")
)
_Rules = tuple[tuple[re.Pattern[str], str], ...]
_AS_HEARD: _Rules = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"^kh", "h"),
        (r"^(?:hj|dj|dzh|zh|[iyj](?=[aeiouy]))", "j"),
        (r"ph|w|v", "f"),
        (r"sch|sh|sj", "s"),
        (r"kh|gh|ck|ch|q", "k"),
        (r"c(?=[eiy])", "s"),
        (r"c", "k"),
        (r"x", "ks"),
        (r"z", "s"),
        (r"dt|th|d$", "t"),
        (r"(?<=[^aeiouy])h|(?<=.)h$|(?<=.)h(?=n)", ""),
        (r"(?<=.)[yj]", "i"),
        (r"(.)\1+", r"\1"),
    )
)
_TO_THE_BONE: _Rules = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"^[aeiouy]+", "A"),
        (r"(?<=.)(?:[ao]|eh)$", "A"),
        (r"[aeiouy]", ""),
        (r"(.)\1+", r"\1"),
    )
)


def normalise(text: str) -> str:
    """The form in which two aliases are one alias: case, width and stray white space are gone.

    Å, ä, ö and every accent stay letters of their own: Åsa is not Asa. What cannot be seen
    (control and direction marks) never makes two names of one.
    """
    visible = "".join(c for c in text if c.isspace() or unicodedata.category(c) not in _INVISIBLE)
    lower = unicodedata.normalize("NFKC", visible).casefold()
    return " ".join(unicodedata.normalize("NFKC", lower).split())


def fold(text: str) -> str:
    """The form in which names are searched: also without diacritics and punctuation.

    Nobody in a hurry types Zoë or O'Brien as written. Å becomes a, ø o, ß ss; a hyphen parts
    words, an apostrophe does not. Punctuation alone is kept, and so stays findable.
    """
    name = normalise(text)[:LONGEST]
    letters = unicodedata.normalize("NFKD", name).translate(_PLAIN)
    kinds = ((letter, unicodedata.category(letter)) for letter in letters)
    bare = "".join(" " if kind[0] == "P" else letter for letter, kind in kinds if kind != "Mn")
    return " ".join(bare.split())[:LONGEST] or name


def skeleton(text: str) -> str:
    """The consonants of each word as they sound, for names carried between alphabets.

    Ph, v and w are f, kh and q are k, z is s; vowels and silent h are gone, but for a mark (A) of
    one that a word begins with, and of an a or o that it ends with: Elias and Ilyas are ``Als``.
    """
    return _Spelling.of(fold(text)).bones


def similarity(a: str, b: str) -> float:
    """How alike two names are, 0 to 1: the same both ways, and 1 for names that fold alike.

    The greater of Jaro-Winkler on letters and .97 of it on skeletons: on 206 pairs of
    transliterated names F1 .95, where letters alone reach .92 and Soundex .77. Winkler (1990),
    "String comparator metrics and enhanced decision rules in the Fellegi-Sunter model".
    """
    return _Spelling.of(fold(a)).likeness(_Spelling.of(fold(b)))


class Rank(IntEnum):
    """How somebody was found, best first."""

    SAME = 0  # a whole name or alias is what was sought
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
        self._sharing: dict[str, dict[str, None]] = {}

    def __len__(self) -> int:
        return len(self._people)

    def put(self, key: K, *, names: Iterable[str], seen: int = 0) -> None:
        """Adds or replaces one person; ``seen`` is greater the more lately they were here."""
        self.drop(key)
        given = tuple(filter(None, map(normalise, names)))
        words = frozenset(word for name in given for word in _words(name))
        self._people[key] = _Person(given, tuple(map(fold, given)), words, seen)
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

        Among the called and the begun those come first whose whole name it is, then whose name
        begins so, then whoever was most lately seen; among the alike the most alike. Beginnings
        leave the alike some places, since a name may be typed to its end and spelled in another
        way. Three letters or fewer are a beginning: resemblance is tried only when nobody's name
        begins so, lest it crowd people out. An empty query finds nobody.
        """
        sought = fold(query).split()[:WORDS]
        ranks = self._called_or_begun(query, sought)
        alike: dict[K, float] = {}
        if len(fold(query)) > SHORT or not ranks:
            alike = {k: value for k, value in self._alike(sought).items() if k not in ranks}
        called = sum(rank <= Rank.CALLED for rank in ranks.values())
        kept = min(len(alike), int(max(limit - called, 0) * KEPT))

        begun = " ".join(sought)

        def lately(key: K) -> tuple[Rank, int, int, int, tuple[str, ...]]:
            person = self._people[key]
            nearest, which = person.nearness(begun)
            return ranks[key], nearest, which, -person.seen, person.names

        def likely(key: K) -> tuple[float, int, tuple[str, ...]]:
            return -round(alike[key], 2), -self._people[key].seen, self._people[key].names

        best = nsmallest(limit - kept, ranks, key=lately)
        best += nsmallest(limit - len(best), alike, key=likely)
        hits = (Hit(key, self._score(query, key), ranks.get(key, Rank.ALIKE)) for key in best)
        return Found(tuple(hits), len(ranks) + len(alike))

    def _called_or_begun(self, query: str, sought: list[str]) -> dict[K, Rank]:
        if not sought:
            return {}
        joined, name, words = "".join(sought), normalise(query), set(sought)
        keys = set.intersection(*map(self._begun, sought)) | self._begun(joined)

        def rank(person: _Person) -> Rank:
            if name in person.names:
                return Rank.SAME
            called = words <= person.words or joined in person.words
            return Rank.CALLED if called else Rank.BEGUN

        return {key: rank(self._people[key]) for key in keys}

    def _begun(self, beginning: str) -> set[K]:
        return set().union(*(self._holders[word] for word in self._beginning(beginning)))

    def _beginning(self, text: str) -> list[str]:
        start = bisect_left(self._alphabet, text)
        return self._alphabet[start : bisect_left(self._alphabet, text + _LAST, lo=start)]

    def _alike(self, sought: list[str]) -> dict[K, float]:
        """Everybody whose words, on average, resemble those sought; one of several may be begun."""
        sums: Counter[K] = Counter()
        for word in sought:
            likeness = self._like(word)
            if len(sought) > 1:
                likeness = dict.fromkeys(self._beginning(word), 1.0) | likeness
            sums.update(self._best(likeness))
        means = {key: total / len(sought) for key, total in sums.items()}
        enough = {key: mean for key, mean in means.items() if mean >= ALIKE}
        return self._best(self._like_joined(sought)) | enough

    def _like_joined(self, sought: list[str]) -> dict[str, float]:
        """Words with the bones of several in one: Rosmarie for Rose-Marie."""
        joined = "".join(sought)
        likeness = self._like(joined) if len(sought) > 1 else {}
        bones = skeleton(joined)
        return {w: value for w, value in likeness.items() if self._spellings[w].bones == bones}

    def _best(self, likeness: dict[str, float]) -> dict[K, float]:
        """The value of the best of each person's words."""
        ascending = sorted(likeness, key=likeness.__getitem__)
        return {key: likeness[word] for word in ascending for key in self._holders[word]}

    def _like(self, word: str) -> dict[str, float]:
        """The known words that resemble a word: similarity, and a part for sounding alike."""
        spelling = _Spelling.of(word)
        shared: Counter[str] = Counter()
        for gram in spelling.grams():
            shared.update(self._sharing.get(gram, {}).keys())
        others = (self._spellings[other] for other, _ in shared.most_common(COMPARED))
        return {
            other.letters: value + HEARD * _jaro_winkler(spelling.heard, other.heard)
            for other in others
            if (value := spelling.likeness(other)) >= ALIKE
        }

    def _score(self, query: str, key: K) -> float:
        return max(similarity(query, name) for name in self._people[key].names)

    def _learn(self, word: str) -> None:
        self._holders[word] = set()
        self._spellings[word] = _Spelling.of(word)
        insort(self._alphabet, word)
        for gram in self._spellings[word].grams():
            self._sharing.setdefault(gram, {})[word] = None

    def _forget(self, word: str) -> None:
        del self._holders[word]
        del self._alphabet[bisect_left(self._alphabet, word)]
        for gram in self._spellings.pop(word).grams():
            del self._sharing[gram][word]


@dataclass(frozen=True, slots=True)
class _Person:
    names: tuple[str, ...]
    folded: tuple[str, ...]
    words: frozenset[str]
    seen: int

    def nearness(self, query: str) -> tuple[int, int]:
        """How near the folded query comes to a whole name, and which of the names: less is more."""
        return min(
            (0 if name == query else 1 if name.startswith(query) else 2, which)
            for which, name in enumerate(self.folded)
        )


@dataclass(frozen=True, slots=True)
class _Spelling:
    """A folded name as written, as heard, and its bones alone."""

    letters: str
    heard: str
    bones: str

    @classmethod
    def of(cls, folded: str) -> "_Spelling":
        heard = [_rewritten(word, rules=_AS_HEARD) for word in folded.split()]
        bones = [_rewritten(word, rules=_TO_THE_BONE) for word in heard]
        return cls(folded, " ".join(filter(None, heard)), " ".join(filter(None, bones)))

    def likeness(self, other: "_Spelling") -> float:
        letters = _jaro_winkler(self.letters, other.letters)
        return max(letters, 0.97 * _jaro_winkler(self.bones, other.bones))

    def grams(self) -> list[str]:
        """Pairs of letters, and pairs of bones in upper case to keep them apart."""
        letters, bones = f" {self.letters}", f" {self.bones.upper()} "
        pairs = (text[i : i + 2] for text in (letters, bones) for i in range(len(text) - 1))
        return list(dict.fromkeys(pairs))


def _jaro_winkler(a: str, b: str) -> float:
    """1 for equals, and the same both ways, though the algorithm matches greedily."""
    return 1.0 if a == b else jaro_winkler_similarity(min(a, b), max(a, b))


def _words(name: str) -> list[str]:
    """The words of a name as searched, and all of them as one: Anna-Lena is also annalena."""
    words = fold(name).split()
    return [*words, "".join(words)]


def _rewritten(word: str, *, rules: _Rules) -> str:
    for pattern, sound in rules:
        word = pattern.sub(sound, word)
    return word
