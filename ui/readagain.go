package ui

import (
	"context"
	"errors"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"backstop/app/backup"
	"backstop/app/desk"
	"backstop/app/say"
	"backstop/app/timeline"
	"backstop/ui/grid"
	"backstop/ui/look"
)

// rereader is what the wizard asks of the desk.
type rereader interface {
	ReadAgain(ctx context.Context, actor desk.Actor, r desk.ReadAgainRequest, preview bool, progress func(backup.Progress)) ([]desk.Reread, error)
}

// rereadWizard reads kept files again: it shows what that would change, and then does it file by file.
type rereadWizard struct {
	*wizard
	desk    rereader
	toast   *toast
	asked   desk.ReadAgainRequest
	ended   context.CancelFunc // of the preview under way
	found   []desk.Reread      // what was previewed; nil while it is looked for
	done    []desk.Reread      // what was read
	partly  bool               // it was called off
	stale   *tick
	said    *widget.Label
	changes *list[rereadLine]
	grid    *grid.Grid[rereadLine]
}

// rereadLine is one line of what reading again does: to an execution, or why a file stays as it is.
type rereadLine struct {
	id      int64
	what    string
	tone    look.Tone
	file    string
	routine string
	client  string
	at      time.Time
	words   string
}

// openReread opens the wizard for files, or for all of a source (0: of all sources). Stale begins with those that would be read
// otherwise now.
func (u *UI) openReread(about string, r desk.ReadAgainRequest, t *toast) {
	u.openWizard("read again "+about, say.T("Read again: %s", about), fyne.NewSize(1040, 680), func(z *wizard) {
		newRereadWizard(z, u.desk, r, t)
	})
}

func newRereadWizard(z *wizard, d rereader, r desk.ReadAgainRequest, t *toast) *rereadWizard {
	w := &rereadWizard{wizard: z, desk: d, asked: r, toast: t, ended: func() {}, said: widget.NewLabel("")}
	w.said.Wrapping = fyne.TextWrapWord
	w.changes = &list[rereadLine]{id: func(l rereadLine) int64 { return l.id }}
	w.grid = grid.New[rereadLine](w.changes, rereadColumns(z.ui)...)
	w.grid.OnlyLook()
	w.stale = newTick(say.T("Only files that would be read otherwise now: by a newer version of their format, or with settings that have changed"), r.Stale)
	w.stale.OnChanged = func(on bool) { w.asked.Stale = on; w.look() }
	w.stale.Hidden = len(r.Files) > 0
	z.steps = []step{{title: say.T("Read again"), body: w.build(), ready: w.ready, first: func() fyne.Focusable { return w.grid }}}
	z.finishing = func() string { return say.T("Read again") }
	z.finish = w.work
	z.wizardEnds(w.tell, func() { w.ended() })
	w.look()
	return w
}

// wizardEnds says what is done after the work, and when it is left without it; nothing was entered that could be lost.
func (z *wizard) wizardEnds(done, left func()) {
	z.done, z.left = done, left
	z.lost = func() string { return "" }
}

func rereadColumns(u *UI) []grid.Column[rereadLine] {
	return []grid.Column[rereadLine]{
		{Key: "what", Title: say.T("What"), Width: 128, Text: func(l rereadLine) string { return l.what }, Tone: func(l rereadLine) look.Tone { return l.tone }},
		{Key: "file", Title: say.T("File"), Width: 152, Text: func(l rereadLine) string { return l.file }},
		{Key: "routine", Title: say.T("Routine"), Width: 144, Text: func(l rereadLine) string { return l.routine }},
		{Key: "client", Title: say.T("Client"), Width: 128, Text: func(l rereadLine) string { return l.client }},
		{Key: "at", Title: say.T("Starts"), Width: 124, Text: func(l rereadLine) string { return u.clockText(l.at) }},
		{Key: "words", Title: say.T("From → to"), Width: 320, Text: func(l rereadLine) string { return l.words }},
	}
}

func (w *rereadWizard) build() fyne.CanvasObject {
	about := widget.NewLabel(say.T("Every imported file is kept. Read again it improves what is known and doubles nothing; another zone moves a run and its incident, and neither becomes another. Below stands what would change."))
	about.Wrapping = fyne.TextWrapWord
	about.Importance = widget.LowImportance
	return container.NewBorder(container.NewVBox(about, w.stale, w.said), nil, nil, nil, w.grid)
}

