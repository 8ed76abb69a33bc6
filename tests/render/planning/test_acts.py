"""What people do to something or somebody: their pose, where the thing is, the tool, the mark."""

from __future__ import annotations

import pytest

from thumbnb.render.brief import Brief
from thumbnb.render.planning.planner import plan
from thumbnb.render.prompt.parser import parse_prompt
from thumbnb.render.scene import Cutout, ObjectLayer, Streaks


def laid_out(prompt, preset="vlog-travel", title="LOOK"):
    layers = plan(Brief(prompt=prompt, title=title, preset=preset), 3).layers
    people = [x for x in layers if isinstance(x, Cutout)]
    things = {x.name: x for x in layers if isinstance(x, ObjectLayer)}
    return people, things, layers


@pytest.mark.parametrize(
    ("prompt", "act", "word"),
    [
        ("a man pushing a broken down car along a road", "push", "car"),
        ("a chef slicing a huge watermelon on a counter", "cut", "watermelon"),
        ("a boy hiding behind a sofa", "hide", "sofa"),
        ("a boxer punching another boxer in the face", "punch", "boxer"),
        ("an angry coach shouting at a football player", "shout", "player"),
        ("ein Mann schiebt ein Auto", "push", "Auto"),
        ("a chef pulling a pizza out of a flaming brick oven", "bake", "pizza"),
        ("a baker sliding bread into the oven", "bake", "bread"),
        ("a man pulling a car out of the mud", "pull", "car"),
        ("a baker pulling a tray of croissants out of the oven", "bake", "croissants"),
        ("a hunter aiming a rifle at a bear", "aim", "bear"),
        ("a man trapped under a tree", "under", "tree"),
        ("a kid hiding under a bed while a monster walks in", "under", "bed"),
    ],
)
def test_an_act_is_read_with_what_it_is_done_to(prompt, act, word):
    found = parse_prompt(prompt).act
    assert found is not None
    assert (found.name, found.word) == (act, word)


@pytest.mark.parametrize(
    "prompt",
    [
        "a man and a dog chasing a cat",
        "a woman pushing the limits of her phone",
        "a lion attacking a buffalo next to a man",
        "a soldier carrying on through smoke and an explosion",
    ],
)
def test_no_act_is_read_that_no_person_does(prompt):
    assert parse_prompt(prompt).act is None


@pytest.mark.parametrize(
    ("prompt", "pose"),
    [
        ("a man falling off a cliff", "fall"),
        ("a woman kneeling in the rain", "kneel"),
        ("a boy sitting on the floor of his room", "sit"),
        ("a knight lying on the ground", "lie"),
        ("a student asleep in class", "sleep"),
        ("a hiker walking through a forest", "walk"),
        ("a woman covering her nose in a kitchen", "nose"),
        ("an astronaut floating in space", "float"),
        ("a superhero flying over the city", "soar"),
        ("a man digging a hole in his backyard with a lantern", "dig"),
        ("a runner crossing the finish line, arms in the air", "finish"),
        ("a goalkeeper diving to save a ball", "dive"),
    ],
)
def test_a_move_is_a_pose(prompt, pose):
    people, _, _ = laid_out(prompt)
    assert people[0].figure.gesture == pose


@pytest.mark.parametrize(
    ("prompt", "thing", "pose", "tool"),
    [
        ("a man pushing a car on a road", "car", "push", ""),
        ("a chef slicing a watermelon in a kitchen", "watermelon", "cut", "knife"),
        ("a knight fighting a dragon", "dragon", "attack", "sword"),
        ("a mechanic repairing a motorcycle in a garage", "motorcycle", "work", "wrench"),
        ("a pirate digging up a treasure chest on a beach", "treasure-chest", "dig", "shovel"),
    ],
)
def test_what_is_acted_on_is_at_the_hands_of_who_does_it(prompt, thing, pose, tool):
    people, things, _ = laid_out(prompt)
    person, acted = people[0], things[thing]
    assert person.figure.gesture == pose
    assert abs(acted.at[0] - person.at[0]) < 640
    assert not tool or tool in things


@pytest.mark.parametrize("verb", ["throwing", "dropping"])
def test_lines_show_what_flies_or_falls(verb):
    people, things, layers = laid_out(f"a woman {verb} a pizza in a restaurant")
    assert things["pizza"].turn
    assert any(isinstance(x, Streaks) for x in layers)
    assert people[0].figure.gesture in {"throw", "drop"}


@pytest.mark.parametrize(
    ("prompt", "poses", "feels"),
    [
        ("a boxer punching another boxer", ["punch", "reel"], ["angry", "surprised"]),
        ("a coach shouting at a football player", ["shout", "cower"], ["angry", "worried"]),
        ("a man proposing to a woman on a bridge", ["kneel", "gasp"], ["happy", "surprised"]),
        ("a police officer arresting a thief", ["shout", "cower"], ["serious", "worried"]),
        ("a knight kneeling before a queen", ["kneel", "stand"], ["serious", None]),
        ("two knights fighting in a castle", ["attack", "attack"], ["angry", "angry"]),
    ],
)
def test_two_people_meet_face_to_face(prompt, poses, feels):
    people, _, _ = laid_out(prompt)
    assert [each.figure.gesture for each in people] == poses
    found = [each.figure.expression for each in people]
    assert all(mine in {None, its} for mine, its in zip(feels, found, strict=True))
    assert people[0].figure.reach == "right"
    assert people[1].figure.reach == "left"
    assert people[0].at[0] < people[1].at[0]


