"""JavaScript files joined into one module: order, names, and what is refused."""

from __future__ import annotations

import pytest

from thumbnb.widgets.core import es_modules


@pytest.fixture
def write(tmp_path):
    def write(**files):
        for name, text in files.items():
            (tmp_path / f"{name}.js").write_text(text)
        return tmp_path

    return write


def test_a_file_comes_after_what_it_imports_and_once(write):
    folder = write(
        a='import { b } from "./b.js";\nimport { c } from "./c.js";\nexport default b + c;\n',
        b='import { c } from "./c.js";\nexport const b = c;\n',
        c="export const c = 1;\n",
    )
    order = es_modules.module_order([folder / "a.js"])
    assert [path.name for path in order] == ["c.js", "b.js", "a.js"]


def test_relative_import_resolves_from_the_importing_file(write, tmp_path):
    (tmp_path / "inner").mkdir()
    (tmp_path / "inner" / "deep.js").write_text('import { a } from "../a.js";\nexport default a;\n')
    folder = write(a="export const a = 1;\n", top='import { a } from "./inner/../a.js";\n')
    order = es_modules.module_order([folder / "inner/deep.js", folder / "top.js"])
    assert [path.name for path in order] == ["a.js", "deep.js", "top.js"]


@pytest.mark.parametrize(
    ("files", "words"),
    [
        ({"a": 'import { a } from "./a.js";\nexport const a = 1;'}, "circle: a.js -> a.js"),
        (
            {
                "a": 'import { b } from "./b.js";\nexport const a = 1;',
                "b": 'import { c } from "./c.js";\nexport const b = 1;',
                "c": 'import { b } from "./b.js";\nexport const c = 1;',
            },
            "circle: b.js -> c.js -> b.js",
        ),
        (
            {"a": 'import { b } from "./b.js";', "b": "export const c = 1;"},
            "imports b, not of b.js",
        ),
        ({"a": 'import { b } from "./b.js";', "b": "const b = 1;"}, "imports b, not of b.js"),
        ({"a": 'import { b } from "./b.js";'}, "b.js can't be read"),
        ({"a": 'import * as b from "./b.js";'}, "a.js: this is not read: import *"),
        ({"a": 'import { b } from "https://b.example/b.js";'}, "this is not read"),
        ({"a": 'import b from "./b.js";'}, "this is not read"),
        ({"a": 'export * from "./b.js";'}, "this is not read"),
        ({"a": "export let a = 1;"}, "this is not read: export let"),
        ({"a": "const a = 1;\nexport { a };"}, "this is not read"),
    ],
)
def test_what_cannot_be_joined_is_refused_with_the_reason(write, files, words):
    with pytest.raises(es_modules.ModuleError, match=words.replace("*", r"\*")):
        es_modules.joined([write(**files) / "a.js"])


def test_comments_and_indents_are_left_out_and_words_are_not(write):
    folder = write(
        a='// import { gone } from "./nowhere.js";\n/**\n * export let gone\n */\n'
        'export default {\n  // why\n  words: "// kept",\n  address: "a/*b*/c", // why so\n'
        '  link: "{ // kept too",\n  cast: /** @type {string} */ (x), // it\'s kept\n};\n'
    )
    text = es_modules.joined([folder / "a.js"])
    assert "gone" not in text
    assert "why" not in text
    assert (
        'words: "// kept",\naddress: "a/*b*/c",\nlink: "{ // kept too",\ncast: (x), // it' in text
    )


def test_an_import_may_take_several_lines_and_other_names(write):
    folder = write(
        a='import {\n  one,\n  two as other,\n} from "./b.js";\nexport default one + other;\n',
        b="export const one = 1;\nexport async function two() {}\n",
    )
    text = es_modules.joined([folder / "a.js"])
    assert "const { one, two: other } = m0;" in text
