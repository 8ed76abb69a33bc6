"""Joined modules are run by a browser: each file has its own names, as in real modules."""

from __future__ import annotations

from playwright.sync_api import expect

from thumbnb.widgets.core import es_modules

FILES = {
    "shared": """
        let calls = 0;
        export function name() { calls += 1; return `shared ${calls}`; }
        export class Box { constructor(value) { this.value = value; } }
        export async function later() { return "later"; }
        export function* count() { yield 1; yield 2; }
    """,
    "left": """
        import { name as other, Box } from "./shared.js";
        const save = "left";
        function name() { return `${save} ${new Box(7).value} ${other()}`; }
        export const left = () => name();
    """,
    "entry": """
        import { left } from "./left.js";
        import { name, later, count } from "./shared.js";
        const save = "entry";
        export const helper = () => save;
        export default {
          async render({ el }) {
            const words = [left(), name(), save, await later(), [...count()].join("+")];
            el.append(document.createTextNode(words.join(" | ")));
          },
        };
    """,
    "beside": """
        export function besides() { return "beside"; }
    """,
}


def test_each_file_keeps_its_own_names_and_shares_one_state(blank, tmp_path):
    for name, text in FILES.items():
        lines = (line.strip() for line in text.splitlines())
        (tmp_path / f"{name}.js").write_text("\n".join(lines))
    text = es_modules.joined([tmp_path / "beside.js", tmp_path / "entry.js"])
    page = blank.mount(text)
    expect(page.locator("main")).to_have_text("left 7 shared 1 | shared 2 | entry | later | 1+2")
    exports = page.evaluate(
        """async (text) => {
            const blob = new Blob([text], { type: "text/javascript" });
            const module = await import(URL.createObjectURL(blob));
            return [Object.keys(module).sort(), module.besides(), module.helper()];
        }""",
        text,
    )
    assert exports == [["besides", "default", "helper"], "beside", "entry"]
