"""Organisatie: complaints, data leaks, information given and staff of Veilig Thuis itself."""

from vt.web.page import show_heading, show_hidden_heading, show_topic
from vt.web.state import open_view

view = open_view()
show_heading("Organisatie", "Hoeveel mensen werken er, en hoeveel klachten, datalekken en voorlichtingen zijn er?")
show_hidden_heading("Mensen, klachten, datalekken en voorlichting")
show_topic(view, "organisatie")
