package ui

import (
	"context"
	"errors"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"backstop/app/backup"
	"backstop/app/desk"
	"backstop/app/say"
	"backstop/ui/look"
)

// importBar reads files on request, shows how far it is and can be called off; the files before stay, none is read by half.
type importBar struct {
	ui     *UI
	window fyne.Window
	object *fyne.Container
	said   *widget.Label
	bar    *widget.ProgressBar
	stop   *button
	cancel context.CancelFunc // nil while nothing is read
}

func newImportBar(u *UI, w fyne.Window) *importBar {
	b := &importBar{ui: u, window: w, said: widget.NewLabel(""), bar: widget.NewProgressBar()}
	b.said.Truncation = fyne.TextTruncateEllipsis
	b.stop = newButton(say.T("Cancel"), theme.CancelIcon(), func() {
		b.stop.Disable()
		b.cancel()
	})
	row := container.NewBorder(nil, nil, nil, container.NewHBox(container.NewGridWrap(fyne.NewSize(240, 32), b.bar), b.stop), b.said)
	b.object = container.NewStack(newSurface(theme.ColorNameHeaderBackground), container.New(&padded{look.Gap}, row))
	b.object.Hide()
	return b
}

// slow is from when on work is shown: what is faster would only flicker.
const slow = 300 * time.Millisecond

// start imports what is asked for.
func (b *importBar) start(request desk.ImportRequest) {
	if len(request.Paths) == 0 {
		return
	}
	b.run(say.Many(len(request.Paths), "Reading 1 path …", "Reading %s paths …"), func(ctx context.Context, tell func(backup.Progress)) ([]backup.FileResult, error) {
		return b.ui.desk.Import(ctx, b.ui.actor, request, tell)
	})
}

// run reads files. One import at a time; the next one says so.
func (b *importBar) run(said string, read func(context.Context, func(backup.Progress)) ([]backup.FileResult, error)) {
	if b.cancel != nil {
		b.ui.showText(b.window, say.T("One import at a time"), say.T("Files are being read. Wait for them, or call them off below the table."))
		return
	}
	ctx, cancel := context.WithCancel(b.ui.ctx)
	b.cancel = cancel
	b.said.SetText(said)
	b.bar.SetValue(0)
	b.stop.Enable()
	b.ui.after(slow, func() {
		tell(func() {
			if b.cancel != nil {
				b.object.Show()
			}
		})
	})
	ask(b.ui.work, func() ([]backup.FileResult, error) {
		return read(ctx, func(p backup.Progress) { tell(func() { b.progress(p) }) })
	}, func(results []backup.FileResult, err error) {
		cancel()
		b.cancel = nil
		b.object.Hide()
		b.finished(results, err)
	})
}

func (b *importBar) progress(p backup.Progress) {
	b.said.SetText(say.T("Reading file %d of %d: %s", p.File, p.Files, p.Path))
	part := 0.0
	if p.Size > 0 {
		part = min(float64(p.Done)/float64(p.Size), 1)
	}
	b.bar.SetValue((float64(p.File-1) + part) / float64(max(p.Files, 1)))
}

// finished says what came of it.
func (b *importBar) finished(results []backup.FileResult, err error) {
	text := summary(results)
	switch {
	case b.ui.ctx.Err() != nil: // the program ends
	case errors.Is(err, context.Canceled):
		b.ui.showText(b.window, say.T("Called off"), say.T("What was read before stays.")+" "+text)
	case err != nil:
		b.ui.showError(b.window, err)
	default:
		b.ui.showText(b.window, say.T("Imported"), text)
	}
}

