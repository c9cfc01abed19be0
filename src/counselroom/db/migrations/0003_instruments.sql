-- Questionnaires that were answered: sheets, their results, the alerts that they raise, and what a school has chosen.
-- made_at, made_by, source, place and batch_id as in 0002: a row of a withdrawn batch counts no longer.

-- When answers were given. What is entered for one student on one day shares the single occasion of that day.
CREATE TABLE occasions (
    occasion_uid TEXT PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind = 'single' OR kind = 'class' OR kind = 'round'),
    name TEXT NOT NULL DEFAULT '',
    day TEXT NOT NULL,
    class_id TEXT NOT NULL DEFAULT '',
    student_uid TEXT REFERENCES students,
    made_at TEXT NOT NULL,
    made_by TEXT NOT NULL,
    batch_id TEXT NOT NULL REFERENCES batches,
    CHECK ((kind = 'single') = (student_uid IS NOT NULL))
) STRICT;
CREATE UNIQUE INDEX occasions_single ON occasions (student_uid, day) WHERE kind = 'single';

-- The answers as they were given, with who the student was on that day. A row that replaces another corrects it.
CREATE TABLE sheets (
    row_id INTEGER PRIMARY KEY,
    sheet_uid TEXT NOT NULL UNIQUE,
    student_uid TEXT NOT NULL REFERENCES students,
    occasion_uid TEXT NOT NULL REFERENCES occasions,
    instrument TEXT NOT NULL,
    version INTEGER NOT NULL,
    informant TEXT NOT NULL CHECK (informant = 'self' OR informant = 'parent' OR informant = 'teacher'),
    day TEXT NOT NULL,
    sex TEXT NOT NULL DEFAULT '' CHECK (sex = '' OR sex = 'M' OR sex = 'F'),
    age INTEGER,
    grade INTEGER CHECK (grade BETWEEN 1 AND 12),
    -- Codes before any reversing, in printed order: "3*1 0 - 23:30", a blank is "-". What a code means may depend on the
    -- variants in force when it was typed (names with blanks between).
    answers TEXT NOT NULL,
    variants TEXT NOT NULL,
    -- Who typed it a second time without seeing the first.
    second_by TEXT NOT NULL DEFAULT '',
    replaces TEXT REFERENCES sheets (sheet_uid),
    reason TEXT NOT NULL DEFAULT '',
    made_at TEXT NOT NULL,
    made_by TEXT NOT NULL,
    source TEXT NOT NULL,
    place TEXT NOT NULL DEFAULT '',
    batch_id TEXT NOT NULL REFERENCES batches,
    CHECK (replaces IS NULL OR reason <> '')
) STRICT;
CREATE INDEX sheets_student ON sheets (student_uid);
CREATE INDEX sheets_occasion ON sheets (occasion_uid);
CREATE INDEX sheets_instrument ON sheets (instrument);
CREATE INDEX sheets_replaces ON sheets (replaces) WHERE replaces IS NOT NULL;

-- What came of a sheet by one version of the definition and one choice of variants; the newest that counts is shown.
CREATE TABLE results (
    result_id INTEGER PRIMARY KEY,
    sheet_uid TEXT NOT NULL REFERENCES sheets (sheet_uid),
    version INTEGER NOT NULL,
    variants TEXT NOT NULL,
    status TEXT NOT NULL,
    result TEXT NOT NULL,
    made_at TEXT NOT NULL,
    made_by TEXT NOT NULL,
    batch_id TEXT NOT NULL REFERENCES batches
) STRICT;
CREATE INDEX results_sheet ON results (sheet_uid);

-- Somebody has to look at a student: one open task for each student and occasion.
CREATE TABLE alert_tasks (
    task_uid TEXT PRIMARY KEY,
    student_uid TEXT NOT NULL REFERENCES students,
    occasion_uid TEXT NOT NULL REFERENCES occasions,
    made_at TEXT NOT NULL,
    made_by TEXT NOT NULL,
    batch_id TEXT NOT NULL REFERENCES batches
) STRICT;
CREATE INDEX alert_tasks_student ON alert_tasks (student_uid);
-- Answers that raised an alert, each in a task. A correction of the sheet leaves them: a person decides.
CREATE TABLE alerts (
    alert_id INTEGER PRIMARY KEY,
    task_uid TEXT NOT NULL REFERENCES alert_tasks,
    sheet_uid TEXT NOT NULL REFERENCES sheets (sheet_uid),
    item TEXT NOT NULL,
    priority TEXT NOT NULL CHECK (priority = 'now' OR priority = 'same_day' OR priority = 'this_week'),
    made_at TEXT NOT NULL,
    made_by TEXT NOT NULL,
    batch_id TEXT NOT NULL REFERENCES batches
) STRICT;
CREATE INDEX alerts_task ON alerts (task_uid);
CREATE INDEX alerts_sheet ON alerts (sheet_uid);
CREATE TABLE alert_closings (
    task_uid TEXT NOT NULL REFERENCES alert_tasks,
    done TEXT NOT NULL CHECK (done <> ''),
    made_at TEXT NOT NULL,
    made_by TEXT NOT NULL,
    batch_id TEXT NOT NULL REFERENCES batches
) STRICT;
CREATE INDEX alert_closings_task ON alert_closings (task_uid);

