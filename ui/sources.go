package ui

import (
	"context"
	"fmt"
	"iter"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"backstop/app/backup"
	"backstop/app/desk"
	"backstop/ui/grid"
	"backstop/ui/look"
)

// sourcesPage lists the folders that are watched, the waiting questions, and the files of the chosen source with the reason of
// each that was refused.
type sourcesPage struct {
	ui        *UI
	window    fyne.Window
	object    fyne.CanvasObject
	sources   *list[desk.SourceState]
	files     *list[desk.FileRow]
	table     *grid.Grid[desk.SourceState]
	ledger    *grid.Grid[desk.FileRow]
	questions *fyne.Container
	refused   *tick
	edit      *button
	pause     *button
	remove    *button
	teach     *button
	reread    *button
	toast     *toast
	chosen    int64 // source whose files are shown; 0 for all
	asked     int   // counts questions about all sources, so that only the last is answered
	askedFor  int   // likewise, about the files of the chosen one
}

// list is rows in memory, for tables that are never long.
type list[R any] struct {
	rows []R
	id   func(R) int64
}

func (l *list[R]) Len() int            { return len(l.rows) }
func (l *list[R]) Row(i int) (R, bool) { return l.rows[i], true }
func (l *list[R]) ID(i int) int64      { return l.id(l.rows[i]) }

// each gives the rows as they are now.
func (l *list[R]) each() func(context.Context) iter.Seq2[R, error] {
	rows := l.rows
	return func(context.Context) iter.Seq2[R, error] {
		return func(yield func(R, error) bool) {
			for _, r := range rows {
				if !yield(r, nil) {
					return
				}
			}
		}
	}
}

func (l *list[R]) find(id int64) (R, bool) {
	for _, r := range l.rows {
		if l.id(r) == id {
			return r, true
		}
	}
	var none R
	return none, false
}

func newSourcesPage(u *UI, w fyne.Window) *sourcesPage {
	p := &sourcesPage{ui: u, window: w, toast: newToast(u)}
	p.sources = &list[desk.SourceState]{id: func(s desk.SourceState) int64 { return s.ID }}
	p.files = &list[desk.FileRow]{id: func(f desk.FileRow) int64 { return f.ID }}
	p.table = grid.New(p.sources, sourceColumns(u)...)
	p.table.OnSelected = p.choose
	p.table.OnOpen = func(id int64) { p.editSource(id) }
	p.ledger = grid.New(p.files, fileColumns(u)...)
	p.ledger.OnOpen = p.showFile
	p.ledger.OnSelected = func([]int64) { p.enable() }
	p.ledger.OnCurrent = func(int64) { p.enable() }
	p.table.OnMenu = func(_ []int64, at fyne.Position) { p.menu(at, p.saveSources) }
	p.ledger.OnMenu = func(ids []int64, at fyne.Position) {
		p.menu(at, p.saveFiles, fyne.NewMenuItem("Read again…", func() { p.rereadFiles(ids) }))
	}
	p.build()
	return p
}

func sourceColumns(u *UI) []grid.Column[desk.SourceState] {
	type row = desk.SourceState
	return []grid.Column[row]{
		{Key: "name", Title: "Source", Width: 132, Text: func(r row) string { return r.Name }},
		{Key: "state", Title: "State", Width: 172, Text: folderWord, Tone: folderTone},
		{Key: "rhythm", Title: "Rhythm", Width: 256, Text: u.rhythmText, Tone: u.rhythmTone},
		{Key: "folder", Title: "Folder", Width: 216, Text: func(r row) string { return r.Folder }},
		{Key: "last", Title: "Last file", Width: 152, Text: func(r row) string { return shortPath(r.LastFile) }},
		{Key: "at", Title: "Read", Width: 124, Text: func(r row) string { return u.clockText(r.LastAt) }, Value: func(r row) any { return r.LastAt }},
		{Key: "files", Title: "Files", Width: 56, Right: true, Text: func(r row) string { return countText(r.Files) }, Value: func(r row) any { return r.Files }},
		{Key: "executions", Title: "Executions", Width: 88, Right: true, Text: func(r row) string { return countText(r.Executions) }, Value: func(r row) any { return r.Executions }},
		{Key: "rejected", Title: "Rejected", Width: 72, Right: true, Text: func(r row) string { return countText(r.Rejected) }, Value: func(r row) any { return r.Rejected }},
		{Key: "stale", Title: "Outdated", Width: 80, Right: true, Text: func(r row) string { return countText(r.Stale) }, Value: func(r row) any { return r.Stale }},
		{Key: "tool", Title: "Tool", Width: 110, Text: func(r row) string { return r.Tool }},
		{Key: "company", Title: "Company", Width: 110, Text: func(r row) string { return r.Company }},
		{Key: "branch", Title: "Branch", Width: 110, Text: func(r row) string { return r.Branch }},
	}
}

