"""What is stated and no sheet shows: for whom, how urgent, of how many people, which bands count, and some lines.

Ages, grades, sizes and lines are those of instruments.md, sections 2 and 3. How urgent an alert is and which bands
somebody has to look at are decisions of this project, where the literature only says "critical" or "positive". A
definition has to have exactly these.
"""

OLDEST = 99  # "14+" has no upper end; a range of ages needs one

# Section 2, column "age / grade": an age only warns.
AGES: dict[str, tuple[int, int]] = {
    "scl90": (16, OLDEST),
    "phq9": (12, OLDEST),
    "phqa": (11, 17),
    "phq2": (12, OLDEST),
    "phq4": (12, OLDEST),
    "phq8": (12, OLDEST),
    "phq15": (12, OLDEST),
    "gad7": (12, OLDEST),
    "dass21": (14, OLDEST),
    "sds": (16, OLDEST),
    "sas": (16, OLDEST),
    "cesd": (12, OLDEST),
    "cesdr": (14, OLDEST),
    "cesdc": (6, 17),
    "cdi": (7, 17),
    "dsrsc": (8, 16),
    "scared": (8, 18),
    "sasc": (7, 16),
    "rcads47": (8, 18),
    "sdq-self": (11, 17),
    "sdq-parent": (2, 17),
    "sdq-teacher": (2, 17),
    "psc17": (4, 17),
    "snap26": (6, 18),
    "who5": (9, OLDEST),
    "k6": (9, OLDEST),
    "k10": (9, OLDEST),
    "pss10": (12, OLDEST),
    "pss14": (12, OLDEST),
    "rses": (12, OLDEST),
    "isi": (13, OLDEST),
    "psqi": (14, OLDEST),
    "ais": (14, OLDEST),
    "cries8": (8, 18),
    "cries13": (8, 18),
    "pcl5": (14, OLDEST),
    "ssrs": (14, OLDEST),
    "psss": (12, OLDEST),
    "iat20": (12, OLDEST),
    "sassv": (12, OLDEST),
    "ucla3": (12, OLDEST),
    "ucla20": (12, OLDEST),
    "swls": (12, OLDEST),
    "yp-core": (11, 16),
    "core10": (17, OLDEST),
}

# The same column; secondary school is grade 7 to 12. The two that shut others out, and those that only warn.
GRADES_ONLY = {"mht": (4, 12), "mssmhs": (7, 12)}
GRADES: dict[str, tuple[int, int]] = {"aslec": (7, 12), "hkra27": (7, 12), "tas37": (7, 12)}

# Section 3, "critical"; how soon somebody has to look is decided here.
PRIORITIES: dict[str, dict[str, str]] = {
    "mht": {"85": "same_day", "97": "now"},
    "scl90": {"15": "same_day", "59": "same_day"},
    "phq9": {"9": "same_day"},
    "phqa": {"9": "same_day", "12": "same_day", "13": "same_day"},
    "sds": {"19": "same_day"},
    "cesdr": {"14": "same_day", "15": "same_day"},
    "cdi": {"9": "same_day"},
    "dsrsc": {"10": "same_day"},
    "rcads47": {"37": "same_day"},
    "upi": {"25": "same_day"},
    "yp-core": {"4": "same_day"},
    "core10": {"6": "now"},
    "class-weather": {"8": "this_week"},
    "adaptation-check": {"12": "this_week"},
}

# Section 3: how many people a norm stands on.
NORM_SIZES: dict[str, set[int]] = {"k10": {148892}, "scared": {1559}}

# Section 3: lines that lie between two scores that nobody can have (sums × 2, × 4, means of ten) are stated here.
LINES: dict[str, dict[str, set[tuple[str | float, ...]]]] = {
    "who5": {"total": {(0, 32, 52)}},  # at most 28, at most 50, in steps of 4
    "dass21": {
        "depression": {(0, 10, 14, 21, 28)},
        "anxiety": {(0, 8, 10, 15, 20)},
        "stress": {(0, 15, 19, 26, 34)},
    },
    # Sex, first and last year, lines.
    "yp-core": {
        "total": {("M", 11, 13, 0, 10.3), ("M", 14, 16, 0, 14.1), ("F", 11, 13, 0, 14.4), ("F", 14, 16, 0, 15.9)},
    },
}

# Decided here: the bands that somebody has to look at; where nothing is said, those of the name "above".
LOOKED_AT: dict[str, set[str]] = {
    "mht": {"high", "special"},
    "mssmhs": {"light", "middle", "marked", "severe"},
    "phq9": {"moderate", "moderately_severe", "severe"},
    "phqa": {"moderate", "moderately_severe", "severe"},
    "phq8": {"moderate", "moderately_severe", "severe"},
    "phq4": {"above", "moderate", "severe"},
    "phq15": {"medium", "high"},
    "gad7": {"moderate", "severe"},
    "dass21": {"moderate", "severe", "extreme"},
    "sds": {"mild", "moderate", "severe"},
    "sas": {"mild", "moderate", "severe"},
    "sdq-self": {"abnormal"},
    "sdq-parent": {"abnormal"},
    "sdq-teacher": {"abnormal"},
    "snap26": {"moderate", "severe"},
    "who5": {"very_low", "low"},
    "k10": {"high", "very_high"},
    "rses": {"low"},
    "isi": {"moderate", "severe"},
    "psss": {"low"},
    "iat20": {"moderate", "severe"},
    "tas37": {"high"},
    "swls": set(),
}
