"""The Veilig Thuis explorer: published figures, charted and traceable.

The rooms, from the ground up; each imports only from those above it in this list, of two on one line neither from the
other (import-linter, pyproject.toml):

    errors            what is wrong with data, said so that its writer can mend it
    model             what the words mean: periods, indicators, places, reports, claims, stories
    ingest | store    data/*.yaml -> model; SQLite, read only
    audit             what can be proved of print: totals, claims, lost blanks
    build | figures   model -> SQLite, the only writer; what the sources answer, as charts, tables and sentences
    render            a figure or deck -> HTML, pictures, files
    importer          a document -> a report that ingest reads
    web | cli | api   the only Streamlit; the command `vt`; figures() and chart() for a notebook
"""
