package report

import (
	"cmp"
	"strings"
	"time"

	"backstop/app/desk"
	"backstop/app/figure"
	"backstop/app/say"
)

var (
	byRoutineSheet = sheet{name: say.N("Failures by routine"), list: func(m *maker) { m.failures("Failures by routine", m.Figures.Now.Routines, figure.ByRoutine) }}
	byClientSheet  = sheet{name: say.N("Failures by client"), list: func(m *maker) { m.failures("Failures by client", m.Figures.Now.Clients, figure.ByClient) }}
)

// nameOf is the block of a routine or a client.
func nameOf(r figure.Routine) string {
	return strings.TrimSpace(r.Tool + " " + r.Policy + " " + strings.ToLower(r.Client))
}

// failures lists the runs without success, the worst routine or client first.
func (m *maker) failures(name string, worst []figure.Failing, by func(figure.Routine) figure.Routine) {
	r := m.list(name, say.T("Runs whose last try was no success."), []desk.Column{
		textColumn(say.T("Client"), 26), textColumn(say.T("Routine"), 28), textColumn(say.T("Tool"), 16),
		{Title: say.T("Result"), Kind: desk.Word},
		{Title: say.T("Began, or was due"), Kind: desk.Clock},
		{Title: say.T("Execution"), Kind: desk.ID},
		{Title: say.T("Incident"), Kind: desk.ID},
	})
	rank := map[string]int{}
	for i, f := range worst {
		rank[nameOf(f.Routine)] = i
	}
	bad, _ := figure.Find(figure.NotGood)
	of := func(x *figure.Run) figure.Routine { return m.Figures.Facts.Routines[x.Routine] }
	all := m.runs(func(x *figure.Run) bool { return bad.Runs(*x) }, func(a, b *figure.Run) int { return cmp.Compare(rank[nameOf(by(of(a)))], rank[nameOf(by(of(b)))]) })
	for _, x := range all {
		r.add([]any{of(x).Client, of(x).Policy, of(x).Tool, say.W(results[resultOf(*x)].name), time.UnixMilli(x.At), desk.Ref(x.Last), desk.Ref(m.incidentOf(x))}, say.T("all"), nameOf(by(of(x))))
	}
	r.finish()
}

// some is a count that is worth a cell.
func some(n int) any {
	if n == 0 {
		return nil
	}
	return n
}
