package desk

import (
	"context"
	"iter"
	"time"

	"backstop/app/backup"
	"backstop/app/expect"
	"backstop/app/incident"
	"backstop/app/people"
	"backstop/app/say"
)

// FileIntake is what files are handed to on behalf of one actor. The watcher declares the same methods.
type FileIntake struct {
	desk  *Desk
	actor Actor
	how   ImportRules
}

// ImportRules are what a command may say about an import.
type ImportRules struct {
	OpenAll bool      // open incidents for all failures, however old
	Since   time.Time // executions before it open none; zero for no such bound
	Reason  string    // of Since, for the record

	zone string // of this import alone; "" is the source's

	mapping *backup.Mapping // that the person named; nil for none
}

// Intake takes files for an actor: the watcher's by "system", an import's by the person.
func (d *Desk) Intake(actor Actor, how ImportRules) *FileIntake {
	return &FileIntake{desk: d, actor: actor, how: how}
}

// Sources lists the sources, paused ones too.
func (t *FileIntake) Sources(ctx context.Context) ([]backup.Source, error) {
	return t.desk.store.Sources(ctx)
}

// Known tells what is known of a path from the last time, so that an unchanged file costs no read.
func (t *FileIntake) Known(ctx context.Context, sourceID int64, path string) (backup.Seen, bool, error) {
	return t.desk.store.Seen(ctx, sourceID, path)
}

// Mappings are what files of a source are read by where no format claims them. With only set, the person named the one, and
// formats are not asked.
func (t *FileIntake) Mappings(ctx context.Context, sourceID int64) (taught []backup.Mapping, only bool, err error) {
	if t.how.mapping != nil {
		return []backup.Mapping{*t.how.mapping}, true, nil
	}
	taught, err = t.desk.store.MappingsOf(ctx, sourceID)
	return taught, false, err
}

// Imported tells whether a content was imported before.
func (t *FileIntake) Imported(ctx context.Context, sum [32]byte) (bool, error) {
	return t.desk.store.Imported(ctx, sum)
}

// Told is what this import was told that its source is not.
func (t *FileIntake) Told() backup.Told {
	told := backup.Told{Zone: t.how.zone}
	if t.how.mapping != nil {
		told.Mapping = t.how.mapping.Name
	}
	return told
}

// Ingest commits the file, its executions and the incidents they open in one transaction.
func (t *FileIntake) Ingest(ctx context.Context, file backup.File, records iter.Seq2[backup.Execution, error]) (backup.FileResult, error) {
	if _, err := t.desk.may(ctx, t.actor, ToImport); err != nil {
		return backup.FileResult{}, err
	}
	in := t.intake(file)
	var err error
	if in.Rules, err = t.desk.intakeRules(ctx, in.At, in.Judged); err != nil {
		return backup.FileResult{}, err
	}
	res, err := t.desk.store.Ingest(ctx, in, records)
	if err == nil && res.Status != backup.Duplicate {
		t.desk.publish(Event{Incidents: true, Sources: true, Opened: t.unasked(res.Incidents)})
	}
	return res, err
}

// unasked is how many of the opened incidents nobody waits to be told of: who imports is shown what came of it.
func (t *FileIntake) unasked(opened int) int {
	if t.actor.as != people.System {
		return 0
	}
	return opened
}

// Reject records a file that is not read, and why.
func (t *FileIntake) Reject(ctx context.Context, file backup.File, reason string, problems []backup.BadRecord) (backup.FileResult, error) {
	if _, err := t.desk.may(ctx, t.actor, ToImport); err != nil {
		return backup.FileResult{}, err
	}
	res, err := t.desk.store.Reject(ctx, t.intake(file), reason, problems)
	if err == nil {
		t.desk.publish(Event{Sources: true})
	}
	return res, err
}

func (t *FileIntake) intake(file backup.File) Intake {
	now := t.desk.instant()
	judged := now
	if !t.actor.Judged.IsZero() {
		judged = t.actor.Judged
	}
	return Intake{
		File: file, Actor: t.actor.Name, At: now, Judged: judged,
		OpenAll: t.how.OpenAll, Since: t.how.Since, Reason: t.how.Reason, Zone: t.how.zone,
	}
}

// intakeRules binds the rules to the instants of one import and to what people say that tools' words mean.
func (d *Desk) intakeRules(ctx context.Context, now, judged time.Time) (IntakeRules, error) {
	statuses, err := d.store.StatusMap(ctx)
	if err != nil {
		return IntakeRules{}, say.Error("status map: %w", err)
	}
	calendars, err := d.calendars(ctx)
	if err != nil {
		return IntakeRules{}, err
	}
	return IntakeRules{
		Statuses: statuses,
		Policy: func(e backup.Execution, t ToolSettings, r RoutineSettings) incident.Policy {
			p := openingPolicy(t, r)
			p.Status = statuses.Opens(e)
			return p
		},
		Awaits: func(s RoutineSettings, due time.Time) bool { return awaits(s, calendars, due) },
		Open:   func(f incident.Finding) (incident.Change, bool) { return open(f, now, judged) },
		TriedAgain: func(in incident.Incident, f incident.Finding) (incident.Change, bool) {
			return incident.TriedAgain(in, f, now)
		},
		Changed: func(in incident.Incident, session incident.ExecutionID, from, to backup.Execution) (incident.Change, bool) {
			return incident.NewEvidence(in, session, from, to, now)
		},
		Moved: func(in incident.Incident, to backup.Execution) (incident.Change, bool) {
			return incident.Moved(in, to, now)
		},
		RanLate: func(in incident.Incident, missed incident.ID, id incident.ExecutionID, e backup.Execution) (incident.Change, bool) {
			if e.Outcome == backup.Missed {
				return incident.Told(in, missed, id, e, now)
			}
			return incident.RanLate(in, missed, id, e, now)
		},
		Spoke: func(in incident.Incident, silent incident.ID, file string) (incident.Change, bool) {
			return incident.Spoke(in, silent, file, now)
		},
		Explained: func(parent, child incident.Incident) ([]incident.Change, error) {
			return incident.Explained(parent, child, now)
		},
	}, nil
}

// open makes the incident that an execution calls for.
func open(f incident.Finding, now, judged time.Time) (incident.Change, bool) {
	cause, ok := incident.Opens(f)
	if !ok {
		return incident.Change{}, false
	}
	return incident.Open(f, cause, now, judged), true
}

// WindowOf is the stretch of time whose starts are the tries of one run, where the routine is expected at times.
func WindowOf(s RoutineSettings, start time.Time) (expect.Window, bool) {
	if s.Expectation.None() || start.IsZero() {
		return expect.Window{}, false
	}
	schedule, err := s.Expectation.Schedule()
	if err != nil {
		return expect.Window{}, false
	}
	return schedule.WindowOf(start)
}
