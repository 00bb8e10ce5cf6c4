package ui

import (
	"encoding/json"
	"maps"
)

// keptFilters are what narrowed a list when each person left it. They are each one's own: a filter may name what another must not see.
type keptFilters map[string]json.RawMessage

func (p *listPage[R, Q]) filtersPreference() string { return p.name + ".filters" }

// recallFilters are those that the person at the desk left, else first.
func (p *listPage[R, Q]) recallFilters(first Q) Q {
	var kept keptFilters
	if err := p.ui.desk.Preference(p.ui.ctx, p.filtersPreference(), &kept); err != nil {
		return first
	}
	p.kept = kept
	var left Q
	if raw, ok := kept[p.ui.actor.Name]; !ok || json.Unmarshal(raw, &left) != nil {
		return first
	}
	return left
}

// keepFilters remembers what narrows the list. The words searched for are not: nobody expects them at the next start.
func (p *listPage[R, Q]) keepFilters() {
	q := p.query
	*p.text(&q) = ""
	raw, err := json.Marshal(q)
	if err != nil || string(raw) == string(p.kept[p.ui.actor.Name]) {
		return
	}
	kept := maps.Clone(p.kept)
	if kept == nil {
		kept = keptFilters{}
	}
	kept[p.ui.actor.Name] = raw
	p.kept = kept
	ask(p.ui.work, func() (struct{}, error) {
		return struct{}{}, p.ui.desk.SavePreference(p.ui.ctx, p.filtersPreference(), kept)
	}, func(struct{}, error) {})
}
