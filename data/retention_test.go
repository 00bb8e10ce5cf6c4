package data

import (
	"encoding/hex"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"backstop/app/backup"
	"backstop/app/desk"
	"backstop/app/timeline"
)

// years is a history of three years and more: two routines of a hundred runs each, and one that ran ten times long ago. Outcomes and times
// are drawn.
func years(r *rand.Rand) (records []any) {
	for _, of := range []struct {
		routine string
		runs    int
	}{{"FS-DAILY", 100}, {"SQL-LOGS", 100}, {"ARCHIVE", 10}} {
		for i := range of.runs {
			outcome := []backup.Outcome{backup.Success, backup.Success, backup.Success, backup.Success, backup.Partial, backup.Failed, backup.Cancelled}[r.IntN(7)]
			records = append(records, night(fmt.Sprint(of.routine, i), outcome, from(-float64(500+r.IntN(26000))), func(e *backup.Execution) {
				e.Routine = of.routine
				if e.Error = ""; outcome == backup.Failed {
					e.Error, e.Log = "it broke", "the whole story"
				}
			}))
		}
	}
	return records
}

// prune drops what is of age, by the usual months, and gives what it says.
func (d *aDesk) prune(kept shelf) desk.Pruned {
	d.t.Helper()
	p, err := d.Prune(d.t.Context(), d.rule(), kept, nil, func(p desk.Pruned, keys string) []timeline.Entry {
		return []timeline.Entry{{Subject: timeline.Database, At: d.now, Actor: "rosa", Action: "pruned", Details: []timeline.Detail{timeline.Said("executions", fmt.Sprint(p.Executions)), timeline.Said("keys", keys)}}}
	})
	d.must(err)
	return p
}

func (d *aDesk) rule() desk.PruneRule {
	return desk.PruneRule{Before: d.now.AddDate(0, -25, 0), FilesBefore: d.now.AddDate(0, -13, 0), Now: d.now}
}

// evidence are the executions that nothing may prune, by what this test knows of them, and those that are of age.
func (d *aDesk) evidence() (protected, old map[string]bool) {
	d.t.Helper()
	protected, old = map[string]bool{}, map[string]bool{}
	for _, q := range []string{
		"SELECT execution FROM incidents WHERE execution IS NOT NULL", "SELECT session FROM links", "SELECT execution FROM risk_runs",
		"SELECT e.id FROM executions e JOIN routines r ON r.id = e.routine WHERE r.name IN (SELECT ref FROM legal_holds) OR r.client IN (SELECT ref FROM legal_holds)",
	} {
		for _, id := range d.rows(q) {
			protected[id] = true
		}
	}
	for _, routine := range d.rows("SELECT id FROM routines") {
		var good [2]bool
		for i, line := range d.rows("SELECT id, outcome, at < ? FROM executions WHERE routine = ? ORDER BY at DESC, id DESC", d.rule().Before.UnixMilli(), routine) {
			cells := strings.Split(line, " | ")
			if i < 30 {
				protected[cells[0]] = true
			}
			for n, outcome := range []backup.Outcome{backup.Success, backup.Partial} {
				if cells[1] == fmt.Sprint(int(outcome)) && !good[n] {
					good[n], protected[cells[0]] = true, true
				}
			}
			if cells[2] == "1" {
				old[cells[0]] = true
			}
		}
	}
	return protected, old
}

// No evidence is ever pruned, all else that is of age is, the chain holds, and the old files bring nothing again.
func TestPrune_neverTouchesEvidence(t *testing.T) {
	for _, seed := range []uint64{1, 2, uint64(time.Now().UnixNano())} {
		t.Run(fmt.Sprint("seed ", seed), func(t *testing.T) {
			r := rand.New(rand.NewPCG(seed, 0))
			d, records := newDesk(t), years(r)
			res := d.read(0, records...)
			d.link(r)
			if seed == 2 {
				d.must(d.desk.HoldLegally(t.Context(), rosa, desk.HoldRoutine, "SQL-LOGS", "a dispute"))
			}
			protected, old := d.evidence()
			before := d.rows("SELECT id FROM executions")
			incidents := d.rows("SELECT * FROM incidents")
			due, err := d.Prunable(t.Context(), d.rule(), shelf{})
			d.must(err)
			p := d.prune(shelf{})

			left := map[string]bool{}
			for _, id := range d.rows("SELECT id FROM executions") {
				left[id] = true
			}
			for _, id := range before {
				switch gone := !left[id]; {
				case gone && protected[id]:
					t.Errorf("execution %s was pruned, which is evidence", id)
				case gone != (old[id] && !protected[id]):
					t.Errorf("execution %s: pruned %v; of age %v, protected %v", id, gone, old[id], protected[id])
				}
			}
			if gone := len(before) - len(left); gone == 0 || int(p.Executions) != gone || p.Executions != due.Executions || p.Logs != due.Logs {
				t.Errorf("%d went; it says %+v and foretold %+v", gone, p, due)
			}
			equal(t, d.rows("SELECT * FROM incidents"), incidents...)
			if v := d.verified(); len(v.Findings) > 0 {
				t.Errorf("findings: %q", v.Findings)
			}
			slices.Reverse(records) // so that the file is no duplicate
			again := d.read(5, records...)
			if again.New != 0 || again.Incidents != 0 || again.Executions != res.Executions {
				t.Errorf("the old file brought %+v", again)
			}
			if p := d.prune(shelf{}); !p.Nothing() {
				t.Errorf("a second pruning dropped %+v", p)
			}
		})
	}
}

