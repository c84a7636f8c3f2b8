from vt.web.page import show_heading, show_reports

show_heading("Bronnen", "Elk rapport, en elke tabel zoals zij gedrukt is.")
show_reports()
