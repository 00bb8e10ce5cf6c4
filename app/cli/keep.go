package cli

import (
	"context"
	"flag"
	"fmt"

	"backstop/app/timeline"
)

var verifyCommand = command{
	name: "verify", args: "[--head HASH]... [--json]",
	about: "check the timeline's chain and the database",
	flags: func(f *flag.FlagSet, c *call) {
		f.Var(&c.heads, "head", "`HASH` printed earlier and kept elsewhere: only it can tell a tail that was cut off; may be given more than once")
	},
	run: func(ctx context.Context, c *call) error {
		for _, h := range c.heads {
			if _, err := timeline.ParseHash(h); err != nil {
				return usage("--head: %v", err)
			}
		}
		v, err := c.desk.Verify(ctx, c.actor, c.heads)
		if err != nil {
			return err
		}
		c.unclean = len(v.Findings) > 0
		if c.json {
			c.print(struct {
				Entries  int64    `json:"entries"`
				Head     string   `json:"head"`
				Clean    bool     `json:"clean"`
				Findings []string `json:"findings"`
				Restored []string `json:"restored,omitempty"`
			}{v.Entries, v.Head, !c.unclean, append([]string{}, v.Findings...), v.Restored})
			return nil
		}
		for _, f := range append(v.Restored, v.Findings...) {
			fmt.Fprintln(c.Out, f)
		}
		if !c.unclean {
			fmt.Fprintf(c.Out, "clean: %d timeline entries, database sound\n", v.Entries)
		}
		fmt.Fprintf(c.Out, "head %s\n", v.Head)
		return nil
	},
}

var backupCommand = command{
	name: "backup", args: "--out FILE",
	about: "write a consistent copy of the database",
	flags: func(f *flag.FlagSet, c *call) {
		f.StringVar(&c.out, "out", "", "`FILE` to write; it must not exist yet")
	},
	run: func(ctx context.Context, c *call) error {
		if c.out == "" {
			return usage("name the file to write with --out")
		}
		if err := c.desk.Backup(ctx, c.actor, c.out); err != nil {
			return err
		}
		fmt.Fprintf(c.Out, "copied to %s\n", c.out)
		return nil
	},
}

var exportCommand = command{
	name: "export", args: "--out FILE",
	about: "write everything into one zip: tables as JSON lines, and the kept files",
	flags: func(f *flag.FlagSet, c *call) {
		f.StringVar(&c.out, "out", "", "`FILE` to write; it must not exist yet")
	},
	run: func(ctx context.Context, c *call) error {
		if c.out == "" {
			return usage("name the file to write with --out")
		}
		x, err := c.desk.ExportAll(ctx, c.actor, c.out, nil)
		if err != nil {
			return err
		}
		fmt.Fprintf(c.Out, "exported %d rows and %d kept files to %s\nhead %s\n", x.Rows, x.Files, c.out, x.Head)
		return nil
	},
}

var takeInCommand = command{
	name: "take-in", args: "--from-export FILE",
	about: "fill an empty database with what export wrote",
	flags: func(f *flag.FlagSet, c *call) {
		f.StringVar(&c.in, "from-export", "", "`FILE` that export wrote, on this machine or another")
	},
	run: func(ctx context.Context, c *call) error {
		if c.in == "" {
			return usage("name the export with --from-export")
		}
		x, err := c.desk.TakeAll(ctx, c.actor, c.in, nil)
		if err != nil {
			return err
		}
		fmt.Fprintf(c.Out, "taken in: %d rows and %d kept files, up to head %s\n", x.Rows, x.Files, x.Head)
		return nil
	},
}
