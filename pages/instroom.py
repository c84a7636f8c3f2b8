from vt.web.page import show_categories, show_heading, show_places, show_section, show_series

show_heading("Instroom", "Hoeveel meldingen en adviesvragen komen er binnen, en hoe vaak is er direct gevaar?")
show_section("Meldingen en advies")
show_places("meldingen", "adviezen")
show_categories("ondersteuning")
show_section("Direct gevaar, en om wie het gaat")
show_places("crisissituaties", "huisverboden", "gemelde_slachtoffers", "besproken_kinderen")
show_section("Over de tijd")
show_series("meldingen", "adviezen", "gemelde_slachtoffers", "besproken_kinderen")
