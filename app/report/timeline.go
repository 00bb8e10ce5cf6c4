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
		r.add([]any{desk.Ref(e.Seq), e.At, actorWord(e.Actor), say.W(string(e.Subject)), desk.Ref(e.SubjectID), say.W(e.Action), details(e)}, say.T("entries"))
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
		b.WriteString(say.W(d.Name) + ": ")
		if d.From != "" {
			b.WriteString(valueWord(d.Name, d.From) + " → ")
		}
		if d.Name == "title" {
			b.WriteString(desk.TitleWord(d))
		} else {
			b.WriteString(valueWord(d.Name, d.To))
		}
	}
	if !e.Judged.IsZero() {
		b.WriteString("; " + say.T("judged as of %s UTC", say.Second(e.Judged.UTC())))
	}
	return strings.TrimPrefix(b.String(), "; ")
}

// actorWord is a name; what happens by itself has a word in place of one.
func actorWord(name string) string {
	if name == timeline.System {
		return say.T("system")
	}
	return name
}

// valueWord is a value of a detail, which is a word of the program or what somebody wrote.
func valueWord(name, value string) string {
	switch name {
	case "closing", "offered", "step":
		return say.W(value)
	}
	return desk.RecordWord(name, value)
}