func (p *sourcesPage) menu(at fyne.Position, save func(), more ...*fyne.MenuItem) {
	widget.ShowPopUpMenuAtPosition(fyne.NewMenu("", append(more, fyne.NewMenuItem(saveList, save))...), p.window.Canvas(), at)
}

// rereadFiles reads files of the ledger again.
func (p *sourcesPage) rereadFiles(ids []int64) {
	about := many(len(ids), "file")
	if f, ok := p.files.find(ids[0]); ok && len(ids) == 1 {
		about = shortPath(f.Path)
	}
	p.ui.openReread(about, desk.ReadAgainRequest{Files: ids}, p.toast)
}

// rereadSource reads the files of the chosen source again, or of all sources. Where some would be read otherwise now, it begins with
// those.
func (p *sourcesPage) rereadSource() {
	about, stale := "all sources", false
	for _, s := range p.sources.rows {
		if s.ID == p.chosen {
			about, stale = s.Name, s.Stale > 0
		} else if p.chosen == 0 && s.Stale > 0 {
			stale = true
		}
	}
	p.ui.openReread(about, desk.ReadAgainRequest{Source: p.chosen, Stale: stale}, p.toast)
}

func (p *sourcesPage) saveSources() {
	saveTable(p.ui, p.window, savedList[desk.SourceState]{name: "sources", columns: p.table.Shown(), rows: p.sources.each()})
}

func (p *sourcesPage) saveFiles() {
	about := ""
	if s, ok := p.sources.find(p.chosen); ok {
		about = "Source " + s.Name
	}
	saveTable(p.ui, p.window, savedList[desk.FileRow]{name: "files", about: about, columns: p.ledger.Shown(), rows: p.files.each()})
}

// folderWord is the state of a source's folder, and why.
func folderWord(s desk.SourceState) string {
	switch {
	case s.Folder == "":
		return "no folder"
	case s.Paused:
		return "paused"
	case s.State == backup.Watching:
		return "watching"
	case s.State == backup.Offline:
		return "offline: " + s.Said
	case s.State == backup.Denied:
		return "denied: " + s.Said
	}
	return "not looked at yet"
}

func folderTone(s desk.SourceState) look.Tone {
	switch {
	case s.Folder == "":
		return look.Plain
	case s.Paused:
		return look.OnHold
	case s.State == backup.Watching:
		return look.Success
	case s.State == backup.Offline, s.State == backup.Denied:
		return look.Failed
	}
	return look.New
}

func fileColumns(u *UI) []grid.Column[desk.FileRow] {
	type row = desk.FileRow
	return []grid.Column[row]{
		{Key: "read", Title: "Read", Width: 124, Text: func(r row) string { return u.clockText(r.Imported) }, Value: func(r row) any { return r.Imported }},
		{Key: "status", Title: "Result", Width: 116, Text: func(r row) string { return string(r.Status) }, Tone: fileTone},
		{Key: "file", Title: "File", Width: 176, Text: func(r row) string { return shortPath(r.Path) }},
		{Key: "said", Title: "Reason, problems, notes", Width: 336, Text: fileSaid},
		{Key: "executions", Title: "Executions", Width: 88, Right: true, Text: func(r row) string { return countText(r.Executions) }, Value: func(r row) any { return r.Executions }},
		{Key: "incidents", Title: "Incidents", Width: 76, Right: true, Text: func(r row) string { return countText(r.Incidents) }, Value: func(r row) any { return r.Incidents }},
		{Key: "format", Title: "Format", Width: 190, Text: func(r row) string { return r.Format }},
	}
}

func fileTone(r desk.FileRow) look.Tone {
	switch {
	case r.Status == backup.Rejected:
		return look.Failed
	case len(r.Problems) > 0:
		return look.Partial
	}
	return look.Success
}

