package ui

import (
	"slices"

	"backstop/app/desk"
	"backstop/app/say"
	"backstop/ui/grid"
)

// What was merged stands behind its destination: hidden until that is unfolded, then right below it and set in.

// columns are those of incidents, with what is unfolded set in.
func (p *incidentsPage) columns(u *UI) []grid.Column[desk.IncidentRow] {
	columns := incidentColumns(u)
	for i, c := range columns {
		if c.Key == "title" {
			columns[i].Text = func(r desk.IncidentRow) string {
				if slices.Contains(p.query.Unfolded, r.Into) {
					return "        " + c.Text(r)
				}
				return c.Text(r)
			}
		}
	}
	return columns
}

// unfold shows what was merged into the incident under the cursor, or hides it again, from one of them too.
func (p *incidentsPage) unfold(open bool) {
	id, ok := p.grid.Current()
	r, known := p.model.rows[id]
	switch {
	case !ok || !known:
	case !open && r.Into != 0 && slices.Contains(p.query.Unfolded, r.Into):
		p.grid.Reveal(r.Into)
		p.setUnfolded(r.Into, false)
	case r.Merged == 0:
		p.act.toast.show(say.T("Nothing is merged into %d.", id), nil)
	default:
		p.setUnfolded(id, open)
	}
}

// followMerged is a click on how many were merged: it unfolds or folds them. Of a merged one it opens the destination.
func (p *incidentsPage) followMerged(id int64) {
	switch r := p.model.rows[id]; {
	case r.Merged > 0:
		p.setUnfolded(id, !slices.Contains(p.query.Unfolded, id))
	case r.Into != 0:
		p.ui.openIncident(r.Into, "")
	}
}

func (p *incidentsPage) setUnfolded(id int64, open bool) {
	rest := slices.DeleteFunc(slices.Clone(p.query.Unfolded), func(u int64) bool { return u == id })
	if open {
		rest = append(rest, id)
	}
	p.query.Unfolded = rest
	p.model.again(p.query)
}