-- The text of a questionnaire that the school may use: {number: {"text": …, "options": […]}}.
CREATE TABLE wording_packs (
    pack_id INTEGER PRIMARY KEY,
    instrument TEXT NOT NULL,
    wording TEXT NOT NULL,
    note TEXT NOT NULL CHECK (note <> ''),
    made_at TEXT NOT NULL,
    made_by TEXT NOT NULL,
    source TEXT NOT NULL,
    place TEXT NOT NULL DEFAULT '',
    batch_id TEXT NOT NULL REFERENCES batches
) STRICT;
CREATE INDEX wording_packs_instrument ON wording_packs (instrument);
-- Where sources disagree: the variants that the school has chosen (a JSON list), and why.
CREATE TABLE instrument_choices (
    choice_id INTEGER PRIMARY KEY,
    instrument TEXT NOT NULL,
    variants TEXT NOT NULL,
    reason TEXT NOT NULL CHECK (reason <> ''),
    made_at TEXT NOT NULL,
    made_by TEXT NOT NULL,
    batch_id TEXT NOT NULL REFERENCES batches
) STRICT;
CREATE INDEX instrument_choices_instrument ON instrument_choices (instrument);
-- Norms that the school has computed from its own sheets. Empty sex and no grade: everybody.
CREATE TABLE local_norms (
    norm_id INTEGER PRIMARY KEY,
    instrument TEXT NOT NULL,
    version INTEGER NOT NULL,
    variants TEXT NOT NULL,
    score TEXT NOT NULL,
    sex TEXT NOT NULL DEFAULT '' CHECK (sex = '' OR sex = 'M' OR sex = 'F'),
    grade INTEGER,
    n INTEGER NOT NULL,
    mean REAL NOT NULL,
    sd REAL NOT NULL,
    made_at TEXT NOT NULL,
    made_by TEXT NOT NULL,
    batch_id TEXT NOT NULL REFERENCES batches
) STRICT;
CREATE INDEX local_norms_instrument ON local_norms (instrument);

-- Rows that count.
CREATE VIEW sheets_counting AS
    SELECT s.* FROM sheets s
    WHERE NOT EXISTS (SELECT 1 FROM batch_withdrawals w WHERE w.batch_id = s.batch_id)
      AND NOT EXISTS (
        SELECT 1 FROM sheets r WHERE r.replaces = s.sheet_uid
           AND NOT EXISTS (SELECT 1 FROM batch_withdrawals w WHERE w.batch_id = r.batch_id));
CREATE VIEW alerts_counting AS
    SELECT a.* FROM alerts a
    WHERE NOT EXISTS (SELECT 1 FROM batch_withdrawals w WHERE w.batch_id = a.batch_id)
      AND NOT EXISTS (
        SELECT 1 FROM sheets s JOIN batch_withdrawals w USING (batch_id) WHERE s.sheet_uid = a.sheet_uid);
-- A task is open while an alert of it counts and nobody has said what was done.
CREATE VIEW alert_tasks_open AS
    SELECT t.* FROM alert_tasks t
    WHERE EXISTS (SELECT 1 FROM alerts_counting a WHERE a.task_uid = t.task_uid)
      AND NOT EXISTS (
        SELECT 1 FROM alert_closings c WHERE c.task_uid = t.task_uid
           AND NOT EXISTS (SELECT 1 FROM batch_withdrawals w WHERE w.batch_id = c.batch_id));

-- Of one student, occasion, questionnaire and informant one sheet counts: the database itself refuses a second one.
CREATE TRIGGER sheets_one BEFORE INSERT ON sheets WHEN EXISTS (
    SELECT 1 FROM sheets_counting s WHERE s.student_uid = NEW.student_uid AND s.occasion_uid = NEW.occasion_uid
       AND s.instrument = NEW.instrument AND s.informant = NEW.informant AND s.sheet_uid IS NOT NEW.replaces)
    BEGIN SELECT RAISE(ABORT, 'a second sheet'); END;
CREATE TRIGGER alert_tasks_one BEFORE INSERT ON alert_tasks WHEN EXISTS (
    SELECT 1 FROM alert_tasks_open t WHERE t.student_uid = NEW.student_uid AND t.occasion_uid = NEW.occasion_uid)
    BEGIN SELECT RAISE(ABORT, 'a second open task'); END;

-- Appended, never changed: the database itself refuses.
CREATE TRIGGER occasions_no_update BEFORE UPDATE ON occasions BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER occasions_no_delete BEFORE DELETE ON occasions BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER sheets_no_update BEFORE UPDATE ON sheets BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER sheets_no_delete BEFORE DELETE ON sheets BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER results_no_update BEFORE UPDATE ON results BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER results_no_delete BEFORE DELETE ON results BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER alert_tasks_no_update BEFORE UPDATE ON alert_tasks BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER alert_tasks_no_delete BEFORE DELETE ON alert_tasks BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER alerts_no_update BEFORE UPDATE ON alerts BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER alerts_no_delete BEFORE DELETE ON alerts BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER alert_closings_no_update BEFORE UPDATE ON alert_closings BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER alert_closings_no_delete BEFORE DELETE ON alert_closings BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER wording_packs_no_update BEFORE UPDATE ON wording_packs BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER wording_packs_no_delete BEFORE DELETE ON wording_packs BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER instrument_choices_no_update BEFORE UPDATE ON instrument_choices BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER instrument_choices_no_delete BEFORE DELETE ON instrument_choices BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER local_norms_no_update BEFORE UPDATE ON local_norms BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER local_norms_no_delete BEFORE DELETE ON local_norms BEGIN SELECT RAISE(ABORT, 'append-only'); END;