@pytest.mark.parametrize(
    ("prompt", "feels"),
    [
        ("a crying man in the rain", "crying"),
        ("a disgusted woman before a burger", "disgusted"),
        ("an evil clown in a park", "evil"),
        ("an exhausted runner on a track", "tired"),
    ],
)
def test_feelings_have_faces_of_their_own(prompt, feels):
    people, _, _ = laid_out(prompt)
    assert people[0].figure.expression == feels


def test_who_is_looked_at_by_the_camera_holds_none():
    _, things, _ = laid_out("an evil clown walking towards the camera in a park")
    assert not {"camera", "devil"} & set(things)


@pytest.mark.parametrize(
    ("prompt", "pose", "thing"),
    [
        ("a girl riding a white horse through a forest", "ride", "galloping-horse"),
        ("a king sitting on a golden throne", "perch", "throne"),
        ("a strong man lifting a car over his head", "raise", "car"),
    ],
)
def test_who_sits_on_something_or_holds_it_up_is_above_or_below_it(prompt, pose, thing):
    people, things, _ = laid_out(prompt)
    person, other = people[0], things[thing]
    assert person.figure.gesture == pose
    over = other.at[1] < person.at[1]
    assert over is (pose == "raise")
    assert abs(other.at[0] - person.at[0]) < 0.5 * other.height


def test_who_runs_has_what_they_hold_in_the_hand():
    people, things, _ = laid_out("a journalist running through a street, holding a camera")
    assert people[0].figure.gesture == "run"
    assert things["camera"].height < 2 * people[0].face_width


def test_who_does_it_is_named_before_the_verb():
    people, _, _ = laid_out("a husband in a kitchen while his wife throws plates at him")
    assert [each.figure.sex for each in people] == ["female", "male"]


def test_who_looks_on_stands_behind():
    people, things, _ = laid_out("Dad drops a birthday cake on the floor while the kids watch")
    *kids, dad = people
    assert len(kids) == 3
    assert dad.figure.gesture == "drop"
    assert {each.figure.gesture for each in kids} == {"gasp"}
    assert set(things) == {"birthday-cake"}


@pytest.mark.parametrize(
    ("prompt", "doer", "other"),
    [
        ("a lion attacking a zebra in the savanna", "lion", "zebra"),
        ("a dog chasing a cat in a garden", "puppy", "cat"),
        ("a cat knocking a vase off a table", "cat", "vase"),
    ],
)
def test_an_animal_leans_to_what_it_does_something_to(prompt, doer, other):
    _, things, _ = laid_out(prompt)
    assert things[doer].at[0] > things[other].at[0]
    assert things[doer].turn > 0
    assert things[other].turn


def test_somebody_is_carried_in_the_arms():
    people, _, _ = laid_out("a firefighter carrying a child out of a burning house")
    assert [each.figure.gesture for each in people] == ["carry", "lie"]
    assert people[1].face_width < people[0].face_width


def test_who_leans_against_something_is_not_compared_with_it():
    assert not parse_prompt("a man leaning against a car holding a suitcase").versus


@pytest.mark.parametrize(
    ("prompt", "pose", "number"),
    [
        ("three friends walking through a desert", "walk", 3),
        ("two kids jumping into a pool", "jump", 2),
    ],
)
def test_several_people_move_side_by_side(prompt, pose, number):
    people, _, _ = laid_out(prompt)
    assert [each.figure.gesture for each in people] == [pose] * number
    assert sorted(each.at[0] for each in people) == [each.at[0] for each in people]


def test_somebody_tiny_stands_whole_beside_what_is_giant():
    people, things, _ = laid_out("a tiny businessman in front of a giant piggy bank")
    person, bank = people[0], things["piggy-bank"]
    assert person.figure.gesture == "stand"
    assert 5.9 * person.face_width < bank.height
    assert person.ground


def test_words_beside_several_people_keep_off_their_bodies():
    brief = Brief(prompt="two wrestlers in a ring", title="SMACKDOWN", preset="free")
    scene = next(
        scene
        for scene in (plan(brief, seed) for seed in range(12))
        if scene.layout.startswith(("left", "right"))
    )
    people = [x for x in scene.layers if isinstance(x, Cutout)]
    left = min(each.at[0] - 0.9 * each.face_width for each in people)
    right = max(each.at[0] + 0.9 * each.face_width for each in people)
    ends = [(line.x, line.x + line.width) for line in scene.first("words").lines]
    assert all(end <= left + 12 or start >= right - 12 for start, end in ends)


def test_one_falls_while_others_laugh():
    people, _, _ = laid_out("a teenager falling off a skateboard, friends laughing")
    *friends, faller = people
    assert faller.figure.gesture == "fall"
    assert faller.figure.expression == "scared"
    assert {each.figure.expression for each in friends} == {"happy"}


def test_eyes_and_hands_of_somebody_are_no_things():
    _, things, _ = laid_out("a robot holding a heart in its hands, sad eyes")
    assert set(things) == {"robot", "heart"}


@pytest.mark.parametrize("who", ["a chef", "a pizza chef"])
def test_what_is_baked_is_on_a_peel_before_its_oven(who):
    _, things, _ = laid_out(f"{who} pulling a Neapolitan pizza out of a brick oven")
    assert {"pizza-peel", "pizza-oven"} == {*things}
    assert things["pizza-peel"].height < things["pizza-oven"].height
