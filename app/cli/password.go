package cli

import (
	"context"
	"errors"
	"flag"
	"fmt"

	"backstop/app/desk"
)

var passwordCommand = command{
	name: "password", args: "--user NAME --reason WORDS [--json]",
	about: "give a user who forgot theirs a new first password; the timeline tells who did, and why",
	flags: func(f *flag.FlagSet, c *call) {
		f.StringVar(&c.userName, "user", "", "`NAME` of the user, as they sign in")
		f.StringVar(&c.reason, "reason", "", "`WORDS` that say why; they go on record")
	},
	run: func(ctx context.Context, c *call) error {
		if c.userName == "" || c.reason == "" {
			return usage("name the user with --user and say why with --reason")
		}
		password, err := c.desk.ResetPassword(ctx, c.actor, c.userName, c.reason)
		if errors.Is(err, desk.ErrNotFound) {
			return usage("no user is named %q", c.userName)
		}
		if err != nil {
			return err
		}
		if c.json {
			c.print(struct {
				User     string `json:"user"`
				Password string `json:"password"`
			}{c.userName, password})
			return nil
		}
		fmt.Fprintf(c.Out, "%s\nGive it to %s: it has to be changed when it is used first. The timeline says that you did this.\n", password, c.userName)
		return nil
	},
}
