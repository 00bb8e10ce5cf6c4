package ui

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"backstop/app/backup"
	"backstop/app/desk"
	"backstop/app/say"
)

// statusMapForm asks what a tool's status means from now on.
type statusMapForm struct {
	part    *statusesPart
	row     desk.StatusRow
	prompt  *prompt
	subject *choice
	outcome *choice
	opens   *choice
	reason  *field
	rules   []backup.StatusRule // what each subject stands for
}

// opensChoices are in the order of backup.Choice.
var opensChoices = []string{say.N("as its outcome does"), say.N("yes, always"), say.N("no, never")}

func (p *statusesPart) ask(id int64) *statusMapForm {
	if !p.ui.permit(desk.ToAdminister, p.window) {
		return nil
	}
	r, ok := p.rows.find(id)
	if !ok {
		return nil
	}
	f := &statusMapForm{part: p, row: r, reason: newTextField(say.T("why; it goes on record"), 3)}
	f.subjects()
	f.outcome = newChoice(outcomeWords(backup.Outcomes()), nil)
	f.opens = newChoice(each(opensChoices, say.W), nil)
	f.outcome.SetSelected(outcomeWord(r.Outcome))
	f.opens.SetSelectedIndex(0)
	if r.Rule != nil {
		f.opens.SetSelectedIndex(int(r.Rule.Opens))
	}
	f.prompt = p.ui.newPrompt(p.window, say.T("What %s means by it", r.Tool), f.body(), say.T("Change"), f.accept)
	f.prompt.accepted = p.did
	f.reason.in(f.prompt)
	f.prompt.show(fyne.NewSize(600, 0), f.outcome)
	return f
}

// subjects are the statuses that the rule may be about: this word with this code, or the code or the word alone.
func (f *statusMapForm) subjects() {
	exact := backup.StatusRule{Tool: f.row.Tool, Ending: f.row.Ending}
	f.rules = []backup.StatusRule{exact}
	if exact.Code != "" && exact.Word != exact.Code {
		code, word := exact, exact
		code.AnyWord, code.Word = true, ""
		word.AnyCode, word.Code = true, ""
		if f.rules = append(f.rules, code); exact.Word != "" {
			f.rules = append(f.rules, word)
		}
	}
	words := make([]string, len(f.rules))
	chosen := 0
	if exact.Word == "" && f.row.Count == 0 { // of a table of codes, which the tool may write beside any words
		chosen = len(f.rules) - 1
	}
	for i, r := range f.rules {
		words[i] = desk.SayStatuses(r)
		if f.row.Rule != nil && f.row.Rule.SameSubject(r) {
			chosen = i
		}
	}
	f.subject = newChoice(words, nil)
	f.subject.SetSelectedIndex(chosen)
}

func (f *statusMapForm) body() fyne.CanvasObject {
	said := widget.NewLabel(say.T("Told as %s by its format, %s so far. Other runs with this word that are told as something else are not touched.", outcomeWord(f.row.Told), say.Many(f.row.Count, "1 time", "%s times")))
	said.Wrapping = fyne.TextWrapWord
	said.Importance = widget.LowImportance
	form := container.New(layout.NewFormLayout(),
		widget.NewLabel(say.T("Status")), f.subject,
		widget.NewLabel(say.T("Means")), f.outcome,
		widget.NewLabel(say.T("Opens an incident")), f.opens,
		widget.NewLabel(say.T("Reason")), f.reason)
	return container.NewVBox(said, form)
}

func (f *statusMapForm) accept() (func() error, error) {
	reason := strings.TrimSpace(f.reason.Text)
	if reason == "" {
		return nil, say.Error("say why; it decides what opens an incident, and goes on record")
	}
	rule := f.rules[max(f.subject.SelectedIndex(), 0)]
	rule.Outcome, rule.Opens = backup.Outcomes()[max(f.outcome.SelectedIndex(), 0)], backup.Choice(max(f.opens.SelectedIndex(), 0))
	p := f.part
	return func() error { return p.desk.MapStatus(p.ui.ctx, p.ui.actor, rule, reason) }, nil
}
