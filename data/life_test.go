package data

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"backstop/app/backup"
	"backstop/app/desk"
	"backstop/app/incident"
)

// life does to incidents, over a real database, whatever a person may try, in an order that chance gives.
type life struct {
	*aDesk
	random *rand.Rand
	done   string // the step that was taken last, for what goes wrong
	cutOff int    // how many steps were cut off half way
}

// The incidents of a life, and the executions that later ran: successes, partial and failed ones, a restore.
const (
	lifeIncidents = 10
	lifeSessions  = 8
)

func newLife(t *testing.T, seed uint64) *life {
	d := newDesk(t)
	var records []any
	for n := range lifeIncidents {
		records = append(records, night(fmt.Sprint(n+1), backup.Failed, from(float64(n)-12)))
	}
	outcomes := []backup.Outcome{backup.Success, backup.Partial, backup.Success, backup.Failed}
	for n := range lifeSessions {
		records = append(records, night(fmt.Sprint(100+n), outcomes[n%len(outcomes)], from(float64(n)*2-11), func(e *backup.Execution) {
			e.Routine = "BY-HAND"
			if n == lifeSessions-2 {
				e.Kind = backup.Restore
			}
		}))
	}
	d.read(0, records...)
	return &life{aDesk: d, random: rand.New(rand.NewPCG(seed, 4))}
}

// kept is all that a merge could change; changed is left out, which follows the timeline.
func (l *life) kept() []string {
	return append(l.rows(`SELECT id, title, state, assignee, team, until, closing, category, description, solution, closed, evidence_changed, into_id, merge_id, before_merge, merged
		FROM incidents ORDER BY id`), l.rows("SELECT incident, session, note, proposed FROM links ORDER BY incident, session, proposed")...)
}

func (l *life) entries() int {
	var n int
	l.must(l.count(l.t.Context(), &n, "SELECT COUNT(*) FROM timeline"))
	return n
}

// some are incidents of any state, the same one never twice.
func (l *life) some() []int64 {
	ids := l.random.Perm(lifeIncidents)[:1+l.random.IntN(5)]
	some := make([]int64, len(ids))
	for i, id := range ids {
		some[i] = int64(id + 1)
	}
	return some
}

func (l *life) one() int64 { return l.some()[0] }

// merge merges some, or is cut off on the way.
func (l *life) merge() error {
	ids := l.some()
	l.done = fmt.Sprint("merge ", ids)
	ctx, cancel := context.WithCancel(l.t.Context())
	defer cancel()
	cut := -1
	if l.random.IntN(4) == 0 {
		cut = l.random.IntN(len(ids))
	}
	return l.desk.MergeAll(ctx, rosa, []desk.MergeRequest{{Into: ids[0], From: ids[1:]}}, func(at, _ int) {
		if at == cut {
			cancel()
		}
	})
}

func (l *life) unmerge() error {
	destination := l.one()
	l.done = fmt.Sprint("unmerge all of ", destination)
	return l.desk.Unmerge(l.t.Context(), rosa, destination, nil)
}

func (l *life) unmergeSome() error {
	in, err := l.desk.Incident(l.t.Context(), rosa, l.one())
	l.must(err)
	l.done = fmt.Sprint("unmerge ", in.Incident.ID)
	return l.desk.Unmerge(l.t.Context(), rosa, int64(in.Incident.Into), []int64{int64(in.Incident.ID)})
}

func (l *life) act() error {
	ids := l.some()
	l.done = fmt.Sprint("hold or progress ", ids)
	if l.random.IntN(2) == 0 {
		return l.desk.Progress(l.t.Context(), rosa, ids, "on it", true)
	}
	return l.desk.Hold(l.t.Context(), rosa, ids, incident.Wait{Team: "Storage", Note: "new disk", Until: l.now.Add(1000 * time.Hour)})
}

func (l *life) close() error {
	ids := l.some()
	l.done = fmt.Sprint("close ", ids)
	return l.desk.Close(l.t.Context(), rosa, ids, []incident.Closing{incident.ClosedSuccess, incident.ClosedMissed}[l.random.IntN(2)], account, nil)
}

// closeReprocessed pairs most of a group with any execution there is, good or bad, takes some out and forgets some.
func (l *life) closeReprocessed() error {
	in, err := l.desk.Incident(l.t.Context(), rosa, l.one())
	l.must(err)
	r := incident.Reprocessing{Account: account}
	for _, i := range in.Incident.Group() {
		switch l.random.IntN(8) {
		case 0: // forgotten
		case 1:
			r.TakenOut = append(r.TakenOut, i.ID)
		default:
			session := incident.ExecutionID(lifeIncidents + 1 + l.random.IntN(lifeSessions))
			r.Pairs = append(r.Pairs, incident.Pair{Incident: i.ID, Session: session, Note: []string{"", "enough"}[l.random.IntN(2)]})
		}
	}
	l.done = fmt.Sprint("reprocess ", in.Incident.ID, r.Pairs, r.TakenOut)
	return l.desk.CloseReprocessed(l.t.Context(), rosa, []int64{int64(in.Incident.ID)}, r, nil)
}

func (l *life) reopen() error {
	id := l.one()
	l.done = fmt.Sprint("reopen ", id)
	return l.desk.Reopen(l.t.Context(), rosa, id, "again")
}

