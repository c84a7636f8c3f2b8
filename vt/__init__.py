"""The Veilig Thuis explorer: published figures, charted and traceable.

The rooms, from the ground up; each imports only from those above it in this list (import-linter, pyproject.toml):

    errors    what is wrong with data, said so that its writer can mend it
    model     what the words mean: periods, indicators, places, reports, claims, stories
    ingest    data/*.yaml -> model
    store     SQLite, read only
    audit     what can be proved of print: totals, claims, lost blanks
    build     YAML -> SQLite, with what is hidden of small numbers; the only writer
    figures   meaning: what the sources answer, as charts, tables and sentences
    render    a figure or deck -> HTML, pictures, files
    web       the only Streamlit
    cli       vt build, check, recover
    api       figures() and chart() for a notebook: from vt.api import chart, figures
"""
