package ui

import (
	"fmt"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"backstop/app/backup"
	"backstop/app/desk"
	"backstop/app/say"
	"backstop/ui/grid"
)

// placingsPart lists the rules that put routines in branches, in their order, and moves what is known to where they say.
type placingsPart struct {
	*keptList[backup.Placing]
	state      desk.Placings
	branches   []desk.Branch
	move, back *button
}

const aboutPlacings = "Which branch a routine belongs to, whatever its source's: the first rule that fits counts. A rule holds for routines whose first run comes from now on. Those that are known stay together with all their runs, where they are, until you move them."

func newPlacingsPart(u *UI, w fyne.Window) *placingsPart {
	p := &placingsPart{}
	columns := []grid.Column[backup.Placing]{
		{Key: "order", Title: say.T("Order"), Width: 72, Text: func(r backup.Placing) string { return countText(slices.Index(p.rows.rows, r) + 1) }},
		{Key: "what", Title: say.T("What"), Width: 104, Text: placedWhat},
		{Key: "pattern", Title: say.T("Named"), Width: 320, Text: func(r backup.Placing) string { return r.Pattern }},
		{Key: "branch", Title: say.T("Belongs to"), Width: 320, Text: p.branchText},
	}
	p.keptList = newKeptList(u, w, columns, p.readAll, func(e desk.Event) bool { return e.Users || e.Sources }, p.edit)
	p.needs = desk.ToManageUsers
	p.move = newButton(say.T("Move known…"), theme.MailForwardIcon(), p.askMove)
	p.back = newButton(say.T("Move back…"), theme.ContentUndoIcon(), p.askBack)
	p.shown = func(backup.Placing, bool) { p.showState() }
	p.lay(say.T("Rules"), say.T(aboutPlacings),
		emptyState(say.T("No rules yet"), say.T("Every routine belongs where its source does. Add a rule where one source reports the routines or the machines of several branches.")),
		[]*button{
			newButton(say.T("Edit…"), theme.DocumentCreateIcon(), p.with(p.edit)), newButton(say.T("Up"), theme.MoveUpIcon(), p.with(func(r backup.Placing) { p.shift(r, -1) })),
			newButton(say.T("Down"), theme.MoveDownIcon(), p.with(func(r backup.Placing) { p.shift(r, 1) })), newButton(say.T("Remove…"), theme.DeleteIcon(), p.with(p.remove)),
		},
		p.move, p.back, newButton(say.T("Add…"), theme.ContentAddIcon(), p.add))
	return p
}

func placedWhat(r backup.Placing) string {
	if r.Client {
		return say.T("client")
	}
	return say.T("routine")
}

func (p *placingsPart) branchText(r backup.Placing) string {
	for _, b := range p.branches {
		if b.ID == r.Branch {
			return b.String()
		}
	}
	return ""
}

func (p *placingsPart) readAll() ([]backup.Placing, error) {
	branches, err := p.ui.desk.Branches(p.ui.ctx, p.ui.actor)
	if err != nil {
		return nil, err
	}
	state, err := p.ui.desk.Placings(p.ui.ctx, p.ui.actor)
	tell(func() { p.branches, p.state = branches, state })
	return state.Rules, err
}

// showState says how far what is known follows the rules.
func (p *placingsPart) showState() {
	words := say.T(aboutPlacings)
	if n := p.state.Elsewhere; n > 0 {
		words += " " + say.Many(n, "Elsewhere than the rules say: 1 known routine.", "Elsewhere than the rules say: %s known routines.")
	}
	p.words.SetText(words)
	enable(p.move, p.state.Elsewhere > 0)
	enable(p.back, p.state.Moved > 0)
}

func (p *placingsPart) add() {
	p.ask(say.T("Add a rule"), say.T("Add"), backup.Placing{}, len(p.state.Rules))
}

func (p *placingsPart) edit(r backup.Placing) {
	p.ask(say.T("Edit the rule"), say.T("Save"), r, slices.Index(p.state.Rules, r))
}

