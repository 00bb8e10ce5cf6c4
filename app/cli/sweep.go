package cli

import (
	"context"
	"errors"
	"flag"
	"fmt"

	"backstop/app/desk"
)

var sweepCommand = command{
	name: "sweep", args: "[--now TIME | --accept-clock REASON] [--json]",
	about: "find what did not start, does not end or does not come, and end holds that ran out",
	flags: func(f *flag.FlagSet, c *call) {
		f.StringVar(&c.now, "now", "", "`TIME` to judge by; without it this machine's clock")
		f.StringVar(&c.acceptClock, "accept-clock", "", "`REASON` why this machine's clock is right, after it was asked about")
	},
	run: runSweep,
}

func runSweep(ctx context.Context, c *call) error {
	if c.now != "" && c.acceptClock != "" {
		return usage("give either --now or --accept-clock")
	}
	if c.acceptClock != "" {
		if err := c.desk.AcceptClock(ctx, c.actor, c.acceptClock); err != nil {
			return err
		}
	}
	s, err := c.desk.Sweep(ctx, c.actor)
	var odd *desk.ClockQuestion
	if errors.As(err, &odd) {
		return fmt.Errorf("%w If it is, say why: backstop sweep --accept-clock REASON; to judge by another time: --now TIME", odd)
	}
	if err != nil {
		return err
	}
	if c.json {
		c.print(sweepJSON{s.Resumed, s.Missed, s.Silent, s.Stalled, s.Risks.Found})
		return nil
	}
	for _, l := range []struct {
		n     int
		words string
	}{
		{s.Resumed, "holds ran out"},
		{s.Missed, "runs did not start"},
		{s.Silent, "sources are silent"},
		{s.Stalled, "runs are stalled"},
		{s.Risks.Found, "risks were found"},
	} {
		fmt.Fprintf(c.Out, "%6d  %s\n", l.n, l.words)
	}
	return nil
}

type sweepJSON struct {
	Resumed int `json:"resumed"`
	Missed  int `json:"missed"`
	Silent  int `json:"silent"`
	Stalled int `json:"stalled"`
	Risks   int `json:"risks"` // new ones
}
