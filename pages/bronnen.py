from vt import web

web.heading("Bronnen", "Elk rapport, en elke tabel zoals zij gedrukt is.")
web.reports()
