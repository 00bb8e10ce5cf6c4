package ui

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"backstop/app/backup"
	"backstop/app/desk"
	"backstop/app/say"
)

// sourceForm is the dialog that adds or changes a source.
type sourceForm struct {
	page                                                          *sourcesPage
	source                                                        backup.Source
	prompt                                                        *prompt
	name, folder, tool, instance, zone, codePage, company, branch *field
	order, after                                                  *choice
	rhythm                                                        *rhythmEntry
	suggested                                                     string // as the name
}

func (p *sourcesPage) add() { p.openForm(backup.Source{}, say.T("Add a folder"), say.T("Add")) }

func (p *sourcesPage) editSource(id int64) {
	if !p.ui.permit(desk.ToAdminister, p.window) {
		return
	}
	if s, ok := p.sources.find(id); ok {
		p.openForm(s.Source, say.T("Edit %s", desk.SourceWord(s.Name)), say.T("Save"))
	}
}

const machineOrder = "as on this machine"

func (p *sourcesPage) openForm(s backup.Source, title, ok string) *sourceForm {
	f := &sourceForm{page: p, source: s}
	f.folder = newField(s.Folder, say.T("the folder into which the tool exports"))
	f.name = newField(desk.SourceWord(s.Name), say.T("a short name for people"))
	f.tool = newField(s.Tool, say.T("for people: NetBackup, Veeam, …"))
	f.instance = newField(s.Instance, say.T("server that counts the sessions, where the files name none"))
	f.zone = newField(s.Zone, say.T("Europe/Lisbon; empty: this machine's"))
	f.codePage = newField(s.CodePage, say.T("windows-1252; for text that is neither marked nor UTF-8"))
	f.company = newField(s.Company, "")
	f.branch = newField(s.Branch, "")
	f.order = newChoice([]string{say.T(machineOrder), say.W(backup.DayFirst.String()), say.W(backup.MonthFirst.String())}, nil)
	f.order.SetSelectedIndex(int(s.Order))
	f.after = newChoice(each([]backup.After{backup.Leave, backup.Archive, backup.Delete}, func(a backup.After) string { return say.W(a.String()) }), nil)
	f.after.SetSelectedIndex(int(s.After))
	f.rhythm = newRhythmEntry(p, s)
	f.folder.OnChanged = f.suggestName
	browse := newButton("", theme.FolderOpenIcon(), f.browse)
	form := widget.NewForm(
		widget.NewFormItem(say.T("Folder"), container.NewBorder(nil, nil, nil, browse, f.folder)),
		widget.NewFormItem(say.T("Name"), f.name),
		widget.NewFormItem(say.T("Tool"), f.tool),
		widget.NewFormItem(say.T("Server"), f.instance),
		widget.NewFormItem(say.T("Time zone"), f.zone),
		widget.NewFormItem(say.T("Code page"), f.codePage),
		widget.NewFormItem(say.T("Dates such as 03/04"), f.order),
		widget.NewFormItem(say.T("After reading"), f.after),
		widget.NewFormItem(say.T("Company"), f.company),
		widget.NewFormItem(say.T("Branch"), f.branch),
		widget.NewFormItem(say.T("Rhythm"), f.rhythm.row),
	)
	if s.ID != 0 {
		form.Append(say.T("Reason"), f.rhythm.reason)
	}
	f.prompt = p.ui.newPrompt(p.window, title, form, ok, f.accept)
	for _, e := range []*field{f.name, f.folder, f.tool, f.instance, f.zone, f.codePage, f.company, f.branch, f.rhythm.every, f.rhythm.reason} {
		e.in(f.prompt)
	}
	f.prompt.accepted = f.offerReread
	f.prompt.show(fyne.NewSize(640, 0), f.folder)
	return f
}

// offerReread asks whether the source's files are to be read again, when what they are read with has changed and some are there.
func (f *sourceForm) offerReread() {
	p, before := f.page, f.source
	s, ok := p.sources.find(before.ID)
	same := f.zone.Text == before.Zone && f.codePage.Text == before.CodePage && f.order.SelectedIndex() == int(before.Order)
	if !ok || s.Files == 0 || same {
		return
	}
	p.ui.openReread(desk.SourceWord(s.Name), desk.ReadAgainRequest{Source: s.ID, Stale: true}, p.toast)
}