func fileSaid(r desk.FileRow) string {
	var parts []string
	if r.Reason != "" {
		parts = append(parts, r.Reason)
	}
	if len(r.Problems) > 0 {
		parts = append(parts, fmt.Sprintf("%s not read; line %d: %s", many(len(r.Problems), "record"), r.Problems[0].Line, r.Problems[0].Reason))
	}
	return strings.Join(append(parts, r.Notes...), "; ")
}

func (p *sourcesPage) build() {
	add := newButton("Add a folder…", theme.FolderNewIcon(), p.add)
	add.Importance = widget.HighImportance
	p.edit = newButton("Edit…", theme.DocumentCreateIcon(), func() { p.editSource(p.chosen) })
	p.pause = newButton("Pause…", theme.MediaPauseIcon(), p.pauseSource)
	p.remove = newButton("Remove…", theme.DeleteIcon(), p.removeSource)
	p.teach = newButton("Teach…", theme.QuestionIcon(), p.teachFile)
	p.reread = newButton("Read again…", theme.ViewRefreshIcon(), p.rereadSource)
	u := p.ui
	u.only(desk.ToAdminister, p.window, add, p.edit, p.pause, p.remove, p.reread)
	u.only(desk.ToTeach, p.window, p.teach)
	p.refused = newTick("Only what was rejected", false)
	p.refused.OnChanged = func(bool) { p.askFiles() }
	p.questions = container.NewVBox()
	p.table.SetEmpty(emptyState("No sources yet", "Add the folder into which your backup tools export their job logs."))
	p.ledger.SetEmpty(emptyState("No files", "Each file that is read or rejected is listed here, with the reason."))
	top := container.New(&padded{look.Gap}, container.NewVBox(container.NewHBox(heading("Sources"), layout.NewSpacer(), p.edit, p.pause, p.remove, p.reread, add), p.questions))
	below := container.NewBorder(container.New(&padded{look.Gap}, container.NewHBox(heading("Files"), layout.NewSpacer(), p.teach, p.refused)), nil, nil, nil, p.ledger)
	split := container.NewVSplit(p.table, below)
	split.SetOffset(0.4)
	p.object = container.NewBorder(top, p.toast.object, nil, nil, split)
	p.enable()
}

func heading(text string) *widget.Label {
	l := widget.NewLabelWithStyle(text, fyne.TextAlignLeading, fyne.TextStyle{Bold: true})
	l.SizeName = theme.SizeNameSubHeadingText
	return l
}

func (p *sourcesPage) choose(ids []int64) {
	p.chosen = 0
	if len(ids) == 1 {
		p.chosen = ids[0]
	}
	p.enable()
	p.ledger.ScrollTo(0)
	p.askFiles()
}

func (p *sourcesPage) focus() { p.window.Canvas().Focus(p.table) }

// enable greys what cannot be done with what is chosen.
func (p *sourcesPage) enable() {
	s, ok := p.sources.find(p.chosen)
	set := func(b *button, on bool) {
		if on {
			b.Enable()
		} else {
			b.Disable()
		}
	}
	set(p.edit, ok)
	set(p.pause, ok && s.Folder != "")
	set(p.remove, ok)
	f, ok := p.file()
	set(p.teach, ok && f.Status == backup.Rejected)
	p.pause.SetText("Pause…")
	if s.Paused {
		p.pause.SetText("Resume")
	}
}

func (p *sourcesPage) reload(e desk.Event) {
	if !e.Sources {
		return
	}
	p.asked++
	asked := p.asked
	ask(p.ui.work, p.read, func(now sourcesNow, err error) {
		if asked != p.asked {
			return
		}
		if err != nil {
			p.ui.showError(p.window, err)
			return
		}
		p.sources.rows = now.sources
		p.table.Reload()
		p.enable()
		p.showQuestions(now.questions)
	})
	p.askFiles()
}

// sourcesNow is what there is to show of all sources.
type sourcesNow struct {
	sources   []desk.SourceState
	questions []desk.Question
}

func (p *sourcesPage) read() (now sourcesNow, err error) {
	if now.sources, err = p.ui.desk.Sources(p.ui.ctx, p.ui.actor); err != nil {
		return now, err
	}
	now.questions, err = p.ui.desk.Questions(p.ui.ctx, p.ui.actor)
	return now, err
}

