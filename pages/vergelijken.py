from vt.web.page import show_comparison, show_heading

show_heading("Vergelijken", "Hoe verhoudt een gemeente zich tot andere gemeenten, haar regio en Nederland?")
show_comparison()
