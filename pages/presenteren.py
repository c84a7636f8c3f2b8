from vt.web import presenter

presenter.presenting()
