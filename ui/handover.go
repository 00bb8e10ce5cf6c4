package ui

import (
	"context"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"backstop/app/desk"
	"backstop/app/say"
	"backstop/ui/grid"
	"backstop/ui/look"
)

// handOverWindow shows what the next shift needs, prints it, and puts on record who took it over.
type handOverWindow struct {
	ui     *UI
	window *openWindow
	found  desk.HandOver
	since  time.Time

	said  *widget.Label
	from  *chooser
	tabs  *container.AppTabs
	lists []*list[desk.HandOverItem]
	grids []*grid.Grid[desk.HandOverItem]
	epoch int
}

// The parts of a hand-over, in the order of their tabs.
var handOverParts = []struct {
	title, none, how string
	of               func(desk.HandOver) []desk.HandOverItem
}{
	{say.N("Open by owner"), say.N("Nothing is open."), say.N("Every incident is closed or merged."), func(h desk.HandOver) []desk.HandOverItem { return h.Open }},
	{say.N("Holds ending in 12 hours"), say.N("No hold ends within 12 hours."), say.N("What waits longer is listed with what is open."), func(h desk.HandOver) []desk.HandOverItem { return h.Ending }},
	{say.N("New"), say.N("Nothing was opened since."), say.N("Choose an earlier time to see more."), func(h desk.HandOver) []desk.HandOverItem { return h.New }},
	{say.N("Closed"), say.N("Nothing was closed since."), say.N("Choose an earlier time to see more."), func(h desk.HandOver) []desk.HandOverItem { return h.Closed }},
}

// handOverSpans are the quick choices of since when.
var handOverSpans = []struct {
	word string
	back time.Duration
}{{say.N("8 hours"), 8 * time.Hour}, {say.N("12 hours"), 12 * time.Hour}, {say.N("24 hours"), 24 * time.Hour}, {say.N("72 hours"), 72 * time.Hour}}

const (
	sinceTakenOver = "last taken over"
	anotherTime    = "another time…"
)

func (u *UI) openHandOver() {
	u.open("hand-over", say.T("Hand-over"), func(w *openWindow) content {
		h := &handOverWindow{ui: u, window: w, said: widget.NewLabel(""), since: u.now().Add(-12 * time.Hour)}
		h.said.Truncation = fyne.TextTruncateEllipsis
		u.simpleKeys(w)
		object := h.lay()
		h.read()
		return content{object: object, size: fyne.NewSize(1180, 680), reload: h.reload}
	})
}

func (h *handOverWindow) lay() fyne.CanvasObject {
	h.from = oneChooser(say.T("Since"), h.chooseSince)
	for _, s := range handOverSpans {
		h.from.options = append(h.from.options, say.W(s.word))
	}
	h.from.options = append(h.from.options, say.T(sinceTakenOver), say.T(anotherTime))
	h.from.set([]string{say.T("12 hours")})
	page := newButton(say.T("Save page…"), theme.DocumentPrintIcon(), h.save)
	take := newButton(say.T("Take over…"), nil, h.takeOver)
	h.ui.only(desk.ToHandle, h.window, take)
	take.Importance = widget.HighImportance
	h.tabs = container.NewAppTabs()
	for _, part := range handOverParts {
		rows := &list[desk.HandOverItem]{id: func(i desk.HandOverItem) int64 { return i.ID }}
		g := grid.New[desk.HandOverItem](rows, handOverColumns(h.ui, part.title == "Closed")...)
		g.OnlyLook()
		g.OnOpen = func(id int64) { h.ui.openIncident(id, "") }
		g.OnLink = func(_ string, id int64) { h.ui.openIncident(id, "") }
		g.OnHover = func(key string, id int64, _ fyne.Position) { h.hover(rows, key, id) }
		g.SetEmpty(noRows(say.W(part.none), say.W(part.how)))
		h.lists, h.grids = append(h.lists, rows), append(h.grids, g)
		h.tabs.Append(container.NewTabItem(say.W(part.title), g))
	}
	top := container.NewBorder(nil, nil, h.from.button, container.NewHBox(page, take), h.said)
	return container.NewBorder(container.New(layout.NewCustomPaddedLayout(look.Gap, look.Gap/2, look.Gap, look.Gap), top), nil, nil, nil, h.tabs)
}

func handOverColumns(u *UI, closed bool) []grid.Column[desk.HandOverItem] {
	type row = desk.HandOverItem
	return []grid.Column[row]{
		{Key: "id", Title: say.T("ID"), Width: 64, Right: true, Link: true, Text: func(r row) string { return idText(r.ID) }},
		{Key: "owner", Title: say.T("Owner"), Width: 96, Text: func(r row) string { return assigneeText(r.Assignee) }},
		{Key: "title", Title: say.T("Title"), Width: 208, Text: func(r row) string { return vitalMark(r.IncidentRow) + r.ShownTitle() }},
		{Key: "client", Title: say.T("Client"), Width: 128, Text: func(r row) string { return r.Client }},
		{Key: "state", Title: say.T("State"), Width: 124, Text: func(r row) string { return stateWord(r.State) }, Tone: func(r row) look.Tone { return stateTone(r.State) }},
		{Key: "closing", Title: say.T("Closing Status"), Width: 132, Hidden: !closed, Text: func(r row) string { return closingWord(r.Closing) }, Tone: func(r row) look.Tone { return closingTone(r.Closing) }},
		{Key: "next", Title: say.T("Next date"), Width: 124, Hidden: closed, Text: func(r row) string { return u.clockText(r.Until) }},
		{Key: "note", Title: say.T("Last note"), Width: 240, Text: func(r row) string { return r.Note.Text }},
		{Key: "tried", Title: say.T("What was tried"), Width: 320, Text: func(r row) string { return u.triedText(r) }},
	}
}

