"""Organisatie: complaints, data leaks, information given and staff of Veilig Thuis itself."""

from vt.web.page import show_heading
from vt.web.state import open_view
from vt.web.topic import find_topic, show_parts

view = open_view()
show_heading("Organisatie", "Hoeveel mensen werken er, en hoeveel klachten, datalekken en voorlichtingen zijn er?")
show_parts(view, *find_topic(view, "organisatie"))
