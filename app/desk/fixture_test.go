package desk_test

import (
	"context"
	"encoding/json"
	"errors"
	"io/fs"
	"iter"
	"log/slog"
	"slices"
	"testing"
	"time"

	"backstop/app/backup"
	"backstop/app/desk"
	"backstop/app/incident"
	"backstop/app/people"
	"backstop/app/timeline"
)

// monday is the morning on which everything here happens.
var monday = time.Date(2026, 3, 2, 8, 0, 0, 0, time.UTC)

func at(hours int) time.Time { return monday.Add(time.Duration(hours) * time.Hour) }

var rosa = desk.Actor{Name: "rosa"}

// memory is a store as far as these tests need one. What is not here panics.
type memory struct {
	desk.Store
	sources   []backup.Source
	incidents map[incident.ID]incident.Incident
	entries   []timeline.Entry
	settings  map[string]string
	answers   []desk.Answer
	rows      []desk.IncidentRow // of every list
	asked     desk.IncidentQuery // of the last one
	removed   []int64
	broken    error  // fails every write
	between   func() // happens before the next Apply, as another person's action would
	faster    string // a source of this name is made by another program before this one does
	statuses  backup.StatusMap
}

type fixture struct {
	*desk.Desk
	store  *memory
	events []desk.Event
	now    time.Time
	source backup.Source // that was read for last
	fault  error         // of reading
}

// newReading is a desk with the source tapes that remembers for which source it read last.
func newReading(t *testing.T) *fixture {
	t.Helper()
	f := newDesk(t)
	f.store.sources = []backup.Source{{ID: 1, Name: "tapes"}}
	f.Desk = desk.New(desk.Parts{Store: f.store, Now: func() time.Time { return f.now }, Log: slog.New(slog.DiscardHandler), Reader: func(*desk.FileIntake) desk.Reader { return onlyReads{fixture: f} }})
	return f
}

// onlyReads is the desk's reader. What is not here panics.
type onlyReads struct {
	desk.Reader
	fixture *fixture
}

func (r onlyReads) Read(_ context.Context, source backup.Source, _ []string, _ func(backup.Progress)) ([]backup.FileResult, error) {
	r.fixture.source = source
	return nil, r.fixture.fault
}

// Again implements desk.Reader; nothing is kept here.
func (f *fixture) Again(_ context.Context, _ backup.Source, file backup.File, _ func(int64)) (backup.File, iter.Seq2[backup.Execution, error], error) {
	return file, nil, fs.ErrNotExist
}

// newDesk has incidents 1 and 2, both New.
func newDesk(t *testing.T) *fixture {
	t.Helper()
	m := &memory{incidents: map[incident.ID]incident.Incident{}, settings: map[string]string{}}
	for id := incident.ID(1); id <= 2; id++ {
		m.incidents[id] = incident.Incident{ID: id, Title: "FS-DAILY failed", OpenedAs: "FS-DAILY failed", State: incident.New, Cause: incident.CauseFailed, Failed: at(-6)}
	}
	f := &fixture{store: m, now: monday}
	f.Desk = desk.New(desk.Parts{Store: m, Now: func() time.Time { return f.now }, Log: slog.New(slog.DiscardHandler)})
	t.Cleanup(f.Listen(func(e desk.Event) { f.events = append(f.events, e) }))
	return f
}

// FindRisks finds none: they are the store's tests.
func (m *memory) FindRisks(context.Context, desk.RiskSweep) (desk.FoundRisks, error) {
	return desk.FoundRisks{}, m.broken
}

func (m *memory) Apply(_ context.Context, _ desk.Scope, judged time.Time, want desk.Want, rule func(desk.Loaded) ([]incident.Change, error)) ([]incident.Change, error) {
	if m.between != nil {
		m.between()
		m.between = nil
	}
	var l desk.Loaded
	for _, id := range want.Incidents {
		in, ok := m.incidents[id]
		if !ok {
			return nil, desk.ErrNotFound
		}
		l.Incidents = append(l.Incidents, in)
	}
	changes, err := rule(l)
	if err = errors.Join(err, m.broken); err != nil {
		return nil, err
	}
	for _, c := range changes {
		for i := range c.Entries {
			c.Entries[i].Judged = judged
		}
		m.note(c.Entries)
		c.Incident.Newest = int64(len(m.entries))
		m.incidents[c.Incident.ID] = c.Incident
	}
	return changes, nil
}

func (m *memory) note(entries []timeline.Entry) {
	for _, e := range entries {
		e.Seq = int64(len(m.entries) + 1)
		m.entries = append(m.entries, e)
	}
}

func (m *memory) Incident(_ context.Context, _ desk.Scope, id incident.ID) (desk.Detail, error) {
	in, ok := m.incidents[id]
	if !ok {
		return desk.Detail{}, desk.ErrNotFound
	}
	return desk.Detail{Incident: in}, nil
}

