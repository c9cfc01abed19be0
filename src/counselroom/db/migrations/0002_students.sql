-- Students and their growth files. Every fact is a row that stays, with its author, its time, its source and its batch.
--
-- made_at, made_by  when it was written down and by whom
-- source, place     how it came: typed, or import with "sheet!row" of the file
-- batch_id          what it can be undone with: a row of a withdrawn batch counts no longer. No index: undo is rare and
--                   may look through a table, an import writes thousands of rows
-- version_id        in no index, though rows are looked up by it too: each entry of an index ends with it anyway

CREATE TABLE students (
    student_uid TEXT PRIMARY KEY,
    file_no TEXT NOT NULL UNIQUE,
    made_at TEXT NOT NULL,
    made_by TEXT NOT NULL,
    batch_id TEXT NOT NULL REFERENCES batches
) STRICT;

-- Part A: one row per correction, each whole; the newest that counts is the present one.
CREATE TABLE student_versions (
    version_id INTEGER PRIMARY KEY,
    student_uid TEXT NOT NULL REFERENCES students,
    name TEXT NOT NULL,
    former_name TEXT NOT NULL DEFAULT '',
    sex TEXT NOT NULL DEFAULT '',
    birth TEXT NOT NULL DEFAULT '',
    ethnic TEXT NOT NULL DEFAULT '',
    id_type TEXT NOT NULL DEFAULT '',
    id_no TEXT NOT NULL DEFAULT '',
    xueji_no TEXT NOT NULL DEFAULT '',
    xueji_aux TEXT NOT NULL DEFAULT '',
    school_no TEXT NOT NULL DEFAULT '',
    class_seat TEXT NOT NULL DEFAULT '',
    boarding TEXT NOT NULL DEFAULT '',
    dorm_building TEXT NOT NULL DEFAULT '',
    dorm_room TEXT NOT NULL DEFAULT '',
    dorm_bed TEXT NOT NULL DEFAULT '',
    address TEXT NOT NULL DEFAULT '',
    phone TEXT NOT NULL DEFAULT '',
    -- The name as it is read: with tone marks, and every way in which it may be typed, "|" before and behind each.
    pinyin TEXT NOT NULL DEFAULT '',
    name_keys TEXT NOT NULL DEFAULT '',
    made_at TEXT NOT NULL,
    made_by TEXT NOT NULL,
    source TEXT NOT NULL,
    place TEXT NOT NULL DEFAULT '',
    batch_id TEXT NOT NULL REFERENCES batches
) STRICT;
CREATE INDEX student_versions_student ON student_versions (student_uid);

-- Where a student is from a day on: a class and a status. The next row of the same student ends it.
-- A row that replaces another takes its place (a correction).
CREATE TABLE enrolments (
    enrolment_id INTEGER PRIMARY KEY,
    student_uid TEXT NOT NULL REFERENCES students,
    from_on TEXT NOT NULL,
    class_id TEXT NOT NULL DEFAULT '',
    status TEXT NOT NULL,
    reason TEXT NOT NULL DEFAULT '',
    destination TEXT NOT NULL DEFAULT '',
    replaces INTEGER REFERENCES enrolments,
    made_at TEXT NOT NULL,
    made_by TEXT NOT NULL,
    source TEXT NOT NULL,
    place TEXT NOT NULL DEFAULT '',
    batch_id TEXT NOT NULL REFERENCES batches
) STRICT;
CREATE INDEX enrolments_student ON enrolments (student_uid);
CREATE INDEX enrolments_replaces ON enrolments (replaces) WHERE replaces IS NOT NULL;

CREATE TABLE guardians (
    version_id INTEGER PRIMARY KEY,
    guardian_id TEXT NOT NULL,
    student_uid TEXT NOT NULL REFERENCES students,
    name TEXT NOT NULL,
    relation TEXT NOT NULL DEFAULT '',
    relation_note TEXT NOT NULL DEFAULT '',
    legal INTEGER NOT NULL DEFAULT 0 CHECK (legal IN (0, 1)),
    lives_with INTEGER NOT NULL DEFAULT 0 CHECK (lives_with IN (0, 1)),
    works_away INTEGER NOT NULL DEFAULT 0 CHECK (works_away IN (0, 1)),
    phone TEXT NOT NULL DEFAULT '',
    phone_2 TEXT NOT NULL DEFAULT '',
    best_time TEXT NOT NULL DEFAULT '',
    do_not_contact INTEGER NOT NULL DEFAULT 0 CHECK (do_not_contact IN (0, 1)),
    do_not_contact_reason TEXT NOT NULL DEFAULT '',
    void INTEGER NOT NULL DEFAULT 0 CHECK (void IN (0, 1)),
    made_at TEXT NOT NULL,
    made_by TEXT NOT NULL,
    source TEXT NOT NULL,
    place TEXT NOT NULL DEFAULT '',
    batch_id TEXT NOT NULL REFERENCES batches
) STRICT;
CREATE INDEX guardians_student ON guardians (student_uid);
CREATE INDEX guardians_id ON guardians (guardian_id);

