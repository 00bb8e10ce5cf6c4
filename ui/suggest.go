package ui

import (
	"context"
	"slices"

	"backstop/app/desk"
	"backstop/app/incident"
	"backstop/app/say"
)

// askSuggested opens the wizard for closing as Reprocessed with the sessions that are suggested already in it.
func (h *handling) askSuggested(ids []int64) {
	h.openClose(ids, func(c *closeWizard) {
		c.account.choose(incident.Reprocessed)
		c.suggest(c.account.tellSuggested)
	})
}

// suggest gives each incident without a session its best one; a person corrects that. An incident without a good one gets none.
func (c *closeWizard) suggest(then func()) {
	var pairs []incident.Pair
	var sessions []desk.ExecutionRow
	c.run(func(ctx context.Context, progress desk.Progress) (err error) {
		if pairs, err = c.desk.SuggestPairs(ctx, c.ui.actor, c.ids, progress); err != nil {
			return err
		}
		var which []incident.ExecutionID
		for _, p := range pairs {
			which = append(which, p.Session)
		}
		sessions, err = c.desk.Sessions(ctx, c.ui.actor, which)
		return err
	}, func() {
		open := c.pairing.unlinked()
		c.pairing.take(slices.DeleteFunc(pairs, func(p incident.Pair) bool { return !slices.Contains(open, p.Incident) }), sessions)
		then()
	})
}

// tellSuggested says below the account how far the suggestion goes.
func (p *accountPage) tellSuggested() {
	members, left := p.wizard.pairing.members, p.wizard.pairing.unlinked()
	text := say.T("A session is suggested: the next step shows it.")
	switch {
	case len(left) == len(members):
		text = say.T("No session can be suggested: choose one in the next step.")
	case len(members) > 1:
		text = say.T("Sessions are suggested for %s of %s: the last step shows which.", countText(len(members)-len(left)), say.Many(len(members), "1 incident", "%s incidents"))
	}
	p.taken.SetText(text)
	p.taken.Show()
}
