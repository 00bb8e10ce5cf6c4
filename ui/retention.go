package ui

import (
	"context"
	"errors"
	"strconv"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"backstop/app/backup"
	"backstop/app/desk"
	"backstop/app/say"
	"backstop/ui/grid"
	"backstop/ui/look"
)

// pruner is what the part on retention asks of the desk.
type pruner interface {
	Retention(ctx context.Context, actor desk.Actor) (desk.RetentionStatus, error)
	SetRetention(ctx context.Context, actor desk.Actor, to desk.Retention, reason string) error
	PreviewPruning(ctx context.Context, actor desk.Actor, r desk.Retention) (desk.Pruned, error)
	Prune(ctx context.Context, actor desk.Actor, progress desk.Progress) (desk.Pruned, error)
	HoldLegally(ctx context.Context, actor desk.Actor, kind desk.HoldKind, ref, reason string) error
	ReleaseHold(ctx context.Context, actor desk.Actor, h desk.LegalHold, reason string) error
}

// retentionPart says what is pruned when, and lists what is held.
type retentionPart struct {
	ui     *UI
	window fyne.Window
	desk   pruner
	object fyne.CanvasObject
	said   *widget.Label
	prune  *button
	list   *keptList[desk.LegalHold]
	status desk.RetentionStatus
}

const (
	retentionAbout = "Old executions, raw logs and the kept copies of files can be dropped. Never are: incidents, what opened them, sessions that made something good, evidence of risks, the last 30 runs of a routine, " +
		"its last good copy, the timeline, and what old files held: imported again, they bring nothing."
	holdsAbout = "What belongs to these is never pruned, whatever its age."
)

func newRetentionPart(u *UI, w fyne.Window, d pruner) *retentionPart {
	p := &retentionPart{ui: u, window: w, desk: d, said: widget.NewLabel("")}
	p.said.Wrapping = fyne.TextWrapWord
	about := widget.NewLabel(say.T(retentionAbout) + " " + say.T("Default: off; then 25 months of executions and 13 of logs and files, so that a year can be compared with the one before."))
	about.Wrapping, about.Importance = fyne.TextWrapWord, widget.LowImportance
	change := newButton(say.T("Change…"), theme.SettingsIcon(), p.askChange)
	p.prune = newButton(say.T("Prune now…"), theme.DeleteIcon(), p.askPrune)
	u.only(desk.ToAdminister, w, change, p.prune)
	p.list = newKeptList(u, w, holdColumns(u), p.read, func(e desk.Event) bool { return e.Settings }, func(desk.LegalHold) {})
	release := newButton(say.T("Release…"), theme.CancelIcon(), p.list.with(p.askRelease))
	p.list.lay(say.T("Legal holds"), say.T(holdsAbout), emptyState(say.T("Nothing is held"), say.T("Hold… keeps whatever belongs to an incident, a routine or a client.")), []*button{release}, newButton(say.T("Hold…"), theme.ContentAddIcon(), p.askHold))
	top := container.NewVBox(headed(heading(say.T("Retention")), p.prune, change), about, p.said)
	p.object = topped(container.New(layout.NewCustomPaddedLayout(look.Gap, 0, look.Gap, look.Gap), top), nil, p.list.object)
	return p
}

func holdColumns(u *UI) []grid.Column[desk.LegalHold] {
	type row = desk.LegalHold
	return []grid.Column[row]{
		{Key: "kind", Title: say.T("Held"), Width: 96, Text: func(r row) string { return holdWord(r.Kind) }},
		{Key: "ref", Title: say.T("Which"), Width: 280, Text: func(r row) string { return r.Ref }},
		{Key: "reason", Title: say.T("Reason"), Width: 376, Text: func(r row) string { return r.Reason }},
		{Key: "since", Title: say.T("Since"), Width: 136, Text: func(r row) string { return u.clockText(r.Since) }, Value: func(r row) any { return r.Since }},
		{Key: "by", Title: say.T("Person"), Width: 136, Text: func(r row) string { return personWord(r.By) }},
	}
}

