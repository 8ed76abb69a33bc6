"""People drawn look where the prompt says, take its poses, and read as who they are."""

from __future__ import annotations

from typing import get_args

import pytest

from thumbnb.render.brief import Brief
from thumbnb.render.figures import GESTURES, draw_figure
from thumbnb.render.figures.wardrobe.garments import GARMENTS
from thumbnb.render.planning.planner import plan_with_report
from thumbnb.render.prompt.people.poses import find_pose
from thumbnb.render.scene import Cutout, Figure, ObjectLayer


def laid_out(prompt: str, preset: str = "dramatic-intense", seed: int = 1):
    brief = Brief(prompt=prompt, preset=preset, title="A title")
    scene, report = plan_with_report(brief, seed=seed, variation=0)
    people = [layer for layer in scene.layers if isinstance(layer, Cutout) and layer.figure]
    things = [layer for layer in scene.layers if isinstance(layer, ObjectLayer)]
    return people, things, report


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize(
    "prompt",
    [
        "a worried man looking at a falling stock chart",
        "a boy watching a volcano in the kitchen",
        "a shocked woman in front of a dragon",
    ],
)
def test_eyes_and_face_are_on_what_is_looked_at(prompt, seed):
    (person,), things, _ = laid_out(prompt, seed=seed)
    beside = max(things, key=lambda thing: thing.height)
    way = 1 if beside.at[0] > person.at[0] else -1
    assert person.figure.turn * way > 0.5
    assert person.figure.gaze[0] * way > 0.5


def test_who_speaks_to_the_camera_looks_at_it():
    (person,), _, _ = laid_out("a worried man looking at the camera next to a falling stock chart")
    assert abs(person.figure.gaze[0]) < 0.3


def test_two_rivals_look_at_each_other():
    (left, right), _, _ = laid_out("a cowboy versus a samurai")
    assert left.figure.gaze[0] > 0.5
    assert right.figure.gaze[0] < -0.5


@pytest.mark.parametrize(
    ("prompt", "pose"),
    [
        ("a woman giving a thumbs up in a kitchen", "thumb"),
        ("un hombre con los brazos cruzados", "crossed"),
        ("ein nachdenklicher Mann, er denkt nach", "think"),
        ("une femme hausse les epaules", "shrug"),
        ("uma mulher acenando na praia", "wave"),
        ("a man facepalming in an office", "facepalm"),
        ("a man with his hands on his head", "head"),
    ],
)
def test_a_pose_is_taken_that_the_prompt_says(prompt, pose):
    people, _, report = laid_out(prompt)
    assert people[0].figure.gesture == pose
    assert not any("Nothing can be drawn" in note.reason for note in report.treatments)


@pytest.mark.parametrize("gesture", GESTURES)
def test_every_pose_is_drawn_with_its_hands_on_the_sheet(gesture):
    assert gesture in get_args(Figure.model_fields["gesture"].annotation)
    image, _ = draw_figure(Figure(gesture=gesture), 120)
    left, top, right, _ = image.getchannel("A").point(lambda v: 255 if v > 60 else 0).getbbox()
    assert left > 0
    assert top > 0
    assert right < 120


@pytest.mark.parametrize(
    "prompt",
    [
        "a man in a kitchen with a box of thumbtacks",
        "a woman showing an app on the phone",
        "an athlete on the podium with a medal",
        "a marketer driving traffic to a website",
        "a man unboxing a phone",
    ],
)
def test_no_pose_is_found_where_none_is_said(prompt):
    assert not find_pose(prompt)


def test_before_and_after_show_another_body():
    prompt = "skinny guy turns into a muscular bodybuilder, gym background"
    (before, after), things, _ = laid_out(prompt, "before-after")
    assert (before.figure.physique, after.figure.physique) == ("thin", "muscular")
    assert (before.figure.skin, before.figure.beard) == (after.figure.skin, after.figure.beard)
    assert not things
    wide = [
        draw_figure(layer.figure, 160)[0].getchannel("A").histogram()[255]
        for layer in (before, after)
    ]
    assert wide[1] > wide[0] * 1.1


@pytest.mark.parametrize(
    ("prompt", "sex"),
    [
        ("a Roman soldier in front of the Colosseum", "male"),
        ("a nurse in a hospital", "female"),
        ("a chef in her kitchen", "female"),
        ("a chef in his kitchen", "male"),
        ("a female soldier in the desert", "female"),
        ("a wizard in a forest", "male"),
    ],
)
def test_people_read_as_the_prompt_says_or_their_role(prompt, sex):
    (person,), _, _ = laid_out(prompt)
    assert person.figure.sex == sex


def test_what_is_said_of_hair_and_beards_is_drawn():
    (person,), _, report = laid_out("a bald bearded man in a forest")
    assert (person.figure.beard, person.figure.sex) == ("full", "male")
    (woman,), _, _ = laid_out("a blonde woman in a forest")
    assert (woman.figure.hair, woman.figure.beard) == (3, "")
    assert not any("bearded" in note.reason for note in report.treatments)


def test_people_are_not_all_in_hoodies():
    worn = {laid_out("a man in a city", seed=seed)[0][0].figure.garment for seed in range(12)}
    assert len(worn) > 3
    assert {*get_args(Figure.model_fields["garment"].annotation)} == {*GARMENTS}


