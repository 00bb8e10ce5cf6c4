package ui

import (
	"cmp"
	"context"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"backstop/app/desk"
	"backstop/app/incident"
	"backstop/app/say"
	"backstop/ui/grid"
	"backstop/ui/look"
)

// rejudger is what the wizard asks of the desk.
type rejudger interface {
	Rejudge(ctx context.Context, actor desk.Actor, r desk.RejudgeRequest, preview bool, progress desk.Progress) (desk.Rejudged, error)
	IncidentRows(ctx context.Context, actor desk.Actor, ids []int64) ([]desk.IncidentRow, error)
}

// rejudgeWizard judges runs in hand by the settings of today: it shows what would count as another outcome, what would open and what
// is offered to be closed, and then does all of it or nothing.
type rejudgeWizard struct {
	*wizard
	desk  rejudger
	asked desk.RejudgeRequest
	epoch int
	found *rejudgeView // nil while it is looked for

	period  *chooser
	said    *widget.Label
	reason  *field
	effects *list[effect]
	grid    *grid.Grid[effect]
	offered *button
}

// effect is one line of what judging again does.
type effect struct {
	id      int64
	what    string
	tone    look.Tone
	tool    string
	routine string
	client  string
	at      time.Time
	words   string
}

// rejudgeView is what the preview says, with the incidents that are offered to be closed.
type rejudgeView struct {
	desk.Rejudged
	incidents []desk.IncidentRow
}

// openRejudge opens the wizard for a tool ("" for all) or one of its routines (0 for all).
func (u *UI) openRejudge(tool string, routine int64, name string) {
	about := cmp.Or(name, tool)
	u.openWizard("judge again "+cmp.Or(about, "all tools"), say.T("Judge again: %s", cmp.Or(about, say.T("all tools"))), fyne.NewSize(1040, 680), func(z *wizard) {
		newRejudgeWizard(z, u.desk, desk.RejudgeRequest{Tool: tool, Routine: routine})
	})
}

// offerRejudge says what was changed, and leads to judging what is in hand by it.
func (t *toast) offerRejudge(words, tool string, routine int64, name string) {
	t.offer(words+" "+say.T("Runs in hand stay as they were judged."), say.T("Judge again…"), theme.ViewRefreshIcon(), func() { t.ui.openRejudge(tool, routine, name) })
}

func newRejudgeWizard(z *wizard, d rejudger, r desk.RejudgeRequest) *rejudgeWizard {
	w := &rejudgeWizard{wizard: z, desk: d, asked: r, said: widget.NewLabel(""), reason: newField("", say.T("why; it goes on record"))}
	w.said.Wrapping = fyne.TextWrapWord
	w.effects = &list[effect]{id: func(e effect) int64 { return e.id }}
	w.grid = grid.New[effect](w.effects, effectColumns(z.ui)...)
	w.grid.OnlyLook()
	w.period = newPeriodChooser(say.T("Started"), z.ui.now, func(from time.Time) { w.asked.From = from; w.look() })
	w.offered = newButton(say.T("Close those as Success…"), nil, w.closeOffered)
	w.ui.only(desk.ToHandle, w.window, w.offered)
	z.in(w.reason)
	z.steps = []step{{title: say.T("Judge again"), body: w.build(), ready: w.ready, first: func() fyne.Focusable { return w.reason }}}
	z.finishing = func() string { return say.T("Judge again") }
	z.finish = w.work
	z.done = w.tell
	z.lost = func() string { return "" }
	z.changed = w.look
	w.look()
	return w
}

func effectColumns(u *UI) []grid.Column[effect] {
	return []grid.Column[effect]{
		{Key: "what", Title: say.T("What"), Width: 176, Text: func(e effect) string { return e.what }, Tone: func(e effect) look.Tone { return e.tone }},
		{Key: "tool", Title: say.T("Tool"), Width: 112, Text: func(e effect) string { return e.tool }},
		{Key: "routine", Title: say.T("Routine"), Width: 136, Text: func(e effect) string { return e.routine }},
		{Key: "client", Title: say.T("Client"), Width: 112, Text: func(e effect) string { return e.client }},
		{Key: "at", Title: say.T("Started"), Width: 124, Text: func(e effect) string { return u.clockText(e.at) }},
		{Key: "words", Title: say.T("Status, failure or incident"), Width: 328, Text: func(e effect) string { return e.words }},
	}
}

func (w *rejudgeWizard) build() fyne.CanvasObject {
	about := widget.NewLabel(say.T("Runs in hand are judged by the status map and the settings of today. Nothing happens before you press the button below; then all of it does, or nothing."))
	about.Wrapping = fyne.TextWrapWord
	about.Importance = widget.LowImportance
	top := container.NewVBox(about, w.said, container.NewHBox(w.period.button, layout.NewSpacer(), w.offered))
	below := container.New(layout.NewFormLayout(), widget.NewLabel(say.T("Reason")), w.reason)
	return container.NewBorder(top, below, nil, nil, w.grid)
}

