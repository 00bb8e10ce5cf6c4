package cli

import (
	"context"
	"flag"
	"fmt"
	"time"

	"backstop/app/backup"
	"backstop/app/desk"
)

var executionsCommand = command{
	name: "executions", args: "[--json] [--outcome WORD] [--from TIME] [--to TIME] [--zone ZONE]",
	about: "list executions by start",
	flags: func(f *flag.FlagSet, c *call) {
		f.StringVar(&c.outcome, "outcome", "", "only this `WORD`: success, partial, failed, missed, cancelled or running")
		f.StringVar(&c.from, "from", "", "only those that started (else ended) at or after `TIME`")
		f.StringVar(&c.to, "to", "", "only those before `TIME`")
		f.StringVar(&c.zoneName, "zone", "", "`ZONE` of --from and --to and of the list; without it this machine's")
	},
	run: func(ctx context.Context, c *call) error {
		q, err := c.executionQuery()
		if err != nil {
			return usageError{err}
		}
		for e, err := range c.desk.Executions(ctx, c.actor, q) {
			if err != nil {
				return err
			}
			if c.json {
				c.print(executionLine(e))
			} else {
				fmt.Fprintf(c.Out, "%-16s  %-9s  %-14s  %-24s  %-20s  %s\n", c.wall(e.At()), e.Outcome, e.Tool, e.Routine, e.Client, e.Error)
			}
		}
		return nil
	},
}

func (c *call) executionQuery() (q desk.ExecutionQuery, err error) {
	if c.outcome != "" {
		q.Outcomes = make([]backup.Outcome, 1)
		if q.Outcomes[0], err = backup.ParseOutcome(c.outcome); err != nil {
			return q, err
		}
	}
	if c.from != "" {
		if q.From, err = c.time("--from", c.from); err != nil {
			return q, err
		}
	}
	if c.to != "" {
		q.To, err = c.time("--to", c.to)
	}
	return q, err
}

// wall is an instant for people, in the zone of the call.
func (c *call) wall(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.In(c.zone).Format("2006-01-02 15:04")
}
