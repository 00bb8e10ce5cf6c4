package data

import (
	"fmt"
	"slices"
	"testing"

	"backstop/app/backup"
)

func TestIdentity_isNeverTheSource(t *testing.T) {
	d := newDesk(t)
	d.read(0, night("1", backup.Failed), night("", backup.Failed))
	d.source = d.addSource(backup.Source{Name: "mails"})
	other := func(e *backup.Execution) { e.Evidence, e.Error = backup.Report, "by mail" }
	want(t, d.read(1, night("1", backup.Failed, other), night("", backup.Failed, other)), 0, 2, 0, 0)
}

// A corrected zone re-dates an execution without an id, and never doubles it.
func TestIdentity_aCorrectedZoneRedates(t *testing.T) {
	d := newDesk(t)
	written := func(hours float64) backup.Execution {
		return night("", backup.Failed, func(e *backup.Execution) {
			e.StartText, e.Absolute, e.Start, e.End = "02.03.2026 02:00", false, at(hours), at(hours+1)
		})
	}
	want(t, d.read(0, written(-6)), 1, 0, 0, 1)
	want(t, d.read(1, written(-8)), 0, 1, 0, 0)
	equal(t, d.rows("SELECT start, at = start FROM executions"), fmt.Sprintf("%d | 1", at(-8).UnixMilli()))
}

// A server that was installed anew counts from the start: what lies more than a day apart is another run.
func TestIdentity_idsThatStartOver(t *testing.T) {
	d := newDesk(t)
	want(t, d.read(0, night("1", backup.Failed)), 1, 0, 0, 1)
	want(t, d.read(30, night("1", backup.Failed, from(18))), 0, 1, 0, 0) // a day later to the minute: it is that run, started anew
	want(t, d.read(60, night("1", backup.Failed, from(42.1))), 1, 0, 0, 1)
	want(t, d.read(90, night("1", backup.Failed, from(90)), night("1", backup.Failed, from(120))), 2, 0, 0, 2)
	equal(t, d.rows("SELECT era, start FROM executions ORDER BY era"),
		fmt.Sprintf("0 | %d", at(18).UnixMilli()), fmt.Sprintf("1 | %d", at(42.1).UnixMilli()), fmt.Sprintf("2 | %d", at(90).UnixMilli()), fmt.Sprintf("3 | %d", at(120).UnixMilli()))
	want(t, d.read(91, night("1", backup.Failed, from(42.1)), night("1", backup.Failed, from(90))), 0, 0, 2, 0)
}

// Logs of runs whose ids started over are kept as well.
func TestIdentity_idsThatStartOverKeepTheirLogs(t *testing.T) {
	d := newDesk(t)
	d.read(0, night("1", backup.Failed))
	d.read(90, night("1", backup.Failed, from(90), func(e *backup.Execution) { e.Log = "its own" }))
	equal(t, d.rows("SELECT e.era, l.body FROM logs l JOIN executions e ON e.id = l.execution"), "1 | its own")
}

func TestIdentity_theServerIsTakenOver(t *testing.T) {
	for _, tt := range []struct {
		name   string
		files  []backup.Execution
		stored []string // server and outcome
	}{
		{"without a server, then under one", []backup.Execution{night("1", backup.Running, under("")), night("1", backup.Failed)}, []string{"vault | 4"}},
		{"under a server, then without", []backup.Execution{night("1", backup.Running), night("1", backup.Failed, under(""))}, []string{"vault | 4"}},
		{"and goes on under it", []backup.Execution{night("1", backup.Running, under("")), night("1", backup.Running), night("1", backup.Failed)}, []string{"vault | 4"}},
		{"and goes on without", []backup.Execution{night("1", backup.Running, under("")), night("1", backup.Running), night("1", backup.Failed, under(""))}, []string{"vault | 4"}},
		{"more than a day apart", []backup.Execution{night("1", backup.Failed, under("")), night("1", backup.Failed, from(20))}, []string{" | 4", "vault | 4"}},
		{"another tool's id", []backup.Execution{night("1", backup.Failed, under("")), night("1", backup.Failed, func(e *backup.Execution) { e.Tool = "Bacula" })}, []string{" | 4", "vault | 4"}},
		{"not where two servers are known", []backup.Execution{night("8", backup.Failed, under("attic")), night("9", backup.Failed), night("1", backup.Failed, under("")), night("1", backup.Failed)}, []string{"attic | 4", "vault | 4", " | 4", "vault | 4"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			d := newDesk(t)
			for i, e := range tt.files {
				d.source = d.addSource(backup.Source{Name: fmt.Sprint("source ", i)}) // no server stands in
				d.read(float64(i), e)
			}
			equal(t, d.rows("SELECT instance, outcome FROM executions ORDER BY id"), tt.stored...)
		})
	}
}

