package report

import (
	"strings"

	"backstop/app/desk"
	"backstop/app/say"
	"backstop/app/timeline"
)

var timelineSheet = sheet{name: say.N("Timeline"), list: func(m *maker) {
	r := m.list("Timeline", say.T("Every entry of the period, oldest first. The chain of hashes is in the database; its head is on the cover."), []desk.Column{
		{Title: say.T("Entry"), Kind: desk.ID}, {Title: say.T("Time"), Kind: desk.Clock, Width: 18}, textColumn(say.T("Person"), 18), textColumn(say.T("About"), 11), {Title: say.T("Number"), Kind: desk.ID}, textColumn(say.T("Action"), 18), {Title: say.T("Details"), Kind: desk.Long, Width: 84},
	})
	for e, err := range m.Record() {
		if m.note(err); m.err != nil {
			return
		}
		r.add([]any{desk.Ref(e.Seq), e.At, e.Actor, string(e.Subject), desk.Ref(e.SubjectID), e.Action, details(e)}, say.T("entries"))
		if e.Seq%1000 == 0 {
			m.note(m.ctx.Err())
		}
	}
	r.finish()
}}

// details are what an entry says, on one line: "state: new → closed; note: …".
func details(e timeline.Entry) string {
	var b strings.Builder
	for i, d := range e.Details {
		if i > 0 {
			b.WriteString("; ")
		}
		b.WriteString(d.Name + ": ")
		if d.From != "" {
			b.WriteString(d.From + " → ")
		}
		b.WriteString(d.To)
	}
	if !e.Judged.IsZero() {
		b.WriteString("; judged as of " + e.Judged.UTC().Format("2006-01-02 15:04:05") + " UTC")
	}
	return strings.TrimPrefix(b.String(), "; ")
}
