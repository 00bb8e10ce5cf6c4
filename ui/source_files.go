package ui

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"

	"backstop/app/backup"
	"backstop/app/desk"
	"backstop/app/say"
	"backstop/ui/grid"
	"backstop/ui/look"
)

// sourceFiles lists the files of the chosen source with what became of each, and what can be done with one that was rejected.
type sourceFiles struct {
	page    *sourcesPage
	ui      *UI
	object  fyne.CanvasObject
	rows    *list[desk.FileRow]
	table   *grid.Grid[desk.FileRow]
	refused *tick
	teach   *button
	again   *button
	ignore  *button
	tell    *button
	source  int64 // 0 for all
	asked   int   // counts questions, so that only the last is answered
}

func newSourceFiles(p *sourcesPage) *sourceFiles {
	f := &sourceFiles{page: p, ui: p.ui}
	f.rows = &list[desk.FileRow]{id: func(r desk.FileRow) int64 { return r.ID }}
	f.table = grid.New(f.rows, fileColumns(p.ui)...)
	f.table.OnOpen = f.show
	f.table.OnSelected = func([]int64) { f.enable() }
	f.table.OnCurrent = func(int64) { f.enable() }
	f.table.OnMenu = func(ids []int64, at fyne.Position) {
		p.menu(at, f.save, fyne.NewMenuItem(say.T("Read again…"), func() { f.reread(ids) }))
	}
	f.table.SetEmpty(emptyState(say.T("No files"), say.T("Each file that is read or rejected is listed here, with the reason.")))
	f.teach = newButton(say.T("Teach…"), theme.QuestionIcon(), f.openTeach)
	f.again = newButton(say.T("Try again"), theme.ViewRefreshIcon(), f.tryAgain)
	f.ignore = newButton(say.T("Ignore files like this…"), theme.VisibilityOffIcon(), f.askIgnore)
	f.tell = newButton(say.T("Report for the authors…"), theme.MailComposeIcon(), f.report)
	p.ui.only(desk.ToTeach, p.window, f.teach)
	p.ui.only(desk.ToImport, p.window, f.again, f.tell)
	p.ui.only(desk.ToAdminister, p.window, f.ignore)
	f.refused = newTick(say.T("Only what was rejected"), false)
	f.refused.OnChanged = func(bool) { f.ask() }
	row := headed(heading(say.T("Files")), f.teach, f.again, f.ignore, f.tell, f.refused)
	f.object = topped(container.New(&padded{look.Gap}, row), nil, f.table)
	return f
}

func fileColumns(u *UI) []grid.Column[desk.FileRow] {
	type row = desk.FileRow
	return []grid.Column[row]{
		{Key: "read", Title: say.T("Read"), Width: 124, Text: func(r row) string { return u.clockText(r.Imported) }, Value: func(r row) any { return r.Imported }},
		{Key: "status", Title: say.T("Result"), Width: 116, Text: fileWord, Tone: fileTone},
		{Key: "file", Title: say.T("File"), Width: 176, Text: func(r row) string { return shortPath(r.Path) }},
		{Key: "said", Title: say.T("Reason, problems, notes"), Width: 336, Text: fileSaid},
		{Key: "executions", Title: say.T("Executions"), Width: 88, Right: true, Text: func(r row) string { return countText(r.Executions) }, Value: func(r row) any { return r.Executions }},
		{Key: "incidents", Title: say.T("Incidents"), Width: 92, Right: true, Text: func(r row) string { return countText(r.Incidents) }, Value: func(r row) any { return r.Incidents }},
		{Key: "format", Title: say.T("Format"), Width: 190, Text: func(r row) string { return r.Format }},
	}
}

// fileWord is what became of a file.
func fileWord(r desk.FileRow) string {
	switch {
	case r.Ignored:
		return say.T("ignored")
	case r.Status == backup.Rejected:
		return say.T("rejected")
	case r.Status == backup.Duplicate:
		return say.T("duplicate")
	}
	return say.T("imported")
}

func fileTone(r desk.FileRow) look.Tone {
	switch {
	case r.Ignored:
		return look.New
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
		parts = append(parts, say.Again(r.Reason))
	}
	if len(r.Problems) > 0 {
		parts = append(parts, say.T("%s not read; line %d: %s", say.Many(len(r.Problems), "1 record", "%s records"), r.Problems[0].Line, say.Again(r.Problems[0].Reason)))
	}
	return strings.Join(append(parts, saidAgain(r.Notes)...), "; ")
}

// saidAgain says what was recorded in the chosen language.
func saidAgain(recorded []string) []string {
	said := make([]string, len(recorded))
	for i, r := range recorded {
		said[i] = say.Again(r)
	}
	return said
}

// of turns to the files of a source.
func (f *sourceFiles) of(source int64) {
	f.source = source
	f.table.ScrollTo(0)
	f.ask()
}

// mostFiles bounds the list of files; the newest are shown.
const mostFiles = 500