func (p *retentionPart) focus() { p.list.focus() }

func (p *retentionPart) reload(e desk.Event) { p.list.reload(e) }

func (p *retentionPart) read() ([]desk.LegalHold, error) {
	s, err := p.desk.Retention(p.ui.ctx, p.ui.actor)
	if err == nil {
		tell(func() {
			p.status = s
			p.said.SetText(p.ui.retentionText(s))
			enable(p.prune, s.On)
		})
	}
	return s.Holds, err
}

// retentionText says how retention stands.
func (u *UI) retentionText(s desk.RetentionStatus) string {
	text := say.T("Off: nothing is pruned.")
	if s.On {
		text = say.T("On: executions go after %d months, raw logs and kept files after %d; what comes of age is looked for once a day, after a copy of the database.", s.Executions, s.Files)
	}
	if s.Pruned.Executions > 0 {
		text += " " + say.T("Up to now %s of %s to %s went.", say.Many(int(s.Pruned.Executions), "1 execution", "%s executions"), u.dayText(s.Pruned.First), u.dayText(s.Pruned.Last))
	}
	return text
}

// prunedText says what goes, or went.
func (u *UI) prunedText(d desk.Pruned) string {
	if d.Nothing() {
		return say.T("nothing")
	}
	text := say.Many(int(d.Executions), "1 execution", "%s executions")
	if d.Executions > 0 {
		text = say.T("%s of %s to %s", text, u.dayText(d.First), u.dayText(d.Last))
	}
	text += ", " + say.Many(int(d.Logs), "1 raw log", "%s raw logs") + bytesText(d.LogBytes)
	return text + ", " + say.Many(int(d.Files), "1 kept file", "%s kept files") + bytesText(d.FileBytes)
}

func bytesText(n int64) string {
	if n == 0 {
		return ""
	}
	return " (" + sizeText(backup.N(n)) + ")"
}

// retentionForm asks what is dropped when. What that would drop now has to be looked at before it is kept.
type retentionForm struct {
	part   *retentionPart
	prompt *prompt
	on     *tick
	runs   *field
	files  *field
	reason *field
	said   *widget.Label
	seen   desk.Retention // what was previewed
}

func (p *retentionPart) askChange() {
	s := p.status.Retention
	f := &retentionForm{
		part: p, on: newTick(say.T("Drop what is older than this"), s.On), runs: newField(strconv.Itoa(s.Executions), say.T("months")), files: newField(strconv.Itoa(s.Files), say.T("months")),
		reason: newField("", say.T("why; this goes on record")), said: widget.NewLabel(""),
	}
	f.said.Wrapping = fyne.TextWrapWord
	form := widget.NewForm(
		widget.NewFormItem("", f.on),
		widget.NewFormItem(say.T("Executions, months"), f.runs),
		widget.NewFormItem(say.T("Raw logs and files, months"), f.files),
		widget.NewFormItem(say.T("Reason"), f.reason),
	)
	look := newButton(say.T("What would go now?"), theme.SearchIcon(), f.preview)
	f.prompt = p.ui.newPrompt(p.window, say.T("Retention"), container.NewVBox(form, container.NewHBox(look), f.said), say.T("Keep"), f.accept)
	for _, one := range []*field{f.runs, f.files, f.reason} {
		one.in(f.prompt)
	}
	f.prompt.show(fyne.NewSize(560, 0), f.runs)
}

func (f *retentionForm) entered() (desk.Retention, error) {
	runs, err := strconv.Atoi(strings.TrimSpace(f.runs.Text))
	files, second := strconv.Atoi(strings.TrimSpace(f.files.Text))
	if errors.Join(err, second) != nil {
		return desk.Retention{}, say.Error("give months as numbers")
	}
	return desk.Retention{On: f.on.Checked, Executions: runs, Files: files}, nil
}

