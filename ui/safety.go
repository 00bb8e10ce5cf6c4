package ui

import (
	"context"
	"path/filepath"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/storage"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"backstop/app/backup"
	"backstop/app/desk"
	"backstop/app/say"
	"backstop/ui/grid"
	"backstop/ui/look"
)

// copyKeeper is what the list of copies asks of the desk.
type copyKeeper interface {
	Copies(ctx context.Context, actor desk.Actor) (desk.CopyStatus, error)
	CopyNow(ctx context.Context, actor desk.Actor, progress desk.Progress) (desk.Copy, error)
	Backup(ctx context.Context, actor desk.Actor, path string) error
	ExportAll(ctx context.Context, actor desk.Actor, path string, progress desk.Progress) (desk.Exported, error)
	TakeAll(ctx context.Context, actor desk.Actor, path string, progress desk.Progress) (desk.Exported, error)
	Now() time.Time
}

// safetyPart lists the copies of the database, and makes one.
type safetyPart struct {
	ui     *UI
	window fyne.Window
	desk   copyKeeper
	list   *keptList[desk.Copy]
	object fyne.CanvasObject
	failed *strap // why the last copy could not be made
	why    *widget.Label
}

const copiesAbout = "The database is copied on every day that Backstop runs, and before a new version changes its layout. Each copy is checked when it is made. " +
	"The newest seven and the oldest of each month stay, and those that you ask for. When the database is found damaged, Backstop offers to go on from the newest."

func newSafetyPart(u *UI, w fyne.Window, d copyKeeper) *safetyPart {
	p := &safetyPart{ui: u, window: w, desk: d, why: widget.NewLabel("")}
	p.why.Wrapping = fyne.TextWrapWord
	p.failed = newStrap(theme.WarningIcon(), p.why)
	p.list = newKeptList(u, w, copyColumns(u), p.read, func(e desk.Event) bool { return e.Copies }, func(desk.Copy) {})
	p.list.needs = desk.ToCopy
	now := newButton(say.T("Copy now"), theme.ContentCopyIcon(), p.copyNow)
	elsewhere := newButton(say.T("Save a copy elsewhere…"), theme.DocumentSaveIcon(), p.saveElsewhere)
	everything := newButton(say.T("Export everything…"), theme.DownloadIcon(), p.exportAll)
	take := newButton(say.T("Take in an export…"), theme.UploadIcon(), p.takeIn)
	p.list.lay(say.T("Copies of the database"), say.T(copiesAbout)+" "+say.T("That is fixed: nobody finds out too late that copies were off."), emptyState(say.T("No copies yet"), say.T("The first is made half a minute after the start; Copy now makes one at once.")), nil, everything, take, elsewhere, now)
	p.object = container.NewBorder(container.New(layout.NewCustomPaddedLayout(look.Gap/2, 0, look.Gap, look.Gap), p.failed.object), nil, nil, nil, p.list.object)
	return p
}

func copyColumns(u *UI) []grid.Column[desk.Copy] {
	type row = desk.Copy
	return []grid.Column[row]{
		{Key: "made", Title: say.T("Made"), Width: 144, Text: func(r row) string { return u.clockText(r.Made) }, Value: func(r row) any { return r.Made }},
		{Key: "why", Title: say.T("Why"), Width: 168, Text: func(r row) string { return say.W(string(r.Why)) }},
		{Key: "size", Title: say.T("Size"), Width: 104, Right: true, Text: func(r row) string { return sizeText(backup.N(r.Size)) }, Value: func(r row) any { return r.Size }},
		{Key: "file", Title: say.T("File"), Width: 280, Text: func(r row) string { return filepath.Base(r.Path) }},
		{Key: "folder", Title: say.T("Folder"), Width: 520, Text: func(r row) string { return filepath.Dir(r.Path) }},
	}
}

func (p *safetyPart) read() ([]desk.Copy, error) {
	s, err := p.desk.Copies(p.ui.ctx, p.ui.actor)
	tell(func() {
		p.why.SetText(say.T("The copy of %s could not be made: %s. It is tried again every quarter of an hour.", p.ui.clockText(s.At), s.Failed))
		p.failed.show(s.Failed != "")
	})
	return s.Copies, err
}

func (p *safetyPart) focus() { p.list.focus() }

func (p *safetyPart) reload(e desk.Event) { p.list.reload(e) }

func (p *safetyPart) copyNow() {
	var made desk.Copy
	p.ui.doWork(p.window, say.T("Copying"), say.T("The database is copied, and the copy is checked."), func(ctx context.Context, progress desk.Progress) (err error) {
		made, err = p.desk.CopyNow(ctx, p.ui.actor, progress)
		return err
	}, func() {
		p.list.toast.show(say.T("Copied and checked: %s.", sizeText(backup.N(made.Size))), nil)
		p.reload(desk.Event{Copies: true})
	})
}

func (p *safetyPart) saveElsewhere() {
	name := "Backstop " + p.desk.Now().In(p.ui.zone).Format(time.DateOnly)
	p.ui.askFile(p.window, saving{title: say.T("Save a copy of the database"), name: name, kinds: []string{".db"}, keep: true, write: func(ctx context.Context, path string, _ func(string)) (string, error) {
		return path, p.desk.Backup(ctx, p.ui.actor, path)
	}})
}

const exportAbout = "Everything, to be read without Backstop or taken in on another machine: each table as JSON lines, and the kept files, in one archive. It holds what copies hold, " +
	"also what is kept of passwords."

func (p *safetyPart) exportAll() {
	name := say.T("Backstop everything %s", p.desk.Now().In(p.ui.zone).Format(time.DateOnly))
	p.ui.askFile(p.window, saving{title: say.T("Export everything"), about: say.T(exportAbout), name: name, kinds: []string{".zip"}, keep: true, write: func(ctx context.Context, path string, progress func(string)) (string, error) {
		_, err := p.desk.ExportAll(ctx, p.ui.actor, path, func(done, of int) { progress(say.T("Writing row %s of %s …", countText(done), countText(of))) })
		return path, err
	}})
}

// takeIn asks which export; the desk refuses where anything was done already.
func (p *safetyPart) takeIn() {
	d := dialog.NewFileOpen(func(r fyne.URIReadCloser, err error) {
		if err != nil {
			p.ui.showError(p.window, err)
			return
		}
		if r == nil {
			return
		}
		path := r.URI().Path()
		r.Close()
		p.takeFrom(path)
	}, p.window)
	d.SetFilter(storage.NewExtensionFileFilter([]string{".zip"}))
	d.Resize(fyne.NewSize(800, 560))
	d.Show()
}

func (p *safetyPart) takeFrom(path string) {
	var x desk.Exported
	p.ui.doWork(p.window, say.T("Taking in an export"), say.T("It is read and verified before anything of it is kept."), func(ctx context.Context, progress desk.Progress) (err error) {
		x, err = p.desk.TakeAll(ctx, p.ui.actor, path, progress)
		return err
	}, func() {
		p.list.toast.show(say.T("Taken in: %s rows and %s.", countText(int(x.Rows)), say.Many(x.Files, "1 kept file", "%s kept files")), nil)
	})
}
