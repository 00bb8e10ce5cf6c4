//go:build !headless

package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"time"

	"fyne.io/fyne/v2"
	fyneapp "fyne.io/fyne/v2/app"

	"backstop/app/cli"
	"backstop/app/desk"
	_ "backstop/app/quiet" // before the toolkit is loaded
	"backstop/assets"
	"backstop/ui"
)

const appID = "io.github.backstop-desk.Backstop"

// openWindows opens the desk and gives the exit status when its last window is closed.
func openWindows(ctx context.Context, args []string) int {
	f := flag.NewFlagSet("backstop", flag.ContinueOnError)
	f.SetOutput(io.Discard)
	db := f.String("db", "", "")
	check := f.Bool("check-graphics", false, "")
	pictures := f.String("screenshots", "", "")
	if err := f.Parse(args); err != nil || f.NArg() > 0 {
		fmt.Fprintf(os.Stderr, "backstop: %v is not understood\n\n%s", args, cli.Help())
		return cli.Usage
	}
	if *check {
		return checkGraphics()
	}
	if !hasDisplay() {
		tellPerson("Backstop", noDisplay)
		return cli.CouldNot
	}
	if err := openDesk(ctx, *db, *pictures); err != nil {
		tellPerson("Backstop", err.Error())
		return cli.CouldNot
	}
	return cli.Done
}

func openDesk(ctx context.Context, db, pictures string) (err error) {
	a, err := New(ctx, Options{DB: db})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, a.Stop()) }()
	watchGraphics(a.logFile)
	if err := a.Lock(); err != nil {
		return err
	}
	if pictures != "" {
		if err := a.importSamples(ctx); err != nil {
			return err
		}
	}
	f := fyneapp.NewWithID(appID)
	f.SetIcon(fyne.NewStaticResource("icon.png", assets.IconPNG))
	u := ui.New(ui.Parts{
		App: f, Desk: a.Desk, Actor: desk.Actor{Name: userName()}, Zone: time.Local, Now: time.Now, Samples: a.samples,
	})
	defer u.Stop()
	if err := a.Watch(); err != nil { // the windows are there to hear of holds that ran out meanwhile
		return err
	}
	f.Lifecycle().SetOnStarted(func() {
		graphicsWork()
		if pictures != "" {
			u.Picture(pictures)
		}
	})
	stop := context.AfterFunc(ctx, func() { u.Quit() })
	defer stop()
	u.Show()
	f.Run()
	return nil
}
