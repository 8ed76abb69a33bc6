# /// script
# requires-python = ">=3.11"
# dependencies = [
#     "marimo>=0.23.14",
#     "thumbnb[vision,objects,tuning,export] @ git+https://github.com/OWNER/thumbnb",
# ]
# ///
# The tour as a marimo notebook: `marimo edit --sandbox marimo_tour.py`, or molab, installs what the
# lines above name.

import marimo

app = marimo.App(width="full", app_title="thumbnb in marimo")


@app.cell
def _():
    import marimo as mo
    import thumbnb as tb

    client = tb.connect()
    video = client.upload(tb.sample_video())
    mo.md("# thumbnb in marimo\n\nFrom a video to a thumbnail: no key, and no network.")
    return client, mo, tb, video


@app.cell
def _(mo):
    mo.md(
        """
        ## A frame

        Drag along the film; rest, and the very frame is there. `slider.value` is a value that
        other cells follow once the widget is `mo.ui.anywidget(slider)`.
        """
    )
    return


@app.cell
def _(tb, video):
    slider = tb.TimestampSlider(video, value=5.0)
    slider
    return (slider,)


@app.cell
def _(client, mo):
    results = client.generate("A red kite over the sea", title="FLY", preset="cinematic-film")
    mo.vstack([mo.md("## A prompt"), results[0].image])
    return (results,)


@app.cell
def _(client, mo, tb):
    sweep = tb.Sweep(client, prompt="{Excited|Calm} creator with a telescope", title="IT MOVED")
    run = sweep.run(budget=5)
    board = tb.SweepBoard(run)
    mo.vstack([mo.md("## Many variants, one budget"), board])
    return board, run


@app.cell
def _(mo, run, tb):
    duel = tb.DuelView(run.duel())
    mo.vstack([mo.md("## Which one would you click?"), duel])
    return (duel,)


@app.cell
def _(client, mo, tb, video):
    studio = tb.Studio(client, video=video)
    mo.vstack([mo.md("## All of it, step by step"), studio])
    return (studio,)


if __name__ == "__main__":
    app.run()
