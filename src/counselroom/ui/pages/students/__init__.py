"""Students: the roster, each growth file, intake, the new school year, files of one person."""