// look asks what would happen. It is the work itself, taken back, and may take as long.
func (w *rejudgeWizard) look() {
	w.epoch++
	epoch, asked := w.epoch, w.asked
	w.found = nil
	w.said.SetText(say.T("Looking what would change …"))
	w.offered.Disable()
	w.effects.rows = nil
	w.grid.SetEmpty(noRows(say.T("Looking what would change …"), ""))
	w.grid.Reload()
	ask(w.ui.work, func() (rejudgeView, error) { return w.preview(asked) }, func(v rejudgeView, err error) {
		if epoch != w.epoch {
			return
		}
		if err != nil {
			w.said.SetText("")
			w.say(err)
			return
		}
		w.show(v)
	})
}

func (w *rejudgeWizard) preview(asked desk.RejudgeRequest) (v rejudgeView, err error) {
	if v.Rejudged, err = w.desk.Rejudge(w.ui.ctx, w.ui.actor, asked, true, nil); err != nil || len(v.Offered) == 0 {
		return v, err
	}
	v.incidents, err = w.desk.IncidentRows(w.ui.ctx, w.ui.actor, v.Offered)
	return v, err
}

func (w *rejudgeWizard) show(v rejudgeView) {
	w.found = &v
	w.effects.rows = effects(v)
	w.grid.SetEmpty(noRows(say.T("Nothing would change."), say.T("Every run in hand counts as what it would count as today, and what is to be open is open.")))
	w.grid.Reload()
	w.said.SetText(v.words())
	enable(&w.offered.DisableableWidget, len(v.Offered) > 0)
	w.refresh()
}

// effects lists what a preview says: other outcomes by status, then incidents that open, then those that are offered to be closed.
func effects(v rejudgeView) []effect {
	var rows []effect
	add := func(e effect) {
		e.id = int64(len(rows) + 1)
		rows = append(rows, e)
	}
	for _, c := range v.Changed {
		add(effect{what: say.T("count as %s", outcomeWord(c.To)), tone: outcomeTone(c.To), tool: c.Tool, words: say.T("%s with %s, until now %s", say.Many(c.Count, "1 run", "%s runs"), desk.SayStatus(c.Ending), outcomeWord(c.From))})
	}
	for _, r := range v.Opened {
		add(effect{what: say.T("opens"), tone: look.New, tool: r.Tool, routine: r.Routine, client: r.Client, at: r.At, words: r.Failure})
	}
	for _, r := range v.incidents {
		add(effect{what: say.T("may be closed"), tone: look.Success, tool: r.Tool, routine: r.Routine, client: r.Client, at: r.Failed, words: idText(r.ID) + "  " + r.ShownTitle()})
	}
	return rows
}

// words sum a preview up.
func (v rejudgeView) words() string {
	changed := 0
	for _, c := range v.Changed {
		changed += c.Count
	}
	parts := []string{
		say.T("Of %s %s count as another outcome", say.Many(v.Executions, "1 run", "%s runs"), countText(changed)),
		say.Many(len(v.Opened), "1 incident would open", "%s incidents would open"),
		say.T("%s open ones are offered to be closed as Success", countText(len(v.Offered))),
	}
	if v.Flagged > 0 {
		parts = append(parts, say.Many(v.Flagged, "1 closed incident would be marked \"evidence changed\"", "%s closed incidents would be marked \"evidence changed\""))
	}
	return strings.Join(parts, ", ") + "."
}

func (w *rejudgeWizard) ready() error {
	switch {
	case w.found == nil:
		return say.Error("wait until it is known what would change")
	case len(w.found.Changed)+len(w.found.Opened) == 0:
		return say.Error("there is nothing to judge again")
	case strings.TrimSpace(w.reason.Text) == "":
		return say.Error("say why; it goes on record")
	}
	return nil
}

func (w *rejudgeWizard) work() (func(context.Context, desk.Progress) error, error) {
	asked := w.asked
	asked.Reason = w.reason.Text
	return func(ctx context.Context, progress desk.Progress) error {
		_, err := w.desk.Rejudge(ctx, w.ui.actor, asked, false, progress)
		return err
	}, nil
}

// tell says what was done and offers what remains in one list.
func (w *rejudgeWizard) tell() {
	w.ui.main.incidents.act.toast.show(say.T("Judged again.")+" "+w.found.words(), nil)
	if len(w.found.Offered) > 0 {
		w.closeOffered()
	}
}

// closeOffered opens the list of those that today's settings would not open, to be closed as Success.
func (w *rejudgeWizard) closeOffered() {
	w.ui.main.incidents.act.openClose(w.found.Offered, func(c *closeWizard) { c.account.choose(incident.ClosedSuccess) })
}