-- What is written into a growth file beside the basics: care categories, consents, events, strengths, background.
CREATE TABLE entries (
    version_id INTEGER PRIMARY KEY,
    entry_id TEXT NOT NULL,
    student_uid TEXT NOT NULL REFERENCES students,
    -- Not IN: for a list of three and more SQLite builds a small table in memory for each row that is written, ten times
    -- the work of the row.
    kind TEXT NOT NULL CHECK (kind = 'care' OR kind = 'consent' OR kind = 'event' OR kind = 'strength'
        OR kind = 'background'),
    code TEXT NOT NULL,
    state TEXT NOT NULL DEFAULT '',
    from_on TEXT NOT NULL DEFAULT '',
    to_on TEXT NOT NULL DEFAULT '',
    text TEXT NOT NULL DEFAULT '',
    evidence TEXT NOT NULL DEFAULT '',
    void INTEGER NOT NULL DEFAULT 0 CHECK (void IN (0, 1)),
    made_at TEXT NOT NULL,
    made_by TEXT NOT NULL,
    source TEXT NOT NULL,
    place TEXT NOT NULL DEFAULT '',
    batch_id TEXT NOT NULL REFERENCES batches
) STRICT;
CREATE INDEX entries_student ON entries (student_uid, kind);
CREATE INDEX entries_id ON entries (entry_id);

-- Papers kept inside the vault; pictures were written anew without what a camera adds.
CREATE TABLE attachments (
    attachment_id TEXT PRIMARY KEY,
    student_uid TEXT NOT NULL REFERENCES students,
    title TEXT NOT NULL,
    mime TEXT NOT NULL,
    size INTEGER NOT NULL,
    sha256 BLOB NOT NULL,
    content BLOB NOT NULL,
    made_at TEXT NOT NULL,
    made_by TEXT NOT NULL,
    source TEXT NOT NULL,
    place TEXT NOT NULL DEFAULT '',
    batch_id TEXT NOT NULL REFERENCES batches
) STRICT;
CREATE INDEX attachments_student ON attachments (student_uid);
CREATE TABLE attachment_voids (
    attachment_id TEXT NOT NULL REFERENCES attachments,
    reason TEXT NOT NULL,
    made_at TEXT NOT NULL,
    made_by TEXT NOT NULL,
    batch_id TEXT NOT NULL REFERENCES batches
) STRICT;
CREATE INDEX attachment_voids_id ON attachment_voids (attachment_id);

-- Two files of one student: the facts of the one that was merged count for the other.
CREATE TABLE merges (
    merge_id INTEGER PRIMARY KEY,
    merged_uid TEXT NOT NULL REFERENCES students,
    into_uid TEXT NOT NULL REFERENCES students,
    made_at TEXT NOT NULL,
    made_by TEXT NOT NULL,
    batch_id TEXT NOT NULL REFERENCES batches
) STRICT;
CREATE INDEX merges_merged ON merges (merged_uid);
CREATE INDEX merges_into ON merges (into_uid);
-- Looked at, and they are two people: not suggested again. The smaller id stands first.
CREATE TABLE distinct_pairs (
    first_uid TEXT NOT NULL REFERENCES students,
    second_uid TEXT NOT NULL REFERENCES students,
    made_at TEXT NOT NULL,
    made_by TEXT NOT NULL,
    batch_id TEXT NOT NULL REFERENCES batches
) STRICT;
CREATE INDEX distinct_pairs_first ON distinct_pairs (first_uid, second_uid);

CREATE TABLE class_teachers (
    row_id INTEGER PRIMARY KEY,
    class_id TEXT NOT NULL,
    teacher TEXT NOT NULL,
    from_on TEXT NOT NULL,
    made_at TEXT NOT NULL,
    made_by TEXT NOT NULL,
    source TEXT NOT NULL,
    place TEXT NOT NULL DEFAULT '',
    batch_id TEXT NOT NULL REFERENCES batches
) STRICT;
CREATE INDEX class_teachers_class ON class_teachers (class_id, from_on);

-- The school calendar: terms and what interrupts them; the newest batch of a school year counts as a whole.
CREATE TABLE calendar_spans (
    row_id INTEGER PRIMARY KEY,
    school_year INTEGER NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('term_1', 'term_2', 'holiday', 'no_teaching', 'make_up')),
    name TEXT NOT NULL DEFAULT '',
    from_on TEXT NOT NULL,
    to_on TEXT NOT NULL,
    made_at TEXT NOT NULL,
    made_by TEXT NOT NULL,
    batch_id TEXT NOT NULL REFERENCES batches
) STRICT;
CREATE INDEX calendar_spans_year ON calendar_spans (school_year, row_id);

-- One row per file that was taken in.
CREATE TABLE imports (
    batch_id TEXT PRIMARY KEY REFERENCES batches,
    kind TEXT NOT NULL,
    file_name TEXT NOT NULL,
    file_sha256 TEXT NOT NULL,
    counts TEXT NOT NULL,
    made_at TEXT NOT NULL,
    made_by TEXT NOT NULL
) STRICT;

