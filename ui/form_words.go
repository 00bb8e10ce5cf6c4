package ui

import (
	"errors"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"backstop/app/incident"
	"backstop/app/say"
)

// The actions that ask for one text: a title, a note, a reason, a name.

// question is a dialog that asks for one text.
type question struct {
	title, text, placeHolder, ok string
	rows                         int    // 1: a single line
	needed                       string // what is said when nothing was entered; "" where that is an answer
	before                       string // what stands there at first
}

// askWords asks, does and says what was done.
func (h *handling) askWords(q question, do func(text string) error, did func()) *field {
	return h.ui.askWords(h.window, q, do, did)
}

// askWords asks in a window for one text, and does something with it.
func (u *UI) askWords(w fyne.Window, q question, do func(text string) error, did func()) *field {
	answer := newField(q.before, q.placeHolder)
	if q.rows > 1 {
		answer = newTextField(q.placeHolder, q.rows)
	}
	intro := widget.NewLabel(q.text)
	intro.Wrapping = fyne.TextWrapWord
	intro.Hidden = q.text == ""
	p := u.newPrompt(w, q.title, container.NewVBox(intro, answer), q.ok, func() (func() error, error) {
		text := strings.TrimSpace(answer.Text)
		if text == "" && q.needed != "" {
			return nil, errors.New(q.needed)
		}
		return func() error { return do(text) }, nil
	})
	p.accepted = did
	answer.in(p)
	p.show(fyne.NewSize(520, 0), answer)
	return answer
}

// asRecorded takes what was left as it was shown, which may be in another language, for what is recorded.
func asRecorded(shown, recorded string, do func(text string) error) func(string) error {
	return func(text string) error {
		if text == shown {
			text = recorded
		}
		return do(text)
	}
}

// edit renames.
func (h *handling) edit(ids []int64) {
	id, title, recorded := ids[0], "", ""
	if in := h.known(ids); len(in) > 0 {
		title, recorded = in[0].ShownTitle(), in[0].Title
	}
	h.askWords(question{title: say.T("Edit %s", idText(id)), text: say.T("What it was opened as stays on record."), placeHolder: say.T("title"), ok: say.T("Rename"), rows: 1, needed: say.T("a title is needed"), before: title},
		asRecorded(title, recorded, func(to string) error { return h.ui.desk.Rename(h.ui.ctx, h.ui.actor, id, to) }), h.did(say.T("Renamed"), true, ids))
}

// addNote writes to the timeline.
func (h *handling) addNote(ids []int64) {
	h.askWords(question{title: say.T("Note on %s", named(ids)), placeHolder: say.T("what was found, done or agreed"), ok: say.T("Add note"), rows: 6, needed: say.T("the note is empty")},
		func(note string) error { return h.ui.desk.Note(h.ui.ctx, h.ui.actor, ids, note) }, h.did(say.T("Noted"), true, ids))
}

func (h *handling) askReopen(ids []int64) {
	h.askWords(question{title: say.T("Reopen %s", idText(ids[0])), text: say.T("It goes back to In Progress. Incidents merged into it are reopened with it."), placeHolder: say.T("why it is opened again"), ok: say.T("Reopen"), rows: 3, needed: say.T("a reason is needed: why is it opened again?")},
		func(reason string) error { return h.ui.desk.Reopen(h.ui.ctx, h.ui.actor, ids[0], reason) }, h.did(say.T("Reopened"), false, ids))
}

func (h *handling) askSeen(ids []int64) {
	h.askWords(question{title: say.T("Evidence on %s seen", idText(ids[0])), text: say.T("It stays closed as it is, and the mark goes."), placeHolder: say.T("why the closing stands"), ok: say.T("Seen"), rows: 3, needed: say.T("a note is needed: why does the closing stand?")},
		func(note string) error { return h.ui.desk.Seen(h.ui.ctx, h.ui.actor, ids[0], note) }, h.did(say.T("Seen"), false, ids))
}

// assign gives incidents to a person; the actor's own name stands there first.
func (h *handling) assign(ids []int64) {
	before := h.ui.actor.Name
	if in := h.known(ids); len(in) == 1 && in[0].Assignee == before {
		before = ""
	}
	h.askWords(question{title: say.T("Assign %s", named(ids)), text: say.T("To whom? An empty name assigns to nobody."), placeHolder: say.T("nobody"), ok: say.T("Assign"), rows: 1, before: before},
		func(to string) error { return h.ui.desk.Assign(h.ui.ctx, h.ui.actor, ids, to) }, h.did(say.T("Assigned"), false, ids))
}

// named is one incident by its number, several by how many.
func named(ids []int64) string {
	if len(ids) == 1 {
		return idText(ids[0])
	}
	return say.Many(len(ids), "1 incident", "%s incidents")
}

// takesOver tells whether the actor would take any of them from nobody or from somebody else.
func takesOver(ins []incident.Incident, actor string) bool {
	for _, in := range ins {
		if in.Assignee != actor {
			return true
		}
	}
	return false
}
