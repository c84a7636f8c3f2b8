"""The page in marimo: a radio, a cell with four charts and a table. Served by `marimo run`."""

import marimo

app = marimo.App(width="full", app_title="Overdracht")


@app.cell
def _():  # noqa: ANN202
    import marimo as mo
    import pandas as pd
    from page import GEWELD, TITLE, charts, rows
    from vega import chart

    return GEWELD, TITLE, chart, charts, mo, pd, rows


@app.cell
def _(GEWELD, TITLE, mo):  # noqa: ANN001, ANN202, N803
    geweld = mo.ui.radio(list(GEWELD), value=GEWELD[0], inline=True, label="KM, HG of OM")
    mo.vstack([mo.md(f"# {TITLE}"), geweld])
    return (geweld,)


@app.cell
def _(chart, charts, geweld, mo, pd, rows):  # noqa: ANN001, ANN202
    found = charts(geweld.value)
    drawn = [chart(each) for each in found]
    mo.vstack([mo.hstack(drawn[:2]), mo.hstack(drawn[2:]), mo.plain(pd.DataFrame(rows(found)))])
    return


if __name__ == "__main__":
    app.run()
