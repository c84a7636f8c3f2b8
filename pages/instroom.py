from vt import web

web.heading("Instroom", "Hoeveel meldingen en adviesvragen komen er binnen, en hoe vaak is er direct gevaar?")
web.section("Meldingen en advies")
web.places("meldingen", "adviezen")
web.categories("ondersteuning")
web.section("Direct gevaar, en om wie het gaat")
web.places("crisissituaties", "huisverboden", "gemelde_slachtoffers", "besproken_kinderen")
web.section("Over de tijd")
web.series("meldingen", "adviezen", "gemelde_slachtoffers", "besproken_kinderen")