// ask asks for a rule that takes a place in the order.
func (p *placingsPart) ask(title, ok string, r backup.Placing, at int) {
	what := newChoice([]string{placedWhat(backup.Placing{}), placedWhat(backup.Placing{Client: true})}, nil)
	what.SetSelected(placedWhat(r))
	pattern := newField(r.Pattern, say.T("FIN-*: a star stands for any letters, ? for one"))
	branch := newChoice(each(p.branches, desk.Branch.String), nil)
	branch.SetSelected(p.branchText(r))
	body := container.New(layout.NewFormLayout(), widget.NewLabel(say.T("What")), what, widget.NewLabel(say.T("Named")), pattern, widget.NewLabel(say.T("Belongs to")), branch)
	q := p.ui.newPrompt(p.window, title, body, ok, func() (func() error, error) {
		i := branch.SelectedIndex()
		if i < 0 {
			return nil, say.Error("choose the branch that it belongs to; branches are made under Branches")
		}
		rules := slices.Clone(p.state.Rules)
		if to := (backup.Placing{Client: what.SelectedIndex() == 1, Pattern: pattern.Text, Branch: p.branches[i].ID}); at < len(rules) {
			rules[at] = to
		} else {
			rules = append(rules, to)
		}
		return p.saving(rules), nil
	})
	pattern.in(q)
	q.show(fyne.NewSize(520, 0), pattern)
}

// saving puts rules in the place of those that are shown.
func (p *placingsPart) saving(rules []backup.Placing) func() error {
	before := p.state.Rules
	return func() error { return p.ui.desk.SavePlacings(p.ui.ctx, p.ui.actor, before, rules) }
}

// shift takes a rule before the one above it, or behind the one below.
func (p *placingsPart) shift(r backup.Placing, by int) {
	rules := slices.Clone(p.state.Rules)
	at := slices.Index(rules, r)
	if at+by < 0 || at+by >= len(rules) {
		return
	}
	rules[at], rules[at+by] = rules[at+by], rules[at]
	save := p.saving(rules)
	ask(p.ui.work, func() (struct{}, error) { return struct{}{}, save() }, func(_ struct{}, err error) {
		if err != nil {
			p.ui.showError(p.window, err)
			return
		}
		p.grid.Select(int64(at + by + 1)) // it is still the one that is moved
		p.grid.Reveal(int64(at + by + 1))
	})
}

func (p *placingsPart) remove(r backup.Placing) {
	rules := slices.Clone(p.state.Rules)
	at := slices.Index(rules, r)
	p.ui.askConfirm(p.window, say.T("Remove the rule for %s", r.Pattern), say.T("What it put in a branch stays there until you move it."), say.T("Remove"), p.saving(slices.Delete(rules, at, at+1)), func() { p.toast.show(say.T("The rule is removed."), nil) })
}

// askMove shows what would be moved, and moves it.
func (p *placingsPart) askMove() {
	ask(p.ui.work, func() ([]desk.Moved, error) { return p.ui.desk.PreviewMove(p.ui.ctx, p.ui.actor) }, func(moves []desk.Moved, err error) {
		if err != nil {
			p.ui.showError(p.window, err)
			return
		}
		p.ui.askConfirm(p.window, say.T("Move known routines"), movesText(moves)+"\n\n"+say.T("Whoever sees only the branch that they leave does not see them any more. It can be taken back."), say.T("Move"),
			func() error { _, err := p.ui.desk.MoveRoutines(p.ui.ctx, p.ui.actor); return err },
			func() { p.toast.show(say.T("Moved."), p.moveBack) })
	})
}

func (p *placingsPart) askBack() {
	p.ui.askConfirm(p.window, say.T("Move back"), say.Many(p.state.Moved, "What was moved last, 1 routine, belongs where it did before, with all its runs. The rules stay.",
		"What was moved last, %s routines, belongs where it did before, with all its runs. The rules stay."), say.T("Move back"), p.moveBack, func() { p.toast.show(say.T("Moved back."), nil) })
}

func (p *placingsPart) moveBack() error {
	_, err := p.ui.desk.MoveBack(p.ui.ctx, p.ui.actor)
	return err
}

// movesText says what goes from where to where.
func movesText(moves []desk.Moved) string {
	if len(moves) == 0 {
		return say.T("They stay in the branches that they belong to, since their sources are of the same. From now on the rules keep them there.")
	}
	var lines []string
	for i, m := range moves {
		if i == shownNames {
			lines = append(lines, say.T("… and %s more.", countText(len(moves)-i)))
			break
		}
		lines = append(lines, fmt.Sprintf("%s → %s: %s, %s, %s.", m.From.Named(), m.To.Named(), say.Many(m.Routines, "1 routine", "%s routines"), say.Many(m.Executions, "1 execution", "%s executions"), say.Many(m.Incidents, "1 incident", "%s incidents")))
	}
	return strings.Join(lines, "\n")
}
