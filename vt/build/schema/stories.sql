-- Ready stories: slides in an order that answer a question (data/catalogue/stories.yaml).
CREATE TABLE story (
    id TEXT PRIMARY KEY,
    title TEXT NOT NULL UNIQUE,
    question TEXT NOT NULL,
    meant_for TEXT NOT NULL CHECK (meant_for IN ('gemeente', 'regio', 'alle')),
    story_group TEXT NOT NULL, -- empty where it stands by itself
    position INTEGER NOT NULL
) STRICT;

-- One row per figure that can fill a slide; the lowest `alternative` that the sources can fill is used.
CREATE TABLE story_slide (
    story TEXT NOT NULL REFERENCES story,
    slide INTEGER NOT NULL,
    alternative INTEGER NOT NULL,
    spoken TEXT NOT NULL,
    measure TEXT, -- the name of one of vt/model/measures.py
    form TEXT NOT NULL,
    label TEXT NOT NULL,
    PRIMARY KEY (story, slide, alternative)
) STRICT, WITHOUT ROWID;

CREATE TABLE story_indicator (
    story TEXT NOT NULL,
    slide INTEGER NOT NULL,
    alternative INTEGER NOT NULL,
    position INTEGER NOT NULL,
    indicator TEXT NOT NULL REFERENCES indicator,
    PRIMARY KEY (story, slide, alternative, position),
    FOREIGN KEY (story, slide, alternative) REFERENCES story_slide
) STRICT, WITHOUT ROWID;