// summary tells an import in sentences, with the reason of each file that was not read.
func summary(results []backup.FileResult) string {
	var files, fresh, opened, duplicates, problems int
	var rejected []string
	for _, r := range results {
		switch r.Status {
		case backup.Imported:
			files++
			fresh += r.New
			opened += r.Incidents
			problems += len(r.Problems)
		case backup.Duplicate:
			duplicates++
		case backup.Rejected:
			rejected = append(rejected, shortPath(r.Path)+": "+say.Again(r.Reason))
		}
	}
	var said []string
	if files > 0 || duplicates == 0 {
		said = append(said, say.T("%s read: %s new, %s opened.", say.Many(files, "1 file", "%s files"), say.Many(fresh, "1 execution", "%s executions"), say.Many(opened, "1 incident", "%s incidents")))
	}
	if duplicates > 0 {
		said = append(said, say.Many(duplicates, "1 file imported before.", "%s files imported before."))
	}
	if problems > 0 {
		said = append(said, say.Many(problems, "1 record could not be read; Sources lists them.", "%s records could not be read; Sources lists them."))
	}
	text := strings.Join(said, " ")
	if len(rejected) > 0 {
		text += "\n\n" + say.Many(len(rejected), "1 file not read:", "%s files not read:") + "\n" + strings.Join(rejected, "\n")
	}
	return text
}

func shortPath(path string) string {
	return path[strings.LastIndexAny(path, `/\`)+1:]
}

// samples imports the exports that come with the program.
func (b *importBar) samples() {
	ask(b.ui.work, b.ui.samples, func(paths []string, err error) {
		if err != nil {
			b.ui.showError(b.window, err)
			return
		}
		b.start(desk.ImportRequest{Source: desk.ByHand, Paths: paths})
	})
}

// dropped asks before it reads what was dropped on the window.
func (b *importBar) dropped(uris []fyne.URI) {
	var paths []string
	for _, u := range uris {
		paths = append(paths, u.Path())
	}
	b.confirm(paths)
}

func (b *importBar) confirm(paths []string) {
	if len(paths) == 0 {
		return
	}
	ask(b.ui.work, func() ([]desk.Branch, error) { return b.ui.desk.DropBranches(b.ui.ctx, b.ui.actor) }, func(branches []desk.Branch, err error) {
		if err != nil {
			b.ui.showError(b.window, err)
			return
		}
		b.askImport(paths, branches)
	})
}

// askImport asks whether paths are to be read, and by whom branches alone are seen, to which of them what they tell belongs.
func (b *importBar) askImport(paths []string, branches []desk.Branch) {
	const shown = 12
	list := strings.Join(paths[:min(len(paths), shown)], "\n")
	if len(paths) > shown {
		list += "\n" + say.T("… and %s more", countText(len(paths)-shown))
	}
	label := widget.NewLabel(list + "\n\n" + say.T("They are read once and left where they are."))
	label.Wrapping = fyne.TextWrapBreak
	request := desk.ImportRequest{Source: desk.ByHand, Paths: paths}
	belongs := newChoice(each(branches, desk.Branch.String), nil)
	belongs.SetSelectedIndex(0)
	below := container.New(layout.NewFormLayout(), widget.NewLabel(say.T("They belong to")), belongs)
	below.Hidden = len(branches) == 0
	p := b.ui.newPrompt(b.window, say.Many(len(paths), "Import 1 path?", "Import %s paths?"), container.NewBorder(nil, below, nil, nil, container.NewVScroll(label)), say.T("Import"), justClose)
	p.accepted = func() {
		if i := belongs.SelectedIndex(); i >= 0 {
			request.Branch = branches[i].ID
		}
		b.start(request)
	}
	p.show(fyne.NewSize(560, 300), p.ok)
}

func (b *importBar) chooseFiles() {
	d := dialog.NewFileOpen(func(r fyne.URIReadCloser, err error) {
		if err != nil {
			b.ui.showError(b.window, err)
			return
		}
		if r == nil {
			return
		}
		path := r.URI().Path()
		r.Close()
		b.confirm([]string{path})
	}, b.window)
	d.Resize(fyne.NewSize(800, 560))
	d.Show()
}

// padded gives content the same room on all sides.
type padded struct{ room float32 }

func (l *padded) Layout(o []fyne.CanvasObject, size fyne.Size) {
	for _, c := range o {
		c.Move(fyne.NewPos(l.room, l.room))
		c.Resize(size.SubtractWidthHeight(2*l.room, 2*l.room))
	}
}

func (l *padded) MinSize(o []fyne.CanvasObject) fyne.Size {
	var m fyne.Size
	for _, c := range o {
		m = m.Max(c.MinSize())
	}
	return m.AddWidthHeight(2*l.room, 2*l.room)
}
