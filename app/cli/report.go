package cli

import (
	"context"
	"flag"
	"fmt"
	"path/filepath"
	"strings"

	"backstop/app/desk"
	"backstop/app/figure"
)

var reportCommand = command{
	name: "report", args: "--out FILE.xlsx [--from DATE --to DATE] [--zone ZONE] [--json]",
	about: "write the workbook for management and auditors",
	flags: func(f *flag.FlagSet, c *call) {
		f.StringVar(&c.out, "out", "", "`FILE` to write; one that is there is replaced. Its end says what: .xlsx the workbook, .html a summary of one page")
		f.StringVar(&c.from, "from", "", "first `DATE`; without it last month")
		f.StringVar(&c.to, "to", "", "`DATE` before which the period ends; without it now")
		f.StringVar(&c.zoneName, "zone", "", "`ZONE` of the dates and of all times in the file; without it this machine's")
	},
	run: func(ctx context.Context, c *call) error {
		period, err := c.period()
		if err != nil {
			return usageError{err}
		}
		r := desk.Report{Period: period}
		var written string
		switch end := strings.ToLower(filepath.Ext(c.out)); end {
		case ".xlsx":
			written, err = c.desk.SaveWorkbook(ctx, c.actor, c.out, r, nil)
		case ".html":
			written, err = c.desk.SaveSummary(ctx, c.actor, c.out, r)
		default:
			return usage("name the file to write with --out; it ends in .xlsx or .html")
		}
		if err != nil {
			return err
		}
		return c.sayReport(ctx, written, r)
	},
}

// period is from --from to --to; without --from last month.
func (c *call) period() (p figure.Period, err error) {
	now := c.actor.Judged
	if now.IsZero() {
		now = c.desk.Now()
	}
	if c.from == "" && c.to == "" {
		return figure.LastMonth(now, c.zone), nil
	}
	if c.from == "" {
		return p, fmt.Errorf("--to needs a --from")
	}
	if p.From, err = c.time("--from", c.from); err != nil {
		return p, err
	}
	p.To, p.Zone = now, c.zone
	if c.to != "" {
		if p.To, err = c.time("--to", c.to); err != nil {
			return p, err
		}
	}
	if !p.From.Before(p.To) {
		return p, fmt.Errorf("the period ends before it begins")
	}
	return p, nil
}

// sayReport prints the figures, a JSON line each, or where the file is.
func (c *call) sayReport(ctx context.Context, written string, r desk.Report) error {
	if !c.json {
		if written != c.out {
			fmt.Fprintf(c.Out, "%s is open in another program and stays as it is\n", c.out)
		}
		fmt.Fprintf(c.Out, "written to %s\n", written)
		return nil
	}
	f, err := c.desk.PeriodFigures(ctx, c.actor, r.Period, r.Scope)
	if err != nil {
		return err
	}
	type line struct {
		Figure figure.Key `json:"figure"`
		Value  *float64   `json:"value"`
		Before *float64   `json:"before"`
		Unit   string     `json:"unit"`
		From   string     `json:"from"`
		To     string     `json:"to"`
	}
	for _, d := range figure.Definitions {
		c.print(line{d.Key, orNull(f.Now.Values[d.Key]), orNull(f.Prior.Values[d.Key]), d.Unit.String(), instant(f.Now.From), instant(f.Now.To)})
	}
	return nil
}

func orNull(v figure.Value) *float64 {
	if !v.Known {
		return nil
	}
	return &v.N
}
