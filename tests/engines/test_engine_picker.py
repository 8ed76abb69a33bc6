"""The choice of what paints, in the form: only where there is one."""

from __future__ import annotations

import thumbnb as tb
from tests.service.tools import until
from thumbnb.widgets.form.pickers.engine_picker import EnginePicker


def test_engines_are_offered_where_there_is_more_than_one(state, engine, connect):
    client = connect(engine())
    picker = EnginePicker(client)
    until(lambda: picker.cards, "The engines")
    assert [card["key"] for card in picker.cards] == ["compositor", "painter-1"]
    assert picker.visible
    picker.value = "compositor"
    assert picker.chosen == "compositor"


def test_one_engine_is_no_choice(connect):
    picker = EnginePicker(connect("compositor"))
    until(lambda: picker.cards, "The engine")
    assert not picker.visible


def test_a_form_gives_its_engine(state, engine, connect):
    client = connect(engine())
    form = tb.PromptForm(client, prompt="A red door", engine="compositor")
    assert form.brief()["engine"] == "compositor"
    code = form.code()
    assert 'tb.engines.OpenAIImages("painter-1"' in code
    assert 'engine="compositor"' in code
    assert "sk-secret" not in code
