package ui

import (
	"context"
	"errors"
	"slices"
	"testing"

	"backstop/app/desk"
)

// fakeRows has incidents 1 to n, the newest first, and notes what was asked for.
type fakeRows struct {
	n     int64
	title string
	err   error
	asked []desk.IncidentQuery
	pages [][]int64
	ended []context.Context // of the questions
}

func (f *fakeRows) IncidentIDs(ctx context.Context, _ desk.Actor, q desk.IncidentQuery) ([]int64, error) {
	f.asked, f.ended = append(f.asked, q), append(f.ended, ctx)
	var ids []int64
	for id := f.n; id > 0 && (q.Limit == 0 || len(ids) < q.Limit); id-- {
		ids = append(ids, id)
	}
	return ids, f.err
}

func (f *fakeRows) IncidentRows(_ context.Context, _ desk.Actor, ids []int64) ([]desk.IncidentRow, error) {
	f.pages = append(f.pages, ids)
	var rows []desk.IncidentRow
	for _, id := range ids {
		rows = append(rows, desk.IncidentRow{ID: id, Title: f.title})
	}
	return rows, f.err
}

// told is what the model told its page.
type told struct {
	fresh []bool
	errs  []error
	drawn int
}

func newModel(t *testing.T, n int64) (*pagedModel[desk.IncidentRow, desk.IncidentQuery], *fakeRows, *queue, *told) {
	t.Helper()
	f, q, said := &fakeRows{n: n, title: "first"}, &queue{}, &told{}
	m := newPagedModel(t.Context(), incidentLister(f, desk.Actor{}), q.add)
	m.changed = func(fresh bool, err error) { said.fresh, said.errs = append(said.fresh, fresh), append(said.errs, err) }
	m.drawn = func() { said.drawn++ }
	return m, f, q, said
}

func TestPagedModel_showsAPageBeforeAllOfThem(t *testing.T) {
	m, f, q, said := newModel(t, 1000)
	m.ask(desk.IncidentQuery{Text: "vault"})
	if m.Len() != 0 || len(said.fresh) != 0 {
		t.Fatal("it answered before it was told")
	}
	q.work[0]()
	if m.Len() != pageSize {
		t.Errorf("%d rows after the first answer", m.Len())
	}
	q.work = q.work[1:]
	q.run()
	if m.Len() != 1000 || !slices.Equal(said.fresh, []bool{true, false}) || m.arrived != 0 {
		t.Errorf("%d rows, told fresh %v, %d new", m.Len(), said.fresh, m.arrived)
	}
	if f.asked[0].Limit != pageSize || f.asked[1].Limit != 0 || f.asked[1].Text != "vault" {
		t.Errorf("asked %+v", f.asked)
	}
	if i, ok := m.Index(998); i != 2 || !ok || m.ID(2) != 998 {
		t.Errorf("998 is row %d", i)
	}
}

func TestPagedModel_readsAFewOnce(t *testing.T) {
	m, f, q, _ := newModel(t, 3)
	m.ask(desk.IncidentQuery{})
	q.run()
	if m.Len() != 3 || len(f.asked) != 1 {
		t.Errorf("%d rows by %d questions", m.Len(), len(f.asked))
	}
}

func TestPagedModel_dropsLateAnswers(t *testing.T) {
	m, f, q, said := newModel(t, 5)
	m.ask(desk.IncidentQuery{Text: "old"})
	late := q.work[0]
	q.work = nil
	f.n = 2
	m.ask(desk.IncidentQuery{Text: "new"})
	q.run()
	f.n, f.err = 5, errors.New("called off")
	late()
	if m.Len() != 2 || len(said.fresh) != 1 {
		t.Errorf("%d rows, told %d times", m.Len(), len(said.fresh))
	}
	if f.ended[1].Err() == nil { // the late one's, asked last
		t.Error("the older question was not called off")
	}

	f.err = nil
	m.Row(0) // asks for its page
	late = q.work[0]
	q.work = nil
	m.ask(desk.IncidentQuery{Text: "newest"})
	late()
	if said.drawn != 0 {
		t.Error("a page of the question before was drawn")
	}
}

func TestPagedModel_showsTheOldRowUntilTheNewIsThere(t *testing.T) {
	m, f, q, said := newModel(t, 2)
	m.ask(desk.IncidentQuery{})
	q.run()
	if _, ok := m.Row(0); ok {
		t.Fatal("a row that was never read is there")
	}
	m.Row(1)
	q.run()
	if len(f.pages) != 1 || said.drawn != 1 {
		t.Fatalf("%d pages read for one, drawn %d times", len(f.pages), said.drawn)
	}
	f.title = "second"
	m.reload()
	q.run()
	if r, ok := m.Row(0); !ok || r.Title != "first" {
		t.Errorf("before the answer the row says %q", r.Title)
	}
	q.run()
	if r, ok := m.Row(0); !ok || r.Title != "second" {
		t.Errorf("after the answer the row says %q", r.Title)
	}
	if len(q.work) != 0 {
		t.Error("a row that is fresh was asked for again")
	}
}

func TestPagedModel_countsWhatCameIn(t *testing.T) {
	m, f, q, _ := newModel(t, 3)
	m.ask(desk.IncidentQuery{})
	q.run()
	if m.look() != 3 {
		t.Error("3 is the newest")
	}
	for _, n := range []int64{4, 6} {
		f.n = n
		m.reload()
		q.run()
		if int64(m.arrived) != n-3 {
			t.Errorf("with %d there are %d new", n, m.arrived)
		}
	}
	if m.look() != 6 || m.arrived != 0 {
		t.Errorf("%d new after a look", m.arrived)
	}
}

// A reload while only the first page is there brings the rest, which is no news.
func TestPagedModel_doesNotTakeTheRestForNews(t *testing.T) {
	m, _, q, _ := newModel(t, 500)
	m.ask(desk.IncidentQuery{})
	q.work[0]()
	m.reload()
	q.run()
	if m.Len() != 500 || m.arrived != 0 {
		t.Errorf("%d rows, %d new", m.Len(), m.arrived)
	}
}

func TestPagedModel_keepsFewRows(t *testing.T) {
	m, _, q, _ := newModel(t, 10*keepRows)
	m.ask(desk.IncidentQuery{})
	q.run()
	for i := 0; i < m.Len(); i += pageSize {
		m.Row(i)
		q.run()
		if _, ok := m.Row(i); !ok {
			t.Fatalf("row %d was read and is not there", i)
		}
		if len(m.rows) > keepRows || len(m.fetched) > keepRows || len(m.asked) > keepRows/pageSize {
			t.Fatalf("%d rows are kept of %d pages", len(m.rows), len(m.asked))
		}
	}
	if _, ok := m.Row(0); ok {
		t.Error("the first page is still kept")
	}
	q.run()
	if _, ok := m.Row(0); !ok {
		t.Error("the first page does not come back")
	}
}

func TestPagedModel_tellsErrors(t *testing.T) {
	m, f, q, said := newModel(t, 500)
	m.ask(desk.IncidentQuery{})
	q.run()
	f.err = errors.New("the disk is gone")
	for name, do := range map[string]func(){
		"a question": func() { m.ask(desk.IncidentQuery{Text: "x"}) },
		"a reload":   m.reload,
		"a page":     func() { m.Row(0) },
	} {
		said.errs = nil
		do()
		q.run()
		if len(said.errs) != 1 || !errors.Is(said.errs[0], f.err) || m.Len() != 500 {
			t.Errorf("%s: told %v, %d rows", name, said.errs, m.Len())
		}
	}
}
