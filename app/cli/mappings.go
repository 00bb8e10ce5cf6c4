package cli

import (
	"context"
	"flag"
	"fmt"
	"os"

	"backstop/app/backup"
)

var mappingsCommand = command{
	name: "mappings", args: "[--json] [--export FILE | --import FILE]",
	about: "the exports that people taught; share them as a file",
	flags: func(f *flag.FlagSet, c *call) {
		f.StringVar(&c.out, "export", "", "`FILE` to write all of them to; it must not exist yet")
		f.StringVar(&c.in, "import", "", "`FILE` to take mappings from; those of the same name are replaced")
	},
	run: func(ctx context.Context, c *call) error {
		switch {
		case c.out != "" && c.in != "":
			return usage("choose one of --export and --import")
		case c.in != "":
			return c.importMappings(ctx)
		case c.out != "":
			return c.exportMappings(ctx)
		}
		return c.listMappings(ctx)
	},
}

func (c *call) listMappings(ctx context.Context) error {
	rows, err := c.desk.Mappings(ctx, c.actor)
	if err != nil {
		return err
	}
	for _, r := range rows {
		if c.json {
			c.print(r.Mapping)
			continue
		}
		fmt.Fprintf(c.Out, "%s: %s as %s, read by %d sources, saved %s by %s\n", r.Mapping.Name, r.Mapping.Constants[backup.FieldTool], r.Mapping.Shape, len(r.Sources), r.SavedAt.In(c.zone).Format("2006-01-02 15:04"), r.SavedBy)
	}
	return nil
}

func (c *call) exportMappings(ctx context.Context) (err error) {
	rows, err := c.desk.Mappings(ctx, c.actor)
	if err != nil {
		return err
	}
	var all []backup.Mapping
	for _, r := range rows {
		all = append(all, r.Mapping)
	}
	if len(all) == 0 {
		return fmt.Errorf("no mapping was saved yet")
	}
	f, err := os.OpenFile(c.out, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	defer func() {
		if closed := f.Close(); err == nil {
			err = closed
		}
	}()
	if err := backup.WriteMappings(f, all); err != nil {
		return err
	}
	fmt.Fprintf(c.Out, "%d mappings written to %s\n", len(all), c.out)
	return nil
}

func (c *call) importMappings(ctx context.Context) error {
	f, err := os.Open(c.in)
	if err != nil {
		return usageError{err}
	}
	defer f.Close()
	mappings, err := backup.ReadMappings(f)
	if err != nil {
		return fmt.Errorf("%s: %w", c.in, err)
	}
	if err := c.desk.TakeMappings(ctx, c.actor, mappings, "backstop mappings --import"); err != nil {
		return err
	}
	fmt.Fprintf(c.Out, "%d mappings taken from %s\n", len(mappings), c.in)
	return nil
}