// link makes old successes the sessions of incidents, and the evidence of a risk.
func (d *aDesk) link(r *rand.Rand) {
	d.t.Helper()
	incidents, good := d.rows("SELECT id FROM incidents ORDER BY id"), d.rows("SELECT id FROM executions WHERE outcome = 2 ORDER BY at")
	outside(d.t, d.path, `INSERT INTO risks (id, kind, key, mark, source, tool, policy, client, level, company, category, found, since, usual, value, state, assignee, solution)
		VALUES (1, 1, 'k', 0, `+fmt.Sprint(d.source.ID)+`, 'Veeam', 'FS-DAILY', 'harbour', 'full', '', '', 0, 0, 1, 1, 1, '', '')`,
		"INSERT INTO risk_runs VALUES (1, "+good[r.IntN(10)]+", 0, 1, 1)")
	for range 5 {
		outside(d.t, d.path, fmt.Sprintf("INSERT OR IGNORE INTO links VALUES (%s, %s, '', 0)", incidents[r.IntN(len(incidents))], good[r.IntN(20)]))
	}
}

// An id that started over on a new server is another run, though an old one under it was pruned.
func TestPrune_tellsRunsOfOneIDApart(t *testing.T) {
	d := newDesk(t)
	records := years(rand.New(rand.NewPCG(7, 7)))
	d.read(0, records...)
	d.prune(shelf{})
	key := d.rows("SELECT t.at FROM tombstones t JOIN routines r ON r.id = t.routine WHERE r.name = 'FS-DAILY' LIMIT 1")
	for _, r := range records {
		e, ok := r.(backup.Execution)
		if !ok || len(key) == 0 || fmt.Sprint(e.Start.UnixMilli()) != key[0] {
			continue
		}
		e.Start, e.End, e.Outcome = at(-6), at(-5), backup.Failed
		want(t, d.read(6, e), 1, 0, 0, 1)
		return
	}
	t.Fatal("nothing was pruned")
}

// Logs and kept files go earlier than executions, but not those of open incidents, nor what is held.
func TestPrune_logsAndFiles(t *testing.T) {
	d := newDesk(t)
	log := func(e *backup.Execution) { e.Log = "the whole story" }
	d.now = at(-24 * 600)
	d.read(-24*600, night("open", backup.Failed, from(-24*601), log))
	d.read(-24*600+1, night("closed", backup.Failed, from(-24*601), log))
	d.read(-24*600+2, night("held", backup.Failed, from(-24*601), log, func(e *backup.Execution) { e.Client = "quay" }))
	d.must(d.desk.HoldLegally(t.Context(), rosa, desk.HoldClient, "QUAY", "a dispute"))
	outside(t, d.path, "UPDATE incidents SET state = 4 WHERE session IN ('closed', 'held')")
	d.now = monday
	kept := shelf{}
	for _, sum := range d.rows("SELECT lower(hex(sha256)) FROM files") {
		kept[sum] = "packed"
	}
	p := d.prune(kept)
	equal(t, d.rows("SELECT e.session FROM logs l JOIN executions e ON e.id = l.execution ORDER BY 1"), "held", "open")
	if p.Logs != 1 || p.Files != 1 || p.Executions != 0 {
		t.Errorf("pruned: %+v", p)
	}
	var left []string
	for sum := range maps.Keys(kept) {
		raw, err := hex.DecodeString(sum)
		d.must(err)
		left = append(left, d.rows("SELECT e.session FROM files f JOIN executions e ON e.file = f.id WHERE f.sha256 = ?", raw)...)
	}
	slices.Sort(left)
	equal(t, left, "held", "open")
	files, err := d.KeptFiles(t.Context(), desk.Everything(), desk.KeptQuery{})
	if err != nil || len(files) != 2 {
		t.Errorf("%d files can be read again, %v", len(files), err)
	}
}

// A pruning that was cut short is told by the next, and what it dropped still counts for its day.
func TestPrune_tellsWhatWasCutShort(t *testing.T) {
	d := newDesk(t)
	d.read(0, years(rand.New(rand.NewPCG(3, 3)))...)
	ids, err := all(t.Context(), d.Store.read, one[int64], oldRuns, argsIn(oldRuns, ruleArgs(d.rule()))...)
	d.must(err)
	_, err = d.pruneRuns(t.Context(), d.rule(), ruleArgs(d.rule()), ids[:3]) // then the machine failed
	d.must(err)
	p := d.prune(shelf{})
	if int(p.Executions) != len(ids) {
		t.Errorf("told of %d of %d", p.Executions, len(ids))
	}
	said := d.said("pruned")
	if len(said) != 1 || !strings.Contains(said[0], fmt.Sprintf("executions: %d", len(ids))) {
		t.Errorf("said: %q", said)
	}
	day := d.rows("SELECT routine, at FROM tombstones LIMIT 1")
	var routine, when int64
	if _, err := fmt.Sscanf(day[0], "%d | %d", &routine, &when); err != nil {
		t.Fatal(err)
	}
	runs, err := d.panelRuns(t.Context(), []int64{routine}, time.UnixMilli(when), time.UnixMilli(when+1))
	if err != nil || len(runs[routine]) == 0 {
		t.Errorf("runs of the day: %v, %v", runs, err)
	}
}