func (f *sourceFiles) ask() {
	q := desk.FileQuery{Source: f.source, Limit: mostFiles}
	if f.refused.Checked {
		q.Status = backup.Rejected
	}
	f.asked++
	asked := f.asked
	ask(f.ui.work, func() ([]desk.FileRow, error) { return f.ui.desk.Files(f.ui.ctx, f.ui.actor, q) }, func(rows []desk.FileRow, err error) {
		if asked != f.asked {
			return
		}
		if err != nil {
			f.ui.showError(f.page.window, err)
			return
		}
		f.rows.rows = rows
		f.table.Reload()
		f.enable()
	})
}

// chosen is the file that is selected, else the one that the keys act on.
func (f *sourceFiles) chosen() (desk.FileRow, bool) {
	id, ok := f.table.Current()
	if ids := f.table.Selected(); len(ids) == 1 {
		id, ok = ids[0], true
	}
	if !ok {
		return desk.FileRow{}, false
	}
	return f.rows.find(id)
}

// enable greys what is for rejected files only.
func (f *sourceFiles) enable() {
	r, ok := f.chosen()
	for _, b := range []*button{f.teach, f.again, f.ignore, f.tell} {
		enable(b, ok && r.Status == backup.Rejected)
	}
}

func (f *sourceFiles) save() {
	about := ""
	if s, ok := f.page.sources.find(f.source); ok {
		about = say.T("Source %s", desk.SourceWord(s.Name))
	}
	saveTable(f.ui, f.page.window, savedList[desk.FileRow]{name: say.N("files"), about: about, columns: f.table.Shown(), rows: f.rows.each()})
}

// reread reads files of the ledger again.
func (f *sourceFiles) reread(ids []int64) {
	about := say.Many(len(ids), "1 file", "%s files")
	if r, ok := f.rows.find(ids[0]); ok && len(ids) == 1 {
		about = shortPath(r.Path)
	}
	f.ui.openReread(about, desk.ReadAgainRequest{Files: ids}, f.page.toast)
}

// openTeach opens the assistant for a file that was rejected, and reads the file once it is taught.
func (f *sourceFiles) openTeach() {
	r, ok := f.chosen()
	if !ok {
		return
	}
	s, _ := f.page.sources.find(r.Source)
	f.ui.openTeach(lesson{path: r.Path, source: r.SourceName, sourceID: r.Source, tool: s.Tool}, func(string) { f.bring(r) })
}

// tryAgain reads a rejected file once more: what was missing may be there now.
func (f *sourceFiles) tryAgain() {
	if r, ok := f.chosen(); ok {
		f.bring(r)
	}
}

// bring imports a file from where it lies, and says what came of it.
func (f *sourceFiles) bring(r desk.FileRow) {
	f.again.Disable()
	ask(f.ui.work, func() ([]backup.FileResult, error) {
		return f.ui.desk.Import(f.ui.ctx, f.ui.actor, desk.ImportRequest{Source: r.SourceName, Paths: []string{r.Path}}, nil)
	}, func(results []backup.FileResult, err error) {
		f.enable()
		if err != nil {
			f.ui.showError(f.page.window, err)
			return
		}
		f.page.toast.show(broughtText(results), nil)
	})
}

// broughtText says what became of the first of some files: what holds others comes before them.
func broughtText(results []backup.FileResult) string {
	if len(results) == 0 {
		return ""
	}
	first := results[0]
	name := look.Printable(shortPath(first.Path))
	switch first.Status {
	case backup.Rejected:
		return say.T("%s is not read: %s", name, say.Again(first.Reason))
	case backup.Duplicate:
		return say.T("%s is known already.", name)
	default:
		return say.T("%s: %s, %s new.", name, say.Many(first.Executions, "1 execution", "%s executions"), countText(first.New))
	}
}

// firstLines are as many as tell what a file is.
const firstLines = 40

// show tells everything about one line of the ledger, and of a rejected file how it begins.
func (f *sourceFiles) show(id int64) {
	r, ok := f.rows.find(id)
	if !ok {
		return
	}
	lines := []string{r.Path, say.T("%s, %s of source %s, read %s", fileWord(r), humanSize(r.Size), desk.SourceWord(r.SourceName), f.ui.clockText(r.Imported)), "SHA-256 " + r.SHA256, ""}
	if r.Reason != "" {
		lines = append(lines, say.Again(r.Reason))
	}
	lines = append(lines, saidAgain(r.Notes)...)
	for _, b := range r.Problems {
		lines = append(lines, say.T("line %d: %s", b.Line, say.Again(b.Reason)))
	}
	told := strings.Join(lines, "\n")
	if r.Status != backup.Rejected {
		f.ui.showText(f.page.window, shortPath(r.Path), told)
		return
	}
	f.begins(r, func(b backup.Beginning, err error) {
		if err != nil {
			f.ui.showText(f.page.window, shortPath(r.Path), told)
			return
		}
		f.ui.showLines(f.page.window, shortPath(r.Path), told, b)
	})
}

// begins reads the first lines of a file from where it lies.
func (f *sourceFiles) begins(r desk.FileRow, use func(backup.Beginning, error)) {
	ask(f.ui.work, func() (backup.Beginning, error) {
		return f.ui.desk.FirstLines(f.ui.ctx, f.ui.actor, r.SourceName, r.Path, firstLines)
	}, use)
}

func humanSize(n int64) string { return sizeText(backup.N(n)) }