func (f *retentionForm) preview() {
	r, err := f.entered()
	if err != nil {
		f.prompt.say(err)
		return
	}
	u := f.part.ui
	f.said.SetText(say.T("Looking …"))
	f.prompt.fit()
	ask(u.work, func() (desk.Pruned, error) { return f.part.desk.PreviewPruning(u.ctx, u.actor, r) }, func(d desk.Pruned, err error) {
		if err != nil {
			f.prompt.say(err)
			return
		}
		f.seen = r
		f.said.SetText(say.T("Today this would drop: %s.", u.prunedText(d)))
		f.prompt.fit()
	})
}

func (f *retentionForm) accept() (func() error, error) {
	r, err := f.entered()
	if err != nil {
		return nil, err
	}
	if r.On && (f.seen.Executions != r.Executions || f.seen.Files != r.Files) {
		return nil, say.Error("look first what would go")
	}
	u, reason := f.part.ui, f.reason.Text
	return func() error { return f.part.desk.SetRetention(u.ctx, u.actor, r, reason) }, nil
}

// askPrune says what would go, and drops it.
func (p *retentionPart) askPrune() {
	var due desk.Pruned
	r := p.status.Retention
	p.ui.doWork(p.window, say.T("Looking what has come of age"), say.T("Nothing is changed."), func(ctx context.Context, _ desk.Progress) (err error) {
		due, err = p.desk.PreviewPruning(ctx, p.ui.actor, r)
		return err
	}, func() {
		if due.Nothing() {
			p.list.toast.show(say.T("Nothing has come of age."), nil)
			return
		}
		p.ui.askConfirm(p.window, say.T("Prune now?"), sentence(p.ui.prunedText(due))+" "+say.T("They cannot be brought back but from a copy, of which one is made before."), say.T("Prune"), func() error { return nil }, p.pruneNow)
	})
}

func (p *retentionPart) pruneNow() {
	var done desk.Pruned
	p.ui.doWork(p.window, say.T("Pruning"), say.T("The database is copied first. What went before a cancel is gone, and on record."), func(ctx context.Context, progress desk.Progress) (err error) {
		done, err = p.desk.Prune(ctx, p.ui.actor, progress)
		return err
	}, func() { p.list.toast.show(say.T("Pruned: %s.", p.ui.prunedText(done)), nil) })
}

var holdKinds = []desk.HoldKind{desk.HoldIncident, desk.HoldRoutine, desk.HoldClient}

func holdWord(k desk.HoldKind) string {
	switch k {
	case desk.HoldIncident:
		return say.T("incident")
	case desk.HoldRoutine:
		return say.T("routine")
	case desk.HoldClient:
		return say.T("client")
	}
	return string(k)
}

func (p *retentionPart) askHold() {
	kind := newChoice([]string{say.T("incident, by its number"), say.T("routine, by its name"), say.T("client, by its name")}, nil)
	kind.SetSelectedIndex(0)
	ref, reason := newField("", say.T("its number or name")), newField("", say.T("why; this goes on record"))
	form := widget.NewForm(widget.NewFormItem(say.T("Hold an"), kind), widget.NewFormItem(say.T("Which"), ref), widget.NewFormItem(say.T("Reason"), reason))
	q := p.ui.newPrompt(p.window, say.T("Legal hold"), form, say.T("Hold"), func() (func() error, error) {
		k, which, why := holdKinds[kind.SelectedIndex()], ref.Text, reason.Text
		return func() error { return p.desk.HoldLegally(p.ui.ctx, p.ui.actor, k, which, why) }, nil
	})
	ref.in(q)
	reason.in(q)
	q.accepted = func() { p.list.toast.show(say.T("Held: nothing of it is pruned."), nil) }
	q.show(fyne.NewSize(520, 0), ref)
}

func (p *retentionPart) askRelease(h desk.LegalHold) {
	p.list.askReason(say.T("Release %s %s", holdWord(h.Kind), look.Printable(h.Ref)), say.T("What belongs to it is pruned when it has come of age, like everything else."), say.T("Release"), func(reason string) error {
		return p.desk.ReleaseHold(p.ui.ctx, p.ui.actor, h, reason)
	}, say.T("Released."))
}

// dayText is the date of an instant at the desk.
func (u *UI) dayText(t time.Time) string { return say.Day(t.In(u.zone)) }
