"""What a change may concern: pages are told by topic what to read again."""

from enum import StrEnum


class Topic(StrEnum):
    """One subject of the vault; ``EVERYTHING`` after a step that touches more than can be listed."""

    PEOPLE = "people"
    KEYS = "keys"
    SETTINGS = "settings"
    SCHOOL = "school"
    NOTICES = "notices"
    PREFERENCES = "preferences"
    REGISTER = "register"
    STUDENTS = "students"
    CALENDAR = "calendar"
    DRAFTS = "drafts"
    ASSESSMENTS = "assessments"
    EVERYTHING = "everything"
