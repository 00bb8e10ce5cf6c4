package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"backstop/app/backup"
	"backstop/app/desk"
	"backstop/app/say"
	"backstop/ui/grid"
	"backstop/ui/look"
)

// sourcesPage lists the folders that are watched, the waiting questions, and the files of the chosen source.
type sourcesPage struct {
	ui        *UI
	window    fyne.Window
	object    fyne.CanvasObject
	sources   *list[desk.SourceState]
	table     *grid.Grid[desk.SourceState]
	files     *sourceFiles
	questions *fyne.Container
	edit      *button
	pause     *button
	remove    *button
	reread    *button
	toast     *toast
	chosen    int64 // source whose files are shown; 0 for all
	asked     int   // counts questions about all sources, so that only the last is answered
}

func newSourcesPage(u *UI, w fyne.Window) *sourcesPage {
	p := &sourcesPage{ui: u, window: w, toast: newToast(u)}
	p.sources = &list[desk.SourceState]{id: func(s desk.SourceState) int64 { return s.ID }}
	p.table = grid.New(p.sources, sourceColumns(u)...)
	p.table.OnSelected = p.choose
	p.table.OnOpen = func(id int64) { p.editSource(id) }
	p.files = newSourceFiles(p)
	p.table.OnMenu = func(_ []int64, at fyne.Position) { p.menu(at, p.saveSources) }
	p.build()
	return p
}

func sourceColumns(u *UI) []grid.Column[desk.SourceState] {
	type row = desk.SourceState
	return []grid.Column[row]{
		{Key: "name", Title: say.T("Source"), Width: 132, Text: func(r row) string { return desk.SourceWord(r.Name) }},
		{Key: "state", Title: say.T("State"), Width: 172, Text: folderWord, Tone: folderTone},
		{Key: "rhythm", Title: say.T("Rhythm"), Width: 256, Text: u.rhythmText, Tone: u.rhythmTone},
		{Key: "folder", Title: say.T("Folder"), Width: 216, Text: func(r row) string { return r.Folder }},
		{Key: "last", Title: say.T("Last file"), Width: 152, Text: func(r row) string { return shortPath(r.LastFile) }},
		{Key: "at", Title: say.T("Read"), Width: 124, Text: func(r row) string { return u.clockText(r.LastAt) }, Value: func(r row) any { return r.LastAt }},
		{Key: "files", Title: say.T("Files"), Width: 56, Right: true, Text: func(r row) string { return countText(r.Files) }, Value: func(r row) any { return r.Files }},
		{Key: "executions", Title: say.T("Executions"), Width: 88, Right: true, Text: func(r row) string { return countText(r.Executions) }, Value: func(r row) any { return r.Executions }},
		{Key: "rejected", Title: say.T("Rejected"), Width: 72, Right: true, Text: func(r row) string { return countText(r.Rejected) }, Value: func(r row) any { return r.Rejected }},
		{Key: "stale", Title: say.T("Outdated"), Width: 80, Right: true, Text: func(r row) string { return countText(r.Stale) }, Value: func(r row) any { return r.Stale }},
		{Key: "tool", Title: say.T("Tool"), Width: 110, Text: func(r row) string { return r.Tool }},
		{Key: "company", Title: say.T("Company"), Width: 110, Text: func(r row) string { return r.Company }},
		{Key: "branch", Title: say.T("Branch"), Width: 110, Text: func(r row) string { return r.Branch }},
	}
}

func (p *sourcesPage) menu(at fyne.Position, save func(), more ...*fyne.MenuItem) {
	widget.ShowPopUpMenuAtPosition(fyne.NewMenu("", append(more, fyne.NewMenuItem(say.T(saveList), save))...), p.window.Canvas(), at)
}

// rereadSource reads the files of the chosen source again, or of all sources. Where some would be read otherwise now, it begins with
// those.
func (p *sourcesPage) rereadSource() {
	about, stale := say.T("all sources"), false
	for _, s := range p.sources.rows {
		if s.ID == p.chosen {
			about, stale = desk.SourceWord(s.Name), s.Stale > 0
		} else if p.chosen == 0 && s.Stale > 0 {
			stale = true
		}
	}
	p.ui.openReread(about, desk.ReadAgainRequest{Source: p.chosen, Stale: stale}, p.toast)
}

func (p *sourcesPage) saveSources() {
	saveTable(p.ui, p.window, savedList[desk.SourceState]{name: say.N("sources"), columns: p.table.Shown(), rows: p.sources.each()})
}

