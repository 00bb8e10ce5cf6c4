package cli

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"backstop/app/backup"
	"backstop/app/desk"
)

var importCommand = command{
	name: "import", args: "[--source NAME] [--zone ZONE] [--mapping NAME] [--incidents-since DATE] [--now TIME] [--json] PATH...",
	about: "read files or folders once; never moves or changes them",
	flags: func(f *flag.FlagSet, c *call) {
		f.StringVar(&c.source, "source", "", "`NAME` of the source that they belong to; without it \"command line\"")
		f.StringVar(&c.zoneName, "zone", "", "`ZONE` of times that name none, such as Europe/Lisbon; without it the source's, else this machine's")
		f.StringVar(&c.mapping, "mapping", "", "`NAME` of a saved mapping to read them by; see backstop mappings")
		f.StringVar(&c.since, "incidents-since", "", "`DATE`; older executions are kept but open no incident")
		f.StringVar(&c.now, "now", "", "`TIME` to judge by; without it this machine's clock")
	},
	run: runImport,
}

func runImport(ctx context.Context, c *call) error {
	r, err := c.importRequest()
	if err != nil {
		return err
	}
	results, err := c.desk.Import(ctx, c.actor, r, nil)
	for _, res := range results {
		if res.Status == backup.Rejected || len(res.Problems) > 0 {
			c.unclean = true
		}
		if c.json {
			c.print(fileLine(res))
		} else {
			c.sayFile(res)
		}
	}
	if errors.Is(err, desk.ErrNotFound) {
		return usageError{err}
	}
	return err
}

func (c *call) importRequest() (desk.ImportRequest, error) {
	r := desk.ImportRequest{Source: c.source, Zone: c.zoneName, Mapping: c.mapping}
	r.OpenAll = true
	if c.since != "" {
		since, err := c.time("--incidents-since", c.since)
		if err != nil {
			return r, usageError{err}
		}
		r.Since, r.Reason = since, "backstop "+strings.Join(c.line, " ")
	}
	if len(c.paths) == 0 {
		return r, usage("name the files or folders to read")
	}
	for _, p := range c.paths {
		if _, err := os.Lstat(p); err != nil {
			return r, usage("%s: there is no such file or folder", p)
		}
		abs, err := filepath.Abs(p)
		if err != nil {
			return r, err
		}
		r.Paths = append(r.Paths, abs)
	}
	return r, nil
}

func (c *call) sayFile(r backup.FileResult) {
	switch r.Status {
	case backup.Imported:
		fmt.Fprintf(c.Out, "%s: %s, %d executions (%d new, %d updated, %d unchanged), %d incidents opened\n", r.Path, r.Format, r.Executions, r.New, r.Updated, r.Unchanged, r.Incidents)
	case backup.Duplicate:
		fmt.Fprintf(c.Out, "%s: imported before, nothing to do\n", r.Path)
	case backup.Rejected:
		fmt.Fprintf(c.Out, "%s: rejected: %s\n", r.Path, r.Reason)
	}
	for _, p := range r.Problems {
		fmt.Fprintf(c.Out, "  line %d: %s\n", p.Line, p.Reason)
	}
	for _, n := range r.Notes {
		fmt.Fprintf(c.Out, "  note: %s\n", n)
	}
}
