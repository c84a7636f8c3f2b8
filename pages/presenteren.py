from vt import stage

stage.presenting()
