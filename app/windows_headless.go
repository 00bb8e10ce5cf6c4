//go:build headless

package main

import (
	"context"
	"fmt"
	"os"

	"backstop/app/cli"
)

// openWindows says what this build leaves out.
func openWindows(context.Context, []string) int {
	fmt.Fprintln(os.Stderr, "backstop: this build has no windows; its commands are the same. See backstop --help")
	return cli.CouldNot
}
