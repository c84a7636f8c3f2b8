from vt import web

web.heading("Instroom", "Hoeveel meldingen en adviesvragen komen er binnen, en hoe vaak is er direct gevaar?")
web.places("meldingen", "adviezen", "crisissituaties", "huisverboden", "gemelde_slachtoffers", "besproken_kinderen")
web.categories("ondersteuning")
web.series("meldingen", "adviezen")