// suggestName names a new source after its folder until the person names it.
func (f *sourceForm) suggestName(folder string) {
	if f.source.ID != 0 || f.name.Text != f.suggested {
		return
	}
	f.suggested = shortPath(strings.TrimRight(folder, `/\`))
	f.name.SetText(f.suggested)
}

func (f *sourceForm) browse() {
	d := dialog.NewFolderOpen(func(u fyne.ListableURI, err error) {
		if err == nil && u != nil {
			f.folder.SetText(u.Path())
		}
	}, f.page.window)
	d.Resize(fyne.NewSize(800, 560))
	d.Show()
}

// accept saves what was entered.
func (f *sourceForm) accept() (func() error, error) {
	if strings.TrimSpace(f.folder.Text) == "" {
		switch {
		case f.source.ID == 0:
			return nil, say.Error("choose a folder")
		case f.source.Folder != "":
			return nil, say.Error("a folder is needed; to read nothing of it any more, pause or remove the source")
		}
	}
	s := f.source
	if f.name.Text != desk.SourceWord(s.Name) { // else it stays as it is recorded
		s.Name = f.name.Text
	}
	s.Folder, s.Tool, s.Instance = f.folder.Text, f.tool.Text, f.instance.Text
	s.Zone, s.CodePage, s.Company, s.Branch = f.zone.Text, f.codePage.Text, f.company.Text, f.branch.Text
	s.Order, s.After = backup.DateOrder(f.order.SelectedIndex()), backup.After(f.after.SelectedIndex())
	reason, err := f.rhythm.put(&s)
	if err != nil {
		return nil, err
	}
	return f.page.save(s, reason), nil
}

// save is the work of saving a source.
func (p *sourcesPage) save(s backup.Source, reason string) func() error {
	return func() error {
		_, err := p.ui.desk.SaveSource(p.ui.ctx, p.ui.actor, s, reason)
		return err
	}
}

// pauseSource pauses with a reason, or resumes.
func (p *sourcesPage) pauseSource() {
	s, ok := p.sources.find(p.chosen)
	if !ok {
		return
	}
	source := s.Source
	source.Paused = !source.Paused
	if !source.Paused {
		save := p.save(source, "")
		ask(p.ui.work, func() (struct{}, error) { return struct{}{}, save() }, func(_ struct{}, err error) { p.ui.showError(p.window, err) })
		return
	}
	p.askReason(say.T("Pause %s", desk.SourceWord(s.Name)), say.T("While it is paused nothing of it is read and nothing of it opens an incident."), say.T("Pause"), func(reason string) error {
		return p.save(source, reason)()
	})
}

func (p *sourcesPage) removeSource() {
	s, ok := p.sources.find(p.chosen)
	if !ok {
		return
	}
	p.askReason(say.T("Remove %s", desk.SourceWord(s.Name)), say.T("It is no longer watched. What it brought stays."), say.T("Remove"), func(reason string) error {
		return p.ui.desk.RemoveSource(p.ui.ctx, p.ui.actor, s.ID, reason)
	})
}

func (p *sourcesPage) askReason(title, text, ok string, done func(reason string) error) {
	p.ui.askReason(p.window, title, text, ok, done, nil)
}

// askReason asks why, does it with the reason, and calls done, which may be nil.
func (u *UI) askReason(w fyne.Window, title, text, ok string, do func(reason string) error, done func()) {
	label := widget.NewLabel(text)
	label.Wrapping = fyne.TextWrapWord
	reason := newTextField(say.T("why"), 3)
	prompt := u.newPrompt(w, title, container.NewVBox(label, reason), ok, func() (func() error, error) {
		why := strings.TrimSpace(reason.Text)
		if why == "" {
			return nil, errReason
		}
		return func() error { return do(why) }, nil
	})
	prompt.accepted = done
	reason.in(prompt)
	prompt.show(fyne.NewSize(480, 0), reason)
}