// triedText is what people did, the newest first.
func (u *UI) triedText(r desk.HandOverItem) string {
	parts := make([]string, len(r.Tried))
	for i, s := range r.Tried {
		parts[i] = u.clockText(s.At) + " " + s.By + " " + stepWord(s.Step)
		if s.Text != "" {
			parts[i] += ": " + s.Text
		}
	}
	return strings.Join(parts, "  ·  ")
}

// hover tells the whole of a cell.
func (h *handOverWindow) hover(rows *list[desk.HandOverItem], key string, id int64) {
	r, ok := rows.find(id)
	switch {
	case ok && key == "note" && r.Note.Text != "":
		h.said.SetText(look.Printable(h.ui.clockText(r.Note.At) + " " + r.Note.By + ": " + r.Note.Text))
	case ok && key == "tried" && len(r.Tried) > 0:
		h.said.SetText(look.Printable(h.ui.triedText(r)))
	default:
		h.say()
	}
}

func (h *handOverWindow) chooseSince(word string) {
	if word == say.T(anotherTime) {
		h.from.leave()
		h.askSince()
		return
	}
	h.since = h.ui.now().Add(-12 * time.Hour)
	for _, s := range handOverSpans {
		if say.W(s.word) == word {
			h.since = h.ui.now().Add(-s.back)
		}
	}
	if word == say.T(sinceTakenOver) && !h.found.Last.At.IsZero() {
		h.since = h.found.Last.At
	}
	h.read()
}

// askSince asks for a time of the person's own.
func (h *handOverWindow) askSince() {
	since := h.ui.newBound(h.window.Window, h.since, false)
	var asked time.Time
	p := h.ui.newPrompt(h.window.Window, say.T("What came and went since"), since, say.T("Show"), func() (func() error, error) {
		var err error
		if asked, err = readBound(since.Text, h.ui.zone, false); err == nil && asked.IsZero() {
			err = say.Error("write since when")
		}
		return nil, err
	})
	p.accepted = func() { h.since = asked; h.read() }
	since.in(p)
	p.show(fyne.NewSize(420, 0), since)
}

func (h *handOverWindow) reload(e desk.Event) {
	if e.Incidents || e.Settings {
		h.read()
	}
}

func (h *handOverWindow) read() {
	h.epoch++
	epoch, since := h.epoch, h.since
	ask(h.ui.work, func() (desk.HandOver, error) { return h.ui.desk.HandOver(h.ui.ctx, h.ui.actor, since) }, func(found desk.HandOver, err error) {
		switch {
		case epoch != h.epoch:
		case err != nil:
			h.ui.showError(h.window.Window, err)
		default:
			h.show(found)
		}
	})
}

func (h *handOverWindow) show(found desk.HandOver) {
	h.found = found
	for i, part := range handOverParts {
		h.lists[i].rows = part.of(found)
		h.grids[i].Reload()
		h.tabs.Items[i].Text = say.W(part.title) + counted(len(h.lists[i].rows)) + more(len(h.lists[i].rows))
	}
	h.tabs.Refresh()
	h.say()
}

// more tells that a list is longer than what is shown of it.
func more(n int) string {
	if n == desk.HandOverMost {
		return "+"
	}
	return ""
}

func (h *handOverWindow) say() {
	text := say.T("Since %s", h.ui.clockText(h.since))
	if h.found.Last.By != "" {
		text += "  ·  " + say.T("last taken over by %s, %s", look.Printable(h.found.Last.By), h.ui.clockText(h.found.Last.At))
	}
	h.said.SetText(text)
}

// save writes the page to print.
func (h *handOverWindow) save() {
	found := h.found
	h.ui.askFile(h.window.Window, saving{
		title: say.T("Save the hand-over"), name: say.T("hand-over %s", found.At.In(h.ui.zone).Format("2006-01-02 1504")), kinds: []string{".html"},
		write: func(ctx context.Context, path string, _ func(string)) (string, error) {
			return h.ui.desk.SaveHandOver(ctx, path, found, h.ui.zone)
		},
	})
}

// takeOver asks for a word and puts the taking over on record.
func (h *handOverWindow) takeOver() {
	note := newField("", say.T("what was agreed (may stay empty)"))
	words := widget.NewLabel(say.T("It is put on record that %s takes over what is open now.", look.Printable(h.ui.actor.Name)))
	words.Wrapping = fyne.TextWrapWord
	p := h.ui.newPrompt(h.window.Window, say.T("Take over"), container.NewVBox(words, note), say.T("Take over"), func() (func() error, error) {
		text := note.Text
		return func() error { return h.ui.desk.TakeOver(h.ui.ctx, h.ui.actor, text) }, nil
	})
	p.show(fyne.NewSize(460, 200), note)
}