// folderWord is the state of a source's folder, and why.
func folderWord(s desk.SourceState) string {
	switch {
	case s.Folder == "":
		return say.T("no folder")
	case s.Paused:
		return say.T("paused")
	case s.State == backup.Watching:
		return say.T("watching")
	case s.State == backup.Offline:
		return say.T("offline: %s", say.Again(s.Said))
	case s.State == backup.Denied:
		return say.T("denied: %s", say.Again(s.Said))
	case s.State == backup.Waiting:
		return say.T("its files wait: %s", say.Again(s.Said))
	}
	return say.T("not looked at yet")
}

func folderTone(s desk.SourceState) look.Tone {
	switch {
	case s.Folder == "":
		return look.Plain
	case s.Paused:
		return look.OnHold
	case s.State == backup.Watching:
		return look.Success
	case s.State == backup.Offline, s.State == backup.Denied, s.State == backup.Waiting:
		return look.Failed
	}
	return look.New
}

func (p *sourcesPage) build() {
	add := newButton(say.T("Add a folder…"), theme.FolderNewIcon(), p.add)
	add.Importance = widget.HighImportance
	p.edit = newButton(say.T("Edit…"), theme.DocumentCreateIcon(), func() { p.editSource(p.chosen) })
	p.pause = newButton(say.T("Pause…"), theme.MediaPauseIcon(), p.pauseSource)
	p.remove = newButton(say.T("Remove…"), theme.DeleteIcon(), p.removeSource)
	p.reread = newButton(say.T("Read again…"), theme.ViewRefreshIcon(), p.rereadSource)
	p.ui.only(desk.ToAdminister, p.window, add, p.edit, p.pause, p.remove, p.reread)
	p.questions = container.NewVBox()
	p.table.SetEmpty(emptyState(say.T("No sources yet"), say.T("Add the folder into which your backup tools export their job logs.")))
	top := container.New(&padded{look.Gap}, container.NewVBox(headed(heading(say.T("Sources")), p.edit, p.pause, p.remove, p.reread, add), p.questions))
	split := container.NewVSplit(p.table, p.files.object)
	split.SetOffset(0.4)
	p.object = topped(top, p.toast.object, split)
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
	p.files.of(p.chosen)
}

func (p *sourcesPage) focus() { p.window.Canvas().Focus(p.table) }

// enable greys what cannot be done with what is chosen.
func (p *sourcesPage) enable() {
	s, ok := p.sources.find(p.chosen)
	enable(p.edit, ok)
	enable(p.pause, ok && s.Folder != "")
	enable(p.remove, ok)
	p.files.enable()
	p.pause.SetText(say.T("Pause…"))
	if s.Paused {
		p.pause.SetText(say.T("Resume"))
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
		p.showQuestions(now)
	})
	p.files.ask()
}

// sourcesNow is what there is to show of all sources.
type sourcesNow struct {
	sources   []desk.SourceState
	questions []desk.Question
	forgotten desk.Forgotten
}

func (p *sourcesPage) read() (now sourcesNow, err error) {
	if now.sources, err = p.ui.desk.Sources(p.ui.ctx, p.ui.actor); err != nil {
		return now, err
	}
	if now.questions, err = p.ui.desk.Questions(p.ui.ctx, p.ui.actor); err != nil {
		return now, err
	}
	now.forgotten, err = p.ui.desk.Forgotten(p.ui.ctx, p.ui.actor)
	return now, err
}

func (p *sourcesPage) showQuestions(now sourcesNow) {
	p.questions.RemoveAll()
	if len(now.forgotten.Files) > 0 {
		p.questions.Add(p.ui.forgottenQuestion(p.window, now.forgotten))
	}
	for _, q := range now.questions {
		p.questions.Add(p.question(q))
	}
}

// question is a waiting one, with its answers.
func (p *sourcesPage) question(q desk.Question) fyne.CanvasObject {
	said := widget.NewLabel(say.T("%s: %s old failures, from %s to %s. Open an incident for each?", look.Printable(desk.SourceWord(q.Name)), countText(q.Old), p.ui.clockText(q.First), p.ui.clockText(q.Last)))
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
	answer(say.T("Open all"), true, 0)
	answer(say.T("Last 30 days"), false, 30)
	answer(say.T("Last 7 days"), false, 7)
	answer(say.T("None"), false, 0)
	return asked(said, buttons)
}

// asked is a question as it waits on the page.
func asked(said *widget.Label, buttons *fyne.Container) fyne.CanvasObject {
	return container.NewStack(newSurface(theme.ColorNameSelection), container.NewBorder(nil, nil, widget.NewIcon(theme.QuestionIcon()), container.NewCenter(buttons), said))
}
