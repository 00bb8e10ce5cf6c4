package report

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"backstop/app/desk"
	"backstop/app/figure"
)

var (
	byRoutineSheet = sheet{name: "Failures by routine", list: func(m *maker) { m.failures("Failures by routine", m.Figures.Now.Routines, figure.ByRoutine) }}
	byClientSheet  = sheet{name: "Failures by client", list: func(m *maker) { m.failures("Failures by client", m.Figures.Now.Clients, figure.ByClient) }}
)

// nameOf is the block of a routine or a client.
func nameOf(r figure.Routine) string {
	return strings.TrimSpace(r.Tool + " " + r.Policy + " " + strings.ToLower(r.Client))
}

// failures lists the runs without success, the worst routine or client first.
func (m *maker) failures(name string, worst []figure.Failing, by func(figure.Routine) figure.Routine) {
	r := m.list(name, "Runs whose last try was no success.", []desk.Column{
		textColumn("Client", 26), textColumn("Routine", 28), textColumn("Tool", 16),
		{Title: "Result", Kind: desk.Word},
		{Title: "Began, or was due", Kind: desk.Clock},
		{Title: "Execution", Kind: desk.ID},
		{Title: "Incident", Kind: desk.ID},
	})
	rank := map[string]int{}
	for i, f := range worst {
		rank[nameOf(f.Routine)] = i
	}
	bad, _ := figure.Find(figure.NotGood)
	routine := func(x figure.Run) figure.Routine { return m.Figures.Facts.Routines[x.Routine] }
	var all []figure.Run
	for _, x := range m.Figures.Facts.Runs {
		if bad.Runs(x) {
			all = append(all, x)
		}
	}
	slices.SortStableFunc(all, func(a, b figure.Run) int {
		return cmp.Compare(rank[nameOf(by(routine(a)))], rank[nameOf(by(routine(b)))])
	})
	incidents := m.incidentsByExecution()
	for _, x := range all {
		of := routine(x)
		r.add([]any{of.Client, of.Policy, of.Tool, results[resultOf(x)].name, time.UnixMilli(x.At), desk.Ref(x.Last), desk.Ref(incidentOf(x, incidents))}, nameOf(by(of)))
	}
	r.finish()
}

// incidentsByExecution finds the incident that an execution opened.
func (m *maker) incidentsByExecution() map[int64]int64 {
	found := make(map[int64]int64, len(m.Figures.Facts.Cases))
	for _, c := range m.Figures.Facts.Cases {
		if c.Execution != 0 {
			found[c.Execution] = c.ID
		}
	}
	return found
}

func incidentOf(r figure.Run, incidents map[int64]int64) int64 {
	if r.Incident != 0 {
		return r.Incident
	}
	return cmp.Or(incidents[r.Last], incidents[r.ID])
}

// some is a count that is worth a cell.
func some(n int) any {
	if n == 0 {
		return nil
	}
	return n
}
