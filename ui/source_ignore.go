package ui

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"backstop/app/backup"
	"backstop/app/desk"
	"backstop/app/say"
	"backstop/ui/look"
)

// ignoreForm asks which files are to be passed over from now on, says what that comes to, and why it is done.
type ignoreForm struct {
	files   *sourceFiles
	row     desk.FileRow
	prompt  *prompt
	pattern *field
	where   *choice
	reason  *field
	comes   *widget.Label
	asked   int
}

func (f *sourceFiles) askIgnore() {
	if r, ok := f.chosen(); ok {
		newIgnoreForm(f, r)
	}
}

func newIgnoreForm(files *sourceFiles, r desk.FileRow) *ignoreForm {
	f := &ignoreForm{files: files, row: r, reason: newTextField(say.T("why; it goes on record"), 2), comes: widget.NewLabel("")}
	f.comes.Wrapping = fyne.TextWrapWord
	f.pattern = newField(backup.LikeName(r.Path), say.T("of the name: * stands for any letters"))
	f.pattern.OnChanged = func(string) { f.preview() }
	f.where = newChoice([]string{look.Printable(desk.SourceWord(r.SourceName)), say.T("every source")}, func(string) { f.preview() })
	form := widget.NewForm(
		widget.NewFormItem(say.T("Files named"), f.pattern),
		widget.NewFormItem(say.T("In"), f.where),
		widget.NewFormItem(say.T("Reason"), f.reason),
	)
	f.prompt = files.ui.newPrompt(files.page.window, say.T("Ignore files like this"), container.NewVBox(form, f.comes), say.T("Ignore"), f.accept)
	f.prompt.accepted = func() {
		files.page.toast.show(say.T("Ignored from now on. The rule stands under Settings, Ignored files."), nil)
	}
	f.pattern.in(f.prompt)
	f.reason.in(f.prompt)
	f.where.SetSelectedIndex(0)
	f.prompt.show(fyne.NewSize(600, 0), f.reason)
	return f
}

func (f *ignoreForm) rule() backup.IgnoreRule {
	rule := backup.IgnoreRule{Pattern: strings.TrimSpace(f.pattern.Text)}
	if f.where.SelectedIndex() == 0 {
		rule.Source = f.row.Source
	}
	return rule
}

// preview says what the rule comes to, by what is in the ledger.
func (f *ignoreForm) preview() {
	rule := f.rule()
	f.asked++
	asked := f.asked
	ask(f.files.ui.work, func() (desk.IgnorePreview, error) {
		if err := rule.Check(); err != nil {
			return desk.IgnorePreview{}, err
		}
		return f.files.ui.desk.PreviewIgnore(f.files.ui.ctx, f.files.ui.actor, rule)
	}, func(p desk.IgnorePreview, err error) {
		if asked != f.asked {
			return
		}
		f.comes.Importance = widget.MediumImportance
		text := ignoreText(p)
		if err != nil {
			text = sayError(err)
		}
		if p.Read > 0 {
			f.comes.Importance = widget.WarningImportance
		}
		f.comes.SetText(text)
		f.prompt.fit()
	})
}

// ignoreText says what a rule would pass over.
func ignoreText(p desk.IgnorePreview) string {
	text := say.T("Files of such names are not read where they come by themselves, and nothing in them opens an incident; a file that is dropped or named is read all the same.") + "\n"
	rejected := say.Many(p.Rejected, "1 file", "%s files")
	if p.Read > 0 {
		return text + say.T("In the list: %s that could not be read, and %s that could: their like would be missing.", rejected, say.Many(p.Read, "1 file", "%s files"))
	}
	return text + say.T("In the list: %s that could not be read.", rejected)
}

func (f *ignoreForm) accept() (func() error, error) {
	rule, reason := f.rule(), f.reason.Text
	if err := rule.Check(); err != nil {
		return nil, err
	}
	return func() error { return f.files.ui.desk.IgnoreFiles(f.files.ui.ctx, f.files.ui.actor, rule, reason) }, nil
}
