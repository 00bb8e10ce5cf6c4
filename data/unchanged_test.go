package data

import (
	"testing"

	"backstop/app/backup"
)

// Whatever Weigh calls a change is not passed over as unchanged.
func TestUnchanged_overlooksNoChange(t *testing.T) {
	for field, change := range map[string]func(*backup.Execution){
		"parent":        func(e *backup.Execution) { e.Parent = "900" },
		"routine":       func(e *backup.Execution) { e.Routine = "other" },
		"schedule":      func(e *backup.Execution) { e.Schedule = "weekly" },
		"client":        func(e *backup.Execution) { e.Client = "other" },
		"kind":          func(e *backup.Execution) { e.Kind = backup.Copy },
		"vital":         func(e *backup.Execution) { e.Vital = true },
		"level":         func(e *backup.Execution) { e.Level = "incremental" },
		"outcome":       func(e *backup.Execution) { e.Outcome = backup.Failed },
		"status":        func(e *backup.Execution) { e.NativeStatus = "other" },
		"code":          func(e *backup.Execution) { e.Code = "58" },
		"error":         func(e *backup.Execution) { e.Error = "cannot connect" },
		"start":         func(e *backup.Execution) { e.Start = at(-5.5) },
		"end":           func(e *backup.Execution) { e.End = at(-4) },
		"bytes":         func(e *backup.Execution) { e.Bytes = backup.N(0) },
		"files":         func(e *backup.Execution) { e.Files = backup.N(0) },
		"tries":         func(e *backup.Execution) { e.Tries = 2 },
		"first outcome": func(e *backup.Execution) { e.Tries, e.FirstOutcome = 2, backup.Failed },
		"repeats":       func(e *backup.Execution) { e.Retry = true },
		"tried again":   func(e *backup.Execution) { e.WillRetry = true },
	} {
		d := newDesk(t)
		d.read(0, night("1", backup.Success), night("2", backup.Success))
		res := d.read(1, night("1", backup.Success, change), night("2", backup.Success))
		if res.Updated != 1 || res.Unchanged != 1 {
			t.Errorf("%s: %d updated, %d unchanged", field, res.Updated, res.Unchanged)
		}
	}
}