// step takes one, and holds it to its word: all of it, or nothing at all.
func (l *life) step(step func() error) bool {
	l.t.Helper()
	l.now = l.now.Add(time.Second)
	before, entries := l.kept(), l.entries()
	err := step()
	if err == nil {
		if l.entries() == entries {
			l.t.Fatalf("%s: nothing is on record", l.done)
		}
		return true
	}
	if errors.Is(err, context.Canceled) {
		l.cutOff++
	}
	if !errors.Is(err, incident.ErrNotAllowed) && !errors.Is(err, context.Canceled) && !errors.Is(err, desk.ErrNotFound) {
		l.t.Fatalf("%s: %v", l.done, err)
	}
	if !slices.Equal(l.kept(), before) || l.entries() != entries {
		l.t.Fatalf("%s was refused (%v) and left something behind:\n%q\n%q", l.done, err, before, l.kept())
	}
	return false
}

// holdsTogether is what must be true of the tables at all times, asked of them in SQL and not of the rules.
func (l *life) holdsTogether() {
	l.t.Helper()
	const linked = "links l JOIN executions e ON e.id = l.session JOIN incidents i ON i.id = l.incident"
	for what, query := range map[string]string{
		"deeper than one level, or a circle": "SELECT a.id FROM incidents a JOIN incidents b ON b.id = a.into_id WHERE b.into_id IS NOT NULL OR a.id = b.id",
		"merged without a destination":       "SELECT id FROM incidents WHERE (state = 5) <> (into_id IS NOT NULL)",
		"miscounted":                         "SELECT id FROM incidents d WHERE merged <> (SELECT COUNT(*) FROM incidents c WHERE c.into_id = d.id)",
		"closed otherwise than its destination": `SELECT a.id FROM incidents a JOIN incidents b ON b.id = a.into_id
			WHERE (a.closing, a.category, a.description, a.solution) <> (b.closing, b.category, b.description, b.solution)`,
		"closed without a status":          "SELECT id FROM incidents WHERE into_id IS NULL AND (state = 4) <> (closing <> 0)",
		"reprocessed by nothing":           "SELECT id FROM incidents WHERE closing = 3 AND NOT EXISTS (SELECT 1 FROM links WHERE incident = id AND proposed = 0)",
		"linked and not reprocessed":       "SELECT i.id FROM " + linked + " WHERE proposed = 0 AND i.closing <> 3",
		"made good by what saved nothing":  fmt.Sprintf("SELECT i.id FROM %s WHERE e.outcome NOT IN (%d, %d)", linked, backup.Success, backup.Partial),
		"made good by a restore":           fmt.Sprintf("SELECT i.id FROM %s WHERE e.kind = %d", linked, backup.Restore),
		"made good before it failed":       "SELECT i.id FROM " + linked + " WHERE e.start < i.failed",
		"partial is enough without a note": fmt.Sprintf("SELECT i.id FROM %s WHERE e.outcome = %d AND l.note = ''", linked, backup.Partial),
	} {
		if broken := l.rows(query); len(broken) > 0 {
			l.t.Fatalf("after %s: %s: %q", l.done, what, broken)
		}
	}
}

// Whatever is done in whatever order: one level and no circle, nothing Reprocessed without a valid link, and what is refused or
// cut off half way leaves nothing behind.
func TestLife_holdsTogether(t *testing.T) {
	l := newLife(t, 1)
	steps := []func() error{l.merge, l.merge, l.unmerge, l.unmergeSome, l.act, l.act, l.close, l.closeReprocessed, l.closeReprocessed, l.closeReprocessed, l.reopen, l.reopen}
	taken := map[bool]int{}
	for range 600 {
		taken[l.step(steps[l.random.IntN(len(steps))])]++
		l.holdsTogether()
	}
	if v := l.verified(); len(v.Findings) > 0 {
		t.Errorf("%q", v.Findings)
	}
	if taken[true] < 100 || taken[false] < 100 || l.cutOff == 0 {
		t.Errorf("%d steps were taken, %d refused, %d of them cut off", taken[true], taken[false], l.cutOff)
	}
	if n := len(l.rows("SELECT DISTINCT incident FROM links")); n == 0 {
		t.Error("nothing was ever reprocessed")
	}
}

// Taking apart what a merge brought is as if it had never been, whatever was merged before: the tables are as they were, the
// timeline has grown by the entries of the two and is else untouched.
func TestLife_unmergeUndoesAMerge(t *testing.T) {
	l := newLife(t, 2)
	tried := 0
	for range 150 {
		if l.random.IntN(3) > 0 {
			l.step([]func() error{l.merge, l.act, l.unmergeSome, l.reopen}[l.random.IntN(4)])
			continue
		}
		before, entries, head := l.kept(), l.entries(), l.verified().Head
		ids := l.some()
		l.done = fmt.Sprint("merge ", ids)
		if !l.step(func() error {
			return l.desk.Merge(t.Context(), rosa, desk.MergeRequest{Into: ids[0], From: ids[1:]})
		}) {
			continue
		}
		in, err := l.desk.Incident(t.Context(), rosa, ids[0])
		l.must(err)
		brought := in.Incident.Brought(l.now.UnixMilli())
		took := make([]int64, len(brought))
		for i, id := range brought {
			took[i] = int64(id)
		}
		l.must(l.desk.Unmerge(t.Context(), rosa, ids[0], took))
		if after := l.kept(); !slices.Equal(after, before) {
			t.Fatalf("%s, and apart:\n%q\n%q", l.done, before, after)
		}
		if grown := l.entries() - entries; grown != 2*(1+len(brought)) {
			t.Fatalf("%s of %d: %d entries", l.done, len(brought), grown)
		}
		if v := l.verified(head); len(v.Findings) > 0 {
			t.Fatalf("%s: %q", l.done, v.Findings)
		}
		tried++
	}
	if tried < 10 {
		t.Errorf("only %d merges were tried", tried)
	}
}