// The id may have been in use under the server long before, so the one taken over is another era of it.
func TestIdentity_takenOverByAServerWhoseIdsStartedOver(t *testing.T) {
	old, nameless := night("1", backup.Failed, from(-1000)), night("1", backup.Running, under(""))
	for name, first := range map[string][]any{"one after the other": {old, nil, nameless}, "both of one file": {nameless, old}} {
		t.Run(name, func(t *testing.T) {
			d := newDesk(t)
			i := slices.Index(first, nil)
			if i > 0 {
				d.read(-1, first[:i]...)
				d.source = d.addSource(backup.Source{Name: "mails"})
			}
			d.read(0, first[i+1:]...)
			d.read(1, night("1", backup.Failed))
			equal(t, d.rows("SELECT instance, outcome, start FROM executions ORDER BY start"),
				fmt.Sprintf("vault | 4 | %d", at(-1000).UnixMilli()), fmt.Sprintf("vault | 4 | %d", at(-6).UnixMilli()))
		})
	}
}

// A run under the only known server stays one when another server becomes known.
func TestIdentity_anotherServerDoublesNothing(t *testing.T) {
	d := newDesk(t)
	d.read(0, night("1", backup.Failed, under(""), from(-1000)))
	want(t, d.read(1, night("1", backup.Failed)), 1, 0, 0, 1)
	d.read(2, night("1", backup.Failed, under("attic")))
	want(t, d.read(3, night("1", backup.Success, func(e *backup.Execution) { e.End = at(0) })), 0, 1, 0, 0)
}

func TestIdentity_aServerStandsIn(t *testing.T) {
	for _, tt := range []struct {
		name     string
		instance string // of the source
		files    [][]any
		servers  []string
	}{
		{"the source's", "attic", [][]any{{night("1", backup.Failed, under(""))}}, []string{"attic"}},
		{"a file's own name is stronger", "attic", [][]any{{night("1", backup.Failed)}}, []string{"vault"}},
		{"the first that the source's files name", "", [][]any{{night("1", backup.Failed)}, {night("2", backup.Failed, under("attic"))}, {night("3", backup.Failed, under(""))}}, []string{"vault", "attic", "vault"}},
		{"the first that the file names", "", [][]any{{night("1", backup.Failed), night("2", backup.Failed, under(""))}}, []string{"vault", "vault"}},
		{"none", "", [][]any{{night("1", backup.Failed, under(""))}}, []string{""}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			d := newDesk(t)
			d.source = d.addSource(backup.Source{Name: "mails", Instance: tt.instance})
			for i, records := range tt.files {
				d.read(float64(i), records...)
			}
			equal(t, d.rows("SELECT instance FROM executions ORDER BY id"), tt.servers...)
		})
	}
}

func TestIdentity_theSourcesNameStandsIn(t *testing.T) {
	d := newDesk(t)
	nameless := func(e *backup.Execution) { e.Routine, e.Client = "", "" }
	d.read(0, night("1", backup.Failed, nameless))
	equal(t, d.rows("SELECT r.name, r.client FROM executions e JOIN routines r ON r.id = e.routine"), "night exports | night exports")
	equal(t, d.rows("SELECT policy, client FROM incidents"), "night exports | night exports")
}
