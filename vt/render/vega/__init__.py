"""The forms that a chart can take in Vega-Lite: a module each."""