func (m *memory) Timeline(_ context.Context, _ desk.Scope, q desk.TimelineQuery) ([]timeline.Entry, error) {
	var found []timeline.Entry
	for _, e := range slices.Backward(m.entries) {
		if e.Subject == q.Subject && e.SubjectID == q.SubjectID && len(found) < q.Limit {
			found = append(found, e)
		}
	}
	return found, nil
}

func (m *memory) IncidentIDs(_ context.Context, _ desk.Scope, q desk.IncidentQuery) ([]int64, error) {
	m.asked = q
	return nil, nil
}

func (m *memory) IncidentRows(context.Context, desk.Scope, []int64) ([]desk.IncidentRow, error) {
	return m.rows, nil
}

func (m *memory) DueHolds(_ context.Context, now time.Time) ([]incident.ID, error) {
	var due []incident.ID
	for id, in := range m.incidents {
		if in.State == incident.OnHold && !in.Until.After(now) {
			due = append(due, id)
		}
	}
	slices.Sort(due)
	return due, nil
}

func (m *memory) Sources(context.Context) ([]backup.Source, error) {
	return slices.Clone(m.sources), nil
}

func (m *memory) SaveSource(_ context.Context, s backup.Source, entries []timeline.Entry) (backup.Source, error) {
	if m.faster == s.Name {
		m.faster = ""
		m.sources = append(m.sources, backup.Source{ID: int64(len(m.sources) + 1), Name: s.Name})
		return s, errors.New("UNIQUE constraint failed: sources.name")
	}
	if m.broken != nil {
		return s, m.broken
	}
	if s.ID == 0 {
		s.ID = int64(len(m.sources) + 1)
		m.sources = append(m.sources, s)
	} else {
		m.sources[s.ID-1] = s
	}
	m.note(entries)
	return s, nil
}

func (m *memory) RemoveSource(_ context.Context, id int64, entries []timeline.Entry) error {
	m.removed = append(m.removed, id)
	m.note(entries)
	return m.broken
}

func (m *memory) Setting(_ context.Context, name string, value any) error {
	if text, ok := m.settings[name]; ok {
		return json.Unmarshal([]byte(text), value)
	}
	return nil
}

func (m *memory) SaveSetting(_ context.Context, name string, value any, entries []timeline.Entry) error {
	if m.broken != nil {
		return m.broken
	}
	if value == nil {
		delete(m.settings, name)
		return nil
	}
	text, err := json.Marshal(value)
	m.settings[name] = string(text)
	m.note(entries)
	return err
}

func (m *memory) Answer(_ context.Context, a desk.Answer) (int, error) {
	m.answers = append(m.answers, a)
	return 7, m.broken
}

// said are the newest entry's details as "name: from → to".
func (f *fixture) said(t *testing.T) []string {
	t.Helper()
	if len(f.store.entries) == 0 {
		return nil
	}
	var said []string
	for _, d := range f.store.entries[len(f.store.entries)-1].Details {
		if d.From != "" {
			d.To = d.From + " → " + d.To
		}
		said = append(said, d.Name+": "+d.To)
	}
	return said
}

// wantRefused checks that an action fails in these words and tells no window.
func (f *fixture) wantRefused(t *testing.T, err error, why string) {
	t.Helper()
	if err == nil || err.Error() != why {
		t.Errorf("error = %v, want %q", err, why)
	}
	if len(f.events) > 0 {
		t.Errorf("windows were told %+v", f.events)
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func equal(t *testing.T, got []string, want ...string) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}

func (m *memory) StatusMap(context.Context) (backup.StatusMap, error) { return m.statuses, nil }

func (m *memory) ToolSettings(context.Context) (map[string]desk.ToolSettings, error) { return nil, nil }

func (m *memory) SaveStatusMap(_ context.Context, change func(backup.StatusMap) (backup.StatusMap, []timeline.Entry, error)) error {
	after, entries, err := change(m.statuses)
	if err = errors.Join(err, m.broken); err != nil {
		return err
	}
	m.statuses = after
	m.note(entries)
	return nil
}

// Nothing is expected of anything here.
func (m *memory) PendingRoutines(context.Context, time.Time, []int64) ([]int64, error) {
	return nil, nil
}

func (m *memory) Deliveries(context.Context) ([]desk.Delivery, error) { return nil, nil }

func (m *memory) Unfinished(context.Context, time.Time) ([]desk.Unfinished, error) { return nil, nil }

func (m *memory) Record(_ context.Context, entries []timeline.Entry) error {
	m.note(entries)
	return m.broken
}

// Standing knows no users: nobody signs in.
func (m *memory) Standing(context.Context, people.ID) (desk.Standing, error) {
	return desk.Standing{}, nil
}

func (m *memory) Users(context.Context) ([]people.User, error) { return nil, nil }
