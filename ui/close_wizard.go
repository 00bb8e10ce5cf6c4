package ui

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"backstop/app/desk"
	"backstop/app/incident"
	"backstop/app/say"
)

// closer is what the wizard asks of the desk.
type closer interface {
	Incidents(ctx context.Context, actor desk.Actor, ids []int64) ([]incident.Incident, error)
	Categories(ctx context.Context, actor desk.Actor) ([]desk.Category, error)
	Sessions(ctx context.Context, actor desk.Actor, ids []incident.ExecutionID) ([]desk.ExecutionRow, error)
	Candidates(ctx context.Context, actor desk.Actor, ids []int64, q desk.CandidateQuery) ([]desk.Candidate, error)
	SuggestPairs(ctx context.Context, actor desk.Actor, ids []int64, progress desk.Progress) ([]incident.Pair, error)
	Draft(ctx context.Context, actor desk.Actor, id int64) (desk.Draft, bool, error)
	KeepDraft(ctx context.Context, actor desk.Actor, id int64, draft *desk.Draft) error
	Close(ctx context.Context, actor desk.Actor, ids []int64, as incident.Closing, a incident.Account, progress desk.Progress) error
	CloseReprocessed(ctx context.Context, actor desk.Actor, ids []int64, r incident.Reprocessing, progress desk.Progress) error
}

// closeWizard closes incidents with those merged into them: an account of what happened, and for Reprocessed the sessions that made
// them good.
type closeWizard struct {
	*wizard
	desk    closer
	ids     []int64
	pairing *pairing

	scope   *closeScope
	account *accountPage
	choice  *sessionPage
	check   *pairPage
}

// closeFacts are what the wizard begins with.
type closeFacts struct {
	roots      []incident.Incident
	categories []desk.Category
	draft      desk.Draft
	sessions   []desk.ExecutionRow // of the pairs that were begun
}

// askClose opens the wizard as soon as the incidents are read.
func (h *handling) askClose(ids []int64) { h.openClose(ids, func(*closeWizard) {}) }

// openClose opens it, and begins with what is asked of it.
func (h *handling) openClose(ids []int64, begin func(*closeWizard)) {
	u := h.ui
	ask(u.work, func() (closeFacts, error) { return readClose(u.ctx, u.desk, u.actor, ids) }, func(f closeFacts, err error) {
		if err != nil {
			u.showError(h.window, err)
			return
		}
		var c *closeWizard
		u.openWizard(fmt.Sprintf("close %d of %d", slices.Min(ids), len(ids)), say.T("Close %s", named(ids)), fyne.NewSize(1200, 700), func(z *wizard) {
			c = newCloseWizard(z, u.desk, ids, f)
			z.done = func() { h.toast.show(c.doneText(), nil) }
		})
		if c != nil { // else it was open already, and goes on as it is
			begin(c)
		}
	})
}

func readClose(ctx context.Context, d closer, actor desk.Actor, ids []int64) (f closeFacts, err error) {
	if f.roots, err = d.Incidents(ctx, actor, ids); err != nil {
		return f, err
	}
	if f.categories, err = d.Categories(ctx, actor); err != nil {
		return f, err
	}
	if len(ids) == 1 {
		if f.draft, _, err = d.Draft(ctx, actor, ids[0]); err != nil {
			return f, err
		}
	}
	var linked []incident.ExecutionID
	for _, p := range newPairing(f.roots).begun(f.draft) {
		linked = append(linked, p.Session)
	}
	f.sessions, err = d.Sessions(ctx, actor, linked)
	return f, err
}

func newCloseWizard(z *wizard, d closer, ids []int64, f closeFacts) *closeWizard {
	c := &closeWizard{wizard: z, desk: d, ids: ids, pairing: newPairing(f.roots)}
	c.pairing.take(c.pairing.begun(f.draft), f.sessions)
	for _, id := range f.draft.TakenOut {
		_ = c.pairing.takeOut(id) // what is no member of the group any more
	}
	c.scope = newCloseScope(c)
	c.account = newAccountPage(c, f.categories)
	c.account.fill(f.draft)
	c.choice = newSessionPage(c)
	c.check = newPairPage(c)
	z.steps = []step{c.scope.step(), c.account.step(), c.choice.step(), c.check.step()}
	z.finishing = func() string { return say.Many(c.count(), "Close 1 incident", "Close %s incidents") }
	z.finish = c.work
	z.lost, z.left = c.lost, c.keep
	return c
}

func (c *closeWizard) reprocessed() bool { return c.account.as() == incident.Reprocessed }

// count is how many would be closed.
func (c *closeWizard) count() int {
	if c.reprocessed() {
		return len(c.pairing.members) - len(c.pairing.out)
	}
	return len(c.pairing.members)
}

func (c *closeWizard) work() (func(context.Context, desk.Progress) error, error) {
	as, account := c.account.as(), c.account.read()
	r := incident.Reprocessing{Account: account, Pairs: slices.Clone(c.pairing.pairs), TakenOut: slices.Clone(c.pairing.out)}
	return func(ctx context.Context, progress desk.Progress) error {
		var err error
		if as == incident.Reprocessed {
			err = c.desk.CloseReprocessed(ctx, c.ui.actor, c.ids, r, progress)
		} else {
			err = c.desk.Close(ctx, c.ui.actor, c.ids, as, account, progress)
		}
		if err != nil || len(c.ids) > 1 {
			return err
		}
		return c.desk.KeepDraft(ctx, c.ui.actor, c.ids[0], nil)
	}, nil
}

func (c *closeWizard) doneText() string {
	closed := c.ids
	if c.reprocessed() {
		closed = slices.DeleteFunc(slices.Clone(c.ids), func(id int64) bool { return slices.Contains(c.pairing.out, incident.ID(id)) })
	}
	text := say.T("%s closed as %s.", named(closed), closingWord(c.account.as()))
	if n := len(c.pairing.out); n > 0 && c.reprocessed() {
		text += " " + say.Many(n, "1 incident taken out: open.", "%s incidents taken out: open.")
	}
	return text
}

// draft is what was entered so far; ok is false for nothing.
func (c *closeWizard) draft() (desk.Draft, bool) {
	d := desk.Draft{Closing: c.account.as(), Account: c.account.read(), Pairs: c.pairing.pairs, TakenOut: c.pairing.out}
	entered := d.Account.Description + d.Account.Solution
	return d, strings.TrimSpace(entered) != "" || len(d.Pairs)+len(d.TakenOut) > 0
}

// lost: what was begun for one incident is kept with it, for several there is no place.
func (c *closeWizard) lost() string {
	if _, entered := c.draft(); !entered || len(c.ids) == 1 {
		return ""
	}
	return say.T("What was entered for %s is not kept, and nothing is closed.", named(c.ids))
}

func (c *closeWizard) keep() {
	if len(c.ids) > 1 {
		return
	}
	var kept *desk.Draft
	if d, entered := c.draft(); entered {
		kept = &d
	}
	ask(c.ui.work, func() (struct{}, error) { return struct{}{}, c.desk.KeepDraft(c.ui.ctx, c.ui.actor, c.ids[0], kept) }, func(struct{}, error) {})
}
