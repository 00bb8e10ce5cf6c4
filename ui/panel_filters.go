package ui

import "encoding/json"

// panelFilters are what is kept of the panel between starts: the words searched for and the days turned to are not.
type panelFilters struct {
	Tools, Clients, Branches []string
	Group                    string
	Days                     int
	Small                    bool // cells
}

func (p *panelPage) filters() panelFilters {
	q := p.model.query
	return panelFilters{q.Tools, q.Clients, q.Branches, q.Group, p.model.span, p.compact}
}

// recall shows the panel as the person left it.
func (p *panelPage) recall() {
	var left panelFilters
	raw := p.kept.recall()
	if raw == nil || json.Unmarshal(raw, &left) != nil {
		return
	}
	q := &p.model.query
	q.Tools, q.Clients, q.Branches, q.Group = left.Tools, left.Clients, left.Branches, left.Group
	p.tool.set(q.Tools)
	p.client.set(q.Clients)
	p.branch.set(q.Branches)
	p.group.set(namesOf(q.Group))
	for _, s := range panelSpans {
		if s.days == left.Days {
			p.model.span = s.days
			p.days.set([]string{s.word})
		}
	}
	if left.Small != p.compact {
		p.resize()
	}
}