// mostFiles bounds the list of files; the newest are shown.
const mostFiles = 500

func (p *sourcesPage) askFiles() {
	q := desk.FileQuery{Source: p.chosen, Limit: mostFiles}
	if p.refused.Checked {
		q.Status = backup.Rejected
	}
	p.askedFor++
	asked := p.askedFor
	ask(p.ui.work, func() ([]desk.FileRow, error) { return p.ui.desk.Files(p.ui.ctx, p.ui.actor, q) }, func(f []desk.FileRow, err error) {
		if asked != p.askedFor {
			return
		}
		if err != nil {
			p.ui.showError(p.window, err)
			return
		}
		p.files.rows = f
		p.ledger.Reload()
		p.enable()
	})
}

func (p *sourcesPage) showQuestions(questions []desk.Question) {
	p.questions.RemoveAll()
	for _, q := range questions {
		p.questions.Add(p.question(q))
	}
}

// question is a waiting one, with its answers.
func (p *sourcesPage) question(q desk.Question) fyne.CanvasObject {
	said := widget.NewLabel(fmt.Sprintf("%s: %s old failures, from %s to %s. Open an incident for each?", look.Printable(q.Name), countText(q.Old), p.ui.clockText(q.First), p.ui.clockText(q.Last)))
	said.Wrapping = fyne.TextWrapWord
	buttons := container.NewHBox()
	answer := func(words string, all bool, days int) {
		b := newButton(words, nil, func() {
			buttons.Hide() // one answer is enough
			ask(p.ui.work, func() (int, error) { return p.ui.desk.AnswerQuestion(p.ui.ctx, p.ui.actor, q.ID, all, days) }, func(_ int, err error) {
				if err != nil {
					buttons.Show()
					p.ui.showError(p.window, err)
				}
			})
		})
		p.ui.only(desk.ToImport, p.window, b)
		buttons.Add(b)
	}
	answer("Open all", true, 0)
	answer("Last 30 days", false, 30)
	answer("Last 7 days", false, 7)
	answer("None", false, 0)
	return container.NewStack(newSurface(theme.ColorNameSelection), container.NewBorder(nil, nil, widget.NewIcon(theme.QuestionIcon()), container.NewCenter(buttons), said))
}

// file is the one of the ledger that is selected, else the one that the keys act on.
func (p *sourcesPage) file() (desk.FileRow, bool) {
	id, ok := p.ledger.Current()
	if ids := p.ledger.Selected(); len(ids) == 1 {
		id, ok = ids[0], true
	}
	if !ok {
		return desk.FileRow{}, false
	}
	return p.files.find(id)
}

// teachFile opens the assistant for a file that was rejected, and reads the file once it is taught.
func (p *sourcesPage) teachFile() {
	f, ok := p.file()
	if !ok {
		return
	}
	s, _ := p.sources.find(f.Source)
	p.ui.openTeach(lesson{path: f.Path, source: f.SourceName, sourceID: f.Source, tool: s.Tool}, func(string) {
		ask(p.ui.work, func() ([]backup.FileResult, error) {
			return p.ui.desk.Import(p.ui.ctx, p.ui.actor, desk.ImportRequest{Source: f.SourceName, Paths: []string{f.Path}}, nil)
		}, func(_ []backup.FileResult, err error) { p.ui.showError(p.window, err) })
	})
}

// showFile tells everything about one line of the ledger.
func (p *sourcesPage) showFile(id int64) {
	f, ok := p.files.find(id)
	if !ok {
		return
	}
	lines := []string{f.Path, fmt.Sprintf("%s, %s of source %s, read %s", f.Status, humanSize(f.Size), f.SourceName, p.ui.clockText(f.Imported)), "SHA-256 " + f.SHA256, ""}
	if f.Reason != "" {
		lines = append(lines, f.Reason)
	}
	lines = append(lines, f.Notes...)
	for _, b := range f.Problems {
		lines = append(lines, fmt.Sprintf("line %d: %s", b.Line, b.Reason))
	}
	p.ui.showText(p.window, shortPath(f.Path), strings.Join(lines, "\n"))
}

func humanSize(n int64) string { return sizeText(backup.N(n)) }
