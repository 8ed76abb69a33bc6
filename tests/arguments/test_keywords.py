"""The keywords that editors complete are those that are taken."""

from __future__ import annotations

import inspect

from thumbnb.briefs import AdvancedOptions, OptionsDict
from thumbnb.client.client import Client
from thumbnb.client.purchases.draft_request import StartKeywords
from thumbnb.client.resources.project import Project
from thumbnb.tuning.sweep import Sweep, SweepFields


def keywords(function) -> set[str]:
    return set(inspect.signature(function).parameters) - {"self"}


def test_options_may_be_a_mapping_of_the_same_names():
    assert set(OptionsDict.__annotations__) == set(AdvancedOptions.model_fields)


def test_a_start_takes_what_a_generation_takes():
    assert set(StartKeywords.__annotations__) == keywords(Project.generate)


def test_a_sweep_takes_the_fields_of_a_brief():
    own = keywords(Sweep.__init__) | {"name"}  # a cell's project has none of its own
    assert set(SweepFields.__annotations__) == keywords(Client.create_project) - own
