"""The kinds of figure that pages, stories and links may name."""

# What stories may name. Forms and measures live further on, where their own modules make them; a test holds them equal.
FORMS = ("categories", "places", "series", "ranking", "groups", "norms", "tiles")
TOGETHER = ("groups", "norms")
MEASURES = ("AANTAL", "PER_MAAND", "PER_1000", "AANDEEL")