-- What the program has learned about files: which column means what, which class a word means. No fact of anybody.
CREATE TABLE learned (
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (kind, name)
) STRICT;

-- The roster: how each student stands now, computed from the rows above and written again whenever they change.
CREATE TABLE roster (
    student_uid TEXT PRIMARY KEY REFERENCES students,
    file_no TEXT NOT NULL,
    name TEXT NOT NULL,
    pinyin TEXT NOT NULL,
    sex TEXT NOT NULL,
    birth TEXT NOT NULL,
    id_no TEXT NOT NULL,
    xueji_no TEXT NOT NULL,
    school_no TEXT NOT NULL,
    class_seat TEXT NOT NULL,
    boarding TEXT NOT NULL,
    dorm TEXT NOT NULL,
    class_id TEXT NOT NULL,
    status TEXT NOT NULL,
    status_from TEXT NOT NULL,
    -- Codes of care categories, "C13:2026-12-31" where one ends on a day.
    care TEXT NOT NULL,
    -- The level in force, 0 to 3; empty until somebody has assessed the student.
    severity INTEGER CHECK (severity BETWEEN 0 AND 3),
    keys TEXT NOT NULL
) STRICT;
CREATE INDEX roster_class ON roster (class_id);

-- Rows that count: their batch was not withdrawn, and nothing newer of the same thing takes their place.
CREATE VIEW student_present AS
    SELECT v.* FROM student_versions v
    WHERE v.version_id = (
        SELECT max(n.version_id) FROM student_versions n
        WHERE n.student_uid = v.student_uid
          AND NOT EXISTS (SELECT 1 FROM batch_withdrawals w WHERE w.batch_id = n.batch_id));
CREATE VIEW enrolments_counting AS
    SELECT e.* FROM enrolments e
    WHERE NOT EXISTS (SELECT 1 FROM batch_withdrawals w WHERE w.batch_id = e.batch_id)
      AND NOT EXISTS (
        SELECT 1 FROM enrolments r WHERE r.replaces = e.enrolment_id
           AND NOT EXISTS (SELECT 1 FROM batch_withdrawals w WHERE w.batch_id = r.batch_id));
CREATE VIEW guardians_present AS
    SELECT g.* FROM guardians g
    WHERE g.void = 0 AND g.version_id = (
        SELECT max(n.version_id) FROM guardians n
        WHERE n.guardian_id = g.guardian_id
          AND NOT EXISTS (SELECT 1 FROM batch_withdrawals w WHERE w.batch_id = n.batch_id));
CREATE VIEW entries_present AS
    SELECT e.* FROM entries e
    WHERE e.void = 0 AND e.version_id = (
        SELECT max(n.version_id) FROM entries n
        WHERE n.entry_id = e.entry_id
          AND NOT EXISTS (SELECT 1 FROM batch_withdrawals w WHERE w.batch_id = n.batch_id));
CREATE VIEW merges_counting AS
    SELECT m.* FROM merges m
    WHERE NOT EXISTS (SELECT 1 FROM batch_withdrawals w WHERE w.batch_id = m.batch_id);

-- Who opened a file is read from the audit chain.
CREATE INDEX audit_object ON audit (object);

-- Appended, never changed: the database itself refuses.
CREATE TRIGGER students_no_update BEFORE UPDATE ON students BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER students_no_delete BEFORE DELETE ON students BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER student_versions_no_update BEFORE UPDATE ON student_versions BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER student_versions_no_delete BEFORE DELETE ON student_versions BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER enrolments_no_update BEFORE UPDATE ON enrolments BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER enrolments_no_delete BEFORE DELETE ON enrolments BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER guardians_no_update BEFORE UPDATE ON guardians BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER guardians_no_delete BEFORE DELETE ON guardians BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER entries_no_update BEFORE UPDATE ON entries BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER entries_no_delete BEFORE DELETE ON entries BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER attachments_no_update BEFORE UPDATE ON attachments BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER attachments_no_delete BEFORE DELETE ON attachments BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER attachment_voids_no_update BEFORE UPDATE ON attachment_voids BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER attachment_voids_no_delete BEFORE DELETE ON attachment_voids BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER merges_no_update BEFORE UPDATE ON merges BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER merges_no_delete BEFORE DELETE ON merges BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER distinct_pairs_no_update BEFORE UPDATE ON distinct_pairs BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER distinct_pairs_no_delete BEFORE DELETE ON distinct_pairs BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER class_teachers_no_update BEFORE UPDATE ON class_teachers BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER class_teachers_no_delete BEFORE DELETE ON class_teachers BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER calendar_spans_no_update BEFORE UPDATE ON calendar_spans BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER calendar_spans_no_delete BEFORE DELETE ON calendar_spans BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER imports_no_update BEFORE UPDATE ON imports BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER imports_no_delete BEFORE DELETE ON imports BEGIN SELECT RAISE(ABORT, 'append-only'); END;
