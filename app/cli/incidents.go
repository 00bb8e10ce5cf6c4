package cli

import (
	"context"
	"flag"
	"fmt"

	"backstop/app/desk"
	"backstop/app/incident"
)

var incidentsCommand = command{
	name: "incidents", args: "[--json] [--state WORD] [--closing WORD]",
	about: "list incidents",
	flags: func(f *flag.FlagSet, c *call) {
		f.StringVar(&c.state, "state", "", "only this `WORD`: new, in_progress, on_hold, closed or merged")
		f.StringVar(&c.closing, "closing", "", "only this `WORD`: success, missed or reprocessed")
	},
	run: func(ctx context.Context, c *call) error {
		q, err := c.incidentQuery()
		if err != nil {
			return usageError{err}
		}
		ids, err := c.desk.IncidentIDs(ctx, c.actor, q)
		if err != nil {
			return err
		}
		const page = 500
		for from := 0; from < len(ids); from += page {
			part := ids[from:min(from+page, len(ids))]
			rows, err := c.desk.IncidentRows(ctx, c.actor, part)
			if err != nil {
				return err
			}
			why, err := c.desk.Explanations(ctx, c.actor, part)
			if err != nil {
				return err
			}
			for _, r := range rows {
				c.sayIncident(r, why[r.ID])
			}
		}
		return nil
	},
}

func (c *call) sayIncident(r desk.IncidentRow, why desk.Explanation) {
	if c.json {
		c.print(incidentLine(r, why))
		return
	}
	if !r.Due.IsZero() {
		r.Failure += " (due " + c.wall(r.Due) + ")"
	}
	fmt.Fprintf(c.Out, "%6d  %-16s  %-11s  %-40s  %-20s  %s\n", r.ID, c.wall(r.Opened), r.State, r.Title, r.Client, r.Failure)
}

// Lists are sorted by start, then id.
func (c *call) incidentQuery() (q desk.IncidentQuery, err error) {
	q.Sort = "failed"
	if c.state != "" {
		s, err := incident.ParseState(c.state)
		if err != nil {
			return q, err
		}
		q.States = []incident.State{s}
	}
	if c.closing != "" {
		s, err := incident.ParseClosing(c.closing)
		if err != nil {
			return q, err
		}
		q.Closings = []incident.Closing{s}
	}
	return q, nil
}
