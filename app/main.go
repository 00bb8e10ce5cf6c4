// Backstop is an incident desk for people who run backups: one program over one SQLite file.
package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"slices"
	"strings"
	"syscall"
	"time"
	_ "time/tzdata" // Windows has no zone files

	"backstop/app/cli"
	"backstop/watcher/format"
)

func main() {
	useConsole()
	nameZone()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := run(ctx, os.Args[1:])
	stop()
	os.Exit(code)
}

func run(ctx context.Context, args []string) int {
	switch {
	case len(args) > 0 && cli.Is(args[0]):
		return cli.Run(ctx, cli.Env{Out: os.Stdout, Err: os.Stderr, Open: openForCommand, Formats: format.Infos(), Zone: time.Local}, args)
	case slices.ContainsFunc(args, isHelp):
		fmt.Print(cli.Help())
		return cli.Done
	case slices.Contains(args, "--version"):
		fmt.Println(versionLine())
		return cli.Done
	case len(args) > 0 && !strings.HasPrefix(args[0], "-"):
		return cli.Run(ctx, cli.Env{Out: os.Stdout, Err: os.Stderr}, args) // says that it is no command
	}
	return openWindows(ctx, args)
}

func isHelp(arg string) bool { return arg == "--help" || arg == "-h" || arg == "-help" }
