// Package cli is the command line of DESIGN.md 10: the same desk without a display. One file is one command.
package cli

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os/user"
	"strings"
	"time"

	"backstop/app/backup"
	"backstop/app/desk"
)

// Exit statuses, the same for all commands.
const (
	Done     = 0
	Unclean  = 1 // done, with something rejected or not clean
	Usage    = 2
	CouldNot = 3
)

// Env is what a command needs of the machine.
type Env struct {
	Out, Err io.Writer
	// Open opens the desk over a database ("" is the user's own). The result of close is what closing said.
	Open    func(ctx context.Context, db string) (d *desk.Desk, close func() error, err error)
	Formats []backup.FormatInfo
	Zone    *time.Location // of the machine
	User    string         // of the operating system; "" asks for it
}

// command is one command: what it is for, its own flags and what it does with the rest of the line.
type command struct {
	name, args, about string
	run               func(ctx context.Context, c *call) error
	flags             func(f *flag.FlagSet, c *call)
}

var commands = []command{importCommand, executionsCommand, incidentsCommand, sweepCommand, verifyCommand, backupCommand, exportCommand, takeInCommand, reportCommand, formatsCommand, mappingsCommand, passwordCommand}

// call is one run of a command.
type call struct {
	Env
	db      string
	json    bool
	zone    *time.Location
	paths   []string
	actor   desk.Actor
	desk    *desk.Desk
	line    []string // as typed, for the record
	unclean bool

	source, zoneName, since, now, from, to, outcome, state, closing, out, in, mapping, acceptClock, userName, reason string
	heads                                                                                                            words
}

// words is a flag that may be given more than once.
type words []string

func (w *words) String() string     { return strings.Join(*w, " ") }
func (w *words) Set(s string) error { *w = append(*w, s); return nil }

// usageError is the caller's mistake: exit status 2.
type usageError struct{ error }

func usage(format string, args ...any) error { return usageError{fmt.Errorf(format, args...)} }

// Is tells whether a word names a command.
func Is(word string) bool { return find(word) != nil }

func find(name string) *command {
	for i := range commands {
		if commands[i].name == name {
			return &commands[i]
		}
	}
	return nil
}

// Run runs one command line without the program's name and gives the exit status.
func Run(ctx context.Context, env Env, args []string) int {
	cmd := find(args[0])
	if cmd == nil {
		fmt.Fprintf(env.Err, "backstop: %q is no command\n\n%s", args[0], Help())
		return Usage
	}
	out := &output{to: env.Out}
	env.Out = out
	c := &call{Env: env, line: args}
	if err := c.parse(cmd, args[1:]); err != nil {
		if errors.Is(err, flag.ErrHelp) {
			fmt.Fprint(env.Out, helpFor(cmd))
			return Done
		}
		fmt.Fprintf(env.Err, "backstop %s: %v\n", cmd.name, err)
		return Usage
	}
	err := c.carryOut(ctx, cmd)
	if err == nil && out.err != nil {
		err = fmt.Errorf("the output cannot be written: %w", out.err)
	}
	var wrong usageError
	switch {
	case errors.As(err, &wrong):
		fmt.Fprintf(env.Err, "backstop %s: %v\n", cmd.name, err)
		return Usage
	case err != nil:
		fmt.Fprintf(env.Err, "backstop %s: %v\n", cmd.name, err)
		return CouldNot
	case c.unclean:
		return Unclean
	}
	return Done
}

// output keeps the first failure to write: what comes after it is lost too.
type output struct {
	to  io.Writer
	err error
}

func (o *output) Write(p []byte) (n int, err error) {
	if o.err == nil {
		n, o.err = o.to.Write(p)
	}
	return n, o.err
}

// parse reads flags and paths in any order. Behind "--" all are paths.
func (c *call) parse(cmd *command, args []string) error {
	f := cmd.flagSet(c)
	for {
		if err := f.Parse(args); err != nil {
			return err
		}
		rest := f.Args()
		if read := len(args) - len(rest); read > 0 && args[read-1] == "--" {
			c.paths = append(c.paths, rest...) // whatever they look like
			break
		}
		if len(rest) == 0 {
			break
		}
		c.paths, args = append(c.paths, rest[0]), rest[1:]
	}
	if len(c.paths) > 0 && !strings.Contains(cmd.args, "PATH") {
		return fmt.Errorf("%q is not understood; see backstop %s --help", c.paths[0], cmd.name)
	}
	return c.common()
}

func (cmd *command) flagSet(c *call) *flag.FlagSet {
	f := flag.NewFlagSet(cmd.name, flag.ContinueOnError)
	f.SetOutput(io.Discard)
	f.StringVar(&c.db, "db", "", "`FILE` of the database; without it the one in your data folder")
	f.BoolVar(&c.json, "json", false, "JSON lines for programs")
	if cmd.flags != nil {
		cmd.flags(f, c)
	}
	return f
}

// common reads what several commands take.
func (c *call) common() error {
	c.zone = c.Zone
	if c.zoneName != "" {
		zone, err := time.LoadLocation(c.zoneName)
		if err != nil {
			return fmt.Errorf("--zone: %q is no time zone; use a name such as Europe/Lisbon", c.zoneName)
		}
		c.zone = zone
	}
	if c.User == "" {
		c.User = osUser()
	}
	c.actor = desk.Typed(c.User)
	if c.now != "" {
		now, err := c.time("--now", c.now)
		if err != nil {
			return err
		}
		c.actor.Judged = now.UTC().Truncate(time.Millisecond)
	}
	return nil
}

func osUser() string {
	u, err := user.Current()
	if err != nil {
		return "unknown"
	}
	return u.Username
}

// time reads a date or an instant; one without an offset is of the machine's zone, or of --zone.
func (c *call) time(flagName, s string) (time.Time, error) {
	for _, layout := range []string{time.RFC3339, "2006-01-02T15:04:05", "2006-01-02 15:04:05", "2006-01-02T15:04", "2006-01-02 15:04", "2006-01-02"} {
		if t, err := time.ParseInLocation(layout, s, c.zone); err == nil {
			return t, nil
		}
	}
	return time.Time{}, fmt.Errorf("%s: %q is no time; write 2026-03-02, 2026-03-02T14:30 or 2026-03-02T14:30:00Z", flagName, s)
}

func (c *call) carryOut(ctx context.Context, cmd *command) (err error) {
	if cmd.name == formatsCommand.name {
		return cmd.run(ctx, c)
	}
	d, close, err := c.Open(ctx, c.db)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, close()) }()
	c.desk = d
	return cmd.run(ctx, c)
}
