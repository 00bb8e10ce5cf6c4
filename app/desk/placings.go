package desk

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"backstop/app/backup"
	"backstop/app/say"
	"backstop/app/timeline"
)

// Placings are the rules that put routines in branches, in their order, and how far what is known follows them.
type Placings struct {
	Rules     []backup.Placing
	Elsewhere int // known routines that stand elsewhere than the rules say
	Moved     int // routines that were moved last, and can be moved back
}

// Moved counts what a move takes from one branch to another.
type Moved struct {
	From, To              Branch
	Routines              int
	Executions, Incidents int
}

// Move says which routines are moved: to where the rules say, or back.
type Move struct {
	Back    bool
	Preview bool                                 // nothing is changed
	Entries func(moved []Moved) []timeline.Entry // what goes on record
}

// Placings gives the rules.
func (d *Desk) Placings(ctx context.Context, actor Actor) (Placings, error) {
	if _, err := d.may(ctx, actor, ToSeeUsers); err != nil {
		return Placings{}, err
	}
	return d.store.Placings(ctx)
}

// SavePlacings puts new rules in the place of those that were seen before. Routines whose first run comes from now on follow them;
// those that are known stay where they are, with all their runs, until somebody moves them.
func (d *Desk) SavePlacings(ctx context.Context, actor Actor, before, rules []backup.Placing) error {
	if _, err := d.may(ctx, actor, ToManageUsers); err != nil {
		return err
	}
	branches, err := d.store.Branches(ctx)
	if err != nil {
		return err
	}
	rules = slices.Clone(rules)
	for i := range rules {
		rules[i].Pattern = strings.TrimSpace(backup.Clean(rules[i].Pattern))
		if err := rules[i].Check(); err != nil {
			return err
		}
		same := func(r backup.Placing) bool {
			return r.Client == rules[i].Client && strings.EqualFold(r.Pattern, rules[i].Pattern)
		}
		if slices.ContainsFunc(rules[:i], same) {
			return say.Error("there is a rule for %s already, and the first one counts", rules[i].Pattern)
		}
	}
	err = d.store.SavePlacings(ctx, func(stored []backup.Placing) ([]backup.Placing, []timeline.Entry, error) {
		if !slices.Equal(stored, before) {
			return nil, nil, say.Error("somebody changed the rules meanwhile; look at them again")
		}
		return rules, d.entries(actor, timeline.User, say.N("rules changed"), timeline.Changed(say.N("rules"), placingsText(stored, branches), placingsText(rules, branches))), nil
	})
	if err == nil {
		d.publish(Event{Users: true})
	}
	return err
}

// PreviewMove counts what would be moved if all known routines were put where the rules say.
func (d *Desk) PreviewMove(ctx context.Context, actor Actor) ([]Moved, error) {
	if _, err := d.may(ctx, actor, ToSeeUsers); err != nil {
		return nil, err
	}
	return d.store.MoveRoutines(ctx, Move{Preview: true})
}

// MoveRoutines puts all known routines where the rules say, with their executions, incidents and risks.
func (d *Desk) MoveRoutines(ctx context.Context, actor Actor) ([]Moved, error) {
	return d.move(ctx, actor, false, "routines moved")
}

// MoveBack puts the routines that were moved last back where they had been.
func (d *Desk) MoveBack(ctx context.Context, actor Actor) ([]Moved, error) {
	return d.move(ctx, actor, true, "routines moved back")
}

func (d *Desk) move(ctx context.Context, actor Actor, back bool, action string) ([]Moved, error) {
	if _, err := d.may(ctx, actor, ToManageUsers); err != nil {
		return nil, err
	}
	moved, err := d.store.MoveRoutines(ctx, Move{Back: back, Entries: func(moved []Moved) []timeline.Entry {
		var details []timeline.Detail
		for _, m := range moved {
			details = append(details, timeline.Changed(fmt.Sprintf("%d routines, %d executions, %d incidents", m.Routines, m.Executions, m.Incidents), m.From.Named(), m.To.Named()))
		}
		return d.entries(actor, timeline.User, action, details...)
	}})
	if err == nil {
		d.publish(Event{Users: true, Incidents: true, Routines: true, Risks: true, Sources: true})
	}
	return moved, err
}

// Named is a branch in words, also none.
func (b Branch) Named() string {
	if s := b.String(); s != "" {
		return s
	}
	return "no branch"
}

// placingsText is the rules in words, in their order.
func placingsText(rules []backup.Placing, branches []Branch) string {
	var words []string
	for _, r := range rules {
		what, to := "routine", "?"
		if r.Client {
			what = "client"
		}
		for _, b := range branches {
			if b.ID == r.Branch {
				to = b.Named()
			}
		}
		words = append(words, fmt.Sprintf("%s %s: %s", what, r.Pattern, to))
	}
	if len(words) == 0 {
		return "none"
	}
	return strings.Join(words, "; ")
}
