"""How far a count that CBS rounded to five can be from what was counted, and what that leaves to be said.

Of two rounded counts that differ the larger is the larger; of two that are equal that is not known. What sentences make
of it: vt/figures/text/change.py and vt/figures/reading.py.
"""

MOST_OFF = 2  # one count
MOST_OFF_OF_TWO = 2 * MOST_OFF  # their difference, or what one leaves of the other
LEAST_EXACT_DIFFERENCE = 100  # of less it is over four percent
