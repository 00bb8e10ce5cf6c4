package ui

import (
	"encoding/json"
	"maps"
	"slices"

	"backstop/ui/grid"
)

// keptFilters are what narrowed a page when each person left it. They are each one's own: a filter may name what another must not see.
type keptFilters struct {
	ui   *UI
	name string // of the page
	of   map[string]json.RawMessage
}

func (k *keptFilters) preference() string { return k.name + ".filters" }

// recall gives what the person at the desk left; nil for nothing.
func (k *keptFilters) recall() json.RawMessage {
	if err := k.ui.desk.Preference(k.ui.ctx, k.preference(), &k.of); err != nil {
		return nil
	}
	return k.of[k.ui.actor.Name]
}

// keep remembers it, unless it is what was left.
func (k *keptFilters) keep(filters any) {
	raw, err := json.Marshal(filters)
	if err != nil || string(raw) == string(k.of[k.ui.actor.Name]) {
		return
	}
	kept := maps.Clone(k.of)
	if kept == nil {
		kept = map[string]json.RawMessage{}
	}
	kept[k.ui.actor.Name] = raw
	k.of = kept
	ask(k.ui.work, func() (struct{}, error) {
		return struct{}{}, k.ui.desk.SavePreference(k.ui.ctx, k.preference(), kept)
	}, func(struct{}, error) {})
}

// recallFilters are those that the person at the desk left, else first. The order that they left is taken up.
func (p *listPage[R, Q]) recallFilters(first Q) Q {
	raw := p.kept.recall()
	var left Q
	if raw == nil || json.Unmarshal(raw, &left) != nil {
		return first
	}
	var order struct { // every question has these
		Sort string
		Desc bool
	}
	known := func(c grid.Column[R]) bool { return c.Key == order.Sort }
	if json.Unmarshal(raw, &order) == nil && slices.ContainsFunc(p.columns, known) {
		p.listing.sort(&p.query, order.Sort, order.Desc)
		p.grid.SetSort(order.Sort, order.Desc)
	}
	return left
}

// keepFilters remembers what narrows the list, and its order. The words searched for are not: nobody expects them at the next start.
func (p *listPage[R, Q]) keepFilters() {
	q := p.query
	*p.text(&q) = ""
	p.kept.keep(q)
}