// look reads the files without keeping anything, until it is left or asked for something else.
func (w *rereadWizard) look() {
	w.ended()
	ctx, cancel := context.WithCancel(w.ui.ctx)
	w.ended = cancel
	w.found, w.changes.rows = nil, nil
	w.said.SetText(say.T("Looking what would change …"))
	w.grid.SetEmpty(noRows(say.T("Looking what would change …"), say.T("Escape leaves without changing anything.")))
	w.grid.Reload()
	asked := w.asked
	ask(w.ui.work, func() ([]desk.Reread, error) {
		return w.desk.ReadAgain(ctx, w.ui.actor, asked, true, func(p backup.Progress) {
			tell(func() {
				if ctx.Err() == nil && w.found == nil {
					w.said.SetText(say.T("Looking what would change: file %d of %d", p.File, p.Files))
				}
			})
		})
	}, func(found []desk.Reread, err error) {
		if ctx.Err() != nil {
			return
		}
		if err != nil {
			w.said.SetText("")
			w.say(err)
			return
		}
		w.show(found)
	})
}

func (w *rereadWizard) show(found []desk.Reread) {
	w.found = append([]desk.Reread{}, found...)
	w.changes.rows = w.lines(found)
	w.grid.SetEmpty(noRows(say.T("Nothing would change."), say.T("What is known of these files' runs is what they say today.")))
	w.grid.Reload()
	w.said.SetText(rereadWords(found, true))
	w.refresh()
}

// lines lists what changes, file by file.
func (w *rereadWizard) lines(found []desk.Reread) []rereadLine {
	var rows []rereadLine
	add := func(l rereadLine) {
		l.id = int64(len(rows) + 1)
		rows = append(rows, l)
	}
	for _, f := range found {
		if f.Status == backup.Rejected {
			add(rereadLine{what: say.T("stays as it is"), tone: look.Muted, file: shortPath(f.Path), words: say.Again(f.Reason)})
		}
		for _, c := range f.Changes {
			add(rereadLine{what: rereadWhat(c.Differences), tone: look.Plain, file: shortPath(f.Path), routine: c.Routine, client: c.Client, at: c.At, words: w.ui.differencesText(c.Differences)})
		}
	}
	return rows
}

// rereadWhat tells a run that only moves from one that is better known.
func rereadWhat(ds []backup.Difference) string {
	for _, d := range ds {
		if d.Field != "start" && d.Field != "end" {
			return say.T("better known")
		}
	}
	return say.T("moved")
}

func (u *UI) differencesText(ds []backup.Difference) string {
	parts := make([]string, len(ds))
	for i, d := range ds {
		parts[i] = u.detailText(timeline.Changed(d.Field, d.From, d.To))
	}
	return strings.Join(parts, ", ")
}

// rereadWords sum up what reading again would do or did.
func rereadWords(found []desk.Reread, would bool) string {
	var read, updated, moved, fresh, opened, missing, stay int
	for _, f := range found {
		if f.Status == backup.Rejected {
			stay++
			continue
		}
		read++
		updated, moved, fresh, opened, missing = updated+f.Updated, moved+f.Moved, fresh+f.New, opened+f.Incidents, missing+f.Missing
	}
	files, runs, incidents := say.Many(read, "1 file", "%s files"), say.Many(updated, "1 run", "%s runs"), say.Many(opened, "1 incident", "%s incidents")
	known, open := say.T("%s: %s known better, %s of them moved", files, runs, countText(moved)), say.T("%s opened", incidents)
	if would {
		known, open = say.T("%s: %s would be known better, %s of them moved", files, runs, countText(moved)), say.T("%s would be opened", incidents)
	}
	parts := []string{known, say.T("%s new", countText(fresh)), open}
	if missing > 0 {
		parts = append(parts, say.Many(missing, "1 run not found in them any more, which stay", "%s runs not found in them any more, which stay"))
	}
	if stay > 0 {
		parts = append(parts, say.Many(stay, "1 file cannot be read again", "%s files cannot be read again"))
	}
	return strings.Join(parts, ", ") + "."
}

func (w *rereadWizard) ready() error {
	switch {
	case w.found == nil:
		return say.Error("wait until it is known what would change")
	case len(w.found) == 0:
		return say.Error("there is no file to read again")
	}
	return nil
}

// work reads the files. When it is called off, those before stay as they were read, and that is said.
func (w *rereadWizard) work() (func(context.Context, desk.Progress) error, error) {
	asked := w.asked
	return func(ctx context.Context, progress desk.Progress) error {
		var err error
		w.done, err = w.desk.ReadAgain(ctx, w.ui.actor, asked, false, func(p backup.Progress) { progress(p.File-1, p.Files) })
		if w.partly = ctx.Err() != nil; w.partly && errors.Is(err, context.Canceled) {
			return nil
		}
		return err
	}, nil
}

func (w *rereadWizard) tell() {
	text := say.T("Read again, %s", rereadWords(w.done, false))
	if w.partly {
		text = say.T("Called off; what was read before stays so, %s", rereadWords(w.done, false))
	}
	w.toast.show(text, nil)
}