def test_a_dress_said_is_worn():
    (person,), _, _ = laid_out("a woman in a red dress on a beach")
    assert person.figure.garment == "dress"


@pytest.mark.parametrize(
    ("prompt", "pose", "absent"),
    [
        ("a man typing on a laptop at his desk", "type", "laptop"),
        ("a woman driving a red car in a city", "drive", "steering-wheel"),
        ("a bearded hiker taking a selfie with a phone", "selfie", "phone"),
        ("a man talking on the phone in an office", "call", "phone"),
        ("a politician speaking at a podium with flags", "speak", "podium"),
    ],
)
def test_what_a_pose_has_at_hand_is_drawn_once(prompt, pose, absent):
    (person,), things, report = laid_out(prompt)
    assert person.figure.gesture == pose
    assert absent not in [thing.name for thing in things]
    assert not any(absent in note.reason for note in report.treatments if note.outcome == "ignored")


def test_an_anchor_of_news_is_somebody():
    (person,), things, _ = laid_out("news anchor pointing at a world map")
    assert person.figure.clothes == "professional"
    assert "anchor" not in [thing.name for thing in things]


def test_two_at_the_same_work_feel_what_is_usual_there():
    people, _, _ = laid_out("police officer chasing a thief in the city", "vlog-travel")
    assert {layer.figure.expression for layer in people} == {"serious", "worried"}


@pytest.mark.parametrize(
    ("prompt", "pose"),
    [
        ("a woman doing a yoga tree pose on a cliff", "tree"),
        ("ein Mann meditiert im Wald", "lotus"),
        ("a kid jumping on a beach", "jump"),
        ("un hombre corriendo en la playa", "run"),
        ("a surfer riding a big wave", "surf"),
        ("a kid on a skateboard in a park", "skate"),
    ],
)
def test_the_feet_of_who_is_seen_whole_are_in_the_image(prompt, pose):
    (person,), _, _ = laid_out(prompt)
    assert person.figure.gesture == pose
    image, (_, y, width, height) = draw_figure(person.figure, 120)
    lowest = image.getchannel("A").point(lambda v: 255 if v > 60 else 0).getbbox()[3]
    below = (lowest - y - height / 2) / width
    assert 300 < person.at[1] + below * person.face_width < 720
    assert person.at[1] > person.face_width  # nor is the head cut off


def test_who_flees_runs_away_and_looks_back():
    (person,), things, _ = laid_out("a scared man running from a bear in the forest")
    bear = next(thing for thing in things if thing.name == "bear")
    assert person.figure.reach == ("left" if bear.at[0] > person.at[0] else "right")
    assert person.figure.gaze[0] * (bear.at[0] - person.at[0]) > 0


def test_what_is_hugged_is_in_both_arms():
    (person,), things, _ = laid_out("a girl hugging a puppy in a garden")
    (puppy,) = [thing for thing in things if thing.name == "puppy"]
    assert abs(puppy.at[0] - person.at[0]) < 0.2 * person.face_width
    assert puppy.at[1] > person.at[1]


def test_a_family_is_grown_ups_and_children():
    people, _, _ = laid_out("a family of four in front of a house")
    assert [layer.figure.young for layer in people] == [False, False, True, True]


@pytest.mark.parametrize(
    ("said", "name"), [("a guitar", "guitar"), ("an electric guitar", "electric-guitar")]
)
def test_a_guitar_played_lies_before_the_chest(said, name):
    (person,), things, _ = laid_out(f"a girl playing {said} in her bedroom")
    (guitar,) = [thing for thing in things if thing.name == name]
    assert person.figure.gesture == "strum"
    assert abs(guitar.at[0] - person.at[0]) < 0.5 * person.face_width


def test_of_two_against_each_other_each_has_their_own_body():
    (weak, strong), _, _ = laid_out("weak boy vs strong bodybuilder")
    assert (weak.figure.physique, strong.figure.physique) == ("thin", "muscular")


def test_who_is_shouted_at_is_not_angry():
    people, _, _ = laid_out("angry boss shouting at an employee in the office")
    assert [layer.figure.expression for layer in people] == ["angry", "worried"]


def test_who_is_feared_is_there_and_not_frightened():
    people, _, _ = laid_out("a kid scared of a clown in a bedroom")
    assert [layer.figure.expression for layer in people] == ["scared", "confident"]
    assert people[1].figure.clothes == "clown"


@pytest.mark.parametrize("prompt", ["a dad with his son in a garden", "a mother and her daughter"])
def test_a_son_or_daughter_beside_a_parent_is_a_child(prompt):
    people, _, _ = laid_out(prompt)
    assert [layer.figure.young for layer in people] == [False, True]


@pytest.mark.parametrize(
    ("prompt", "feelings"),
    [
        ("a lawyer whispering to a crying celebrity in a courtroom", {"serious", "crying"}),
        ("a realtor shows a tiny apartment to a shocked couple", {"happy", "surprised"}),
        ("a job interview, the candidate nervous, the interviewer laughing", {"worried", "happy"}),
        ("a happy couple with a key", {"happy"}),
    ],
)
def test_each_feels_what_is_said_of_them(prompt, feelings):
    people, _, _ = laid_out(prompt)
    assert {layer.figure.expression for layer in people} == feelings
