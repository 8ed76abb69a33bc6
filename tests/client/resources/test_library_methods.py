"""Persons, presets, templates, prompt help, and a project kept: what is sent and returned."""

from __future__ import annotations

import pytest
from PIL import Image

from tests.client import stub
from tests.client.youthumb_stub import name_of, sent
from thumbnb import errors


def test_persons(client, state, tmp_path):
    face = Image.new("RGB", (30, 30), "pink")
    person = client.create_person("Mia", images=[face], description="smiles")
    assert sent(state, "/api/persons") == [
        {"name": "Mia", "description": "smiles", "imageIds": [name_of(101)]}
    ]
    client.create_project("a portrait", person=person)
    assert sent(state, "/api/thumbnails")[-1]["personId"] == person.id
    person.add_images([Image.new("RGB", (31, 30))])
    assert sent(state, f"/api/persons/{person.id}/images") == [{"imageIds": [name_of(102)]}]
    person.update(description="")
    assert sent(state, f"/api/persons/{person.id}", "PATCH") == [{"description": None}]
    person.set_default()
    person.remove_image("x")
    assert [p.id for p in client.persons()] == [person.id]
    assert client.person(person.id).name == "Mia"
    person.delete()


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (lambda c: c.create_person(""), "1 to 100"),
        (lambda c: c.create_person("x" * 101), "1 to 100"),
        (lambda c: c.create_person("Mia", description="x" * 501), "up to 500"),
        (lambda c: c.create_person("Mia", images=[b"x"] * 11), "1 to 10"),
    ],
)
def test_a_bad_person_is_refused(client, state, call, says):
    with pytest.raises(errors.InvalidInput, match=says):
        call(client)
    assert not state.requests


def test_the_catalogue(client, state, dialect):
    assert [p.key for p in client.presets()] == ["free"]
    assert [t.name for t in client.templates(featured=True)] == ["Neon"]
    assert state.requests[-1].url.params["isFeatured"] == "true"
    assert client.usage().credits == 10


def test_prompt_help(client, state):
    better = client.improve_prompt("a ballon", context={"custom_instruction": "shorter"})
    assert better == "a better one"
    assert sent(state, "/api/thumbnails/prompts/improve") == [
        {"prompt": "a ballon", "context": {"customInstruction": "shorter"}}
    ]
    client.prompt_from(client.templates()[0], language="fr")
    client.prompt_from(Image.new("RGB", (9, 9)))
    assert sent(state, "/api/thumbnails/prompts/from-reference") == [
        {"templateId": "t-1", "language": "fr"},
        {"imageUrl": f"{stub.BASE}/assets/1"},
    ]


def test_keeping(client, project, state):
    assert project.rename("better").name == "better"
    with pytest.raises(errors.InvalidInput, match="1 to 100"):
        project.rename("")
    project.favorite()
    project.favorite(on=False)
    project.trash()
    project.restore()
    assert [p.id for p in client.projects(search="x", favorite=True)] == [project.id]
    assert client.project(project.id).id == project.id
    assert client.trash() == []
    assert len(client.results()) == 1
    lines = [f"{r.method} {r.url.path.removeprefix('/api')}" for r in state.requests]
    assert f"PUT /thumbnails/{project.id}/favorite" in lines
    assert f"DELETE /thumbnails/{project.id}" in lines
    assert f"POST /thumbnails/{project.id}/restore" in lines
