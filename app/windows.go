//go:build !headless

package main

import (
	"context"
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
	"backstop/app/system"
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
	var pictures pictures
	f.StringVar(&pictures.folder, "screenshots", "", "")
	f.BoolVar(&pictures.all, "all-windows", false, "")
	hidden := f.Bool("background", false, "")
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
	return openDesk(ctx, *db, pictures, *hidden)
}

// pictures are to be left in a folder: of the windows that show the desk, or of all of them.
type pictures struct {
	folder string
	all    bool
}

// front is the windows of one program, over the database that they open.
type front struct {
	*Opening
	fyne     fyne.App
	opening  *ui.Opening
	ui       *ui.UI
	pictures pictures
	hidden   bool // the desk comes up as an icon, where there is one
	remote   bool
	tray     tray
	scale    func(percent int)
}

// openDesk shows the window of the start, which opens the database, and gives the exit status when the last window is closed.
func openDesk(ctx context.Context, db string, pictures pictures, hidden bool) int {
	p := &front{Opening: newOpening(ctx, Options{DB: db}), pictures: pictures, hidden: hidden, remote: system.Remote(), scale: scaling()}
	p.called = p.comeForward
	if giveWay(); pictures.folder == "" && p.raisesFirst() {
		return left(p.Opening)
	}
	watchGraphics(p.logOr(os.Stderr))
	p.fyne = ui.Calm(fyneapp.NewWithID(appID), p.remote)
	p.fyne.SetIcon(fyne.NewStaticResource("icon.png", assets.IconPNG))
	p.opening = ui.NewOpening(ui.OpeningParts{App: p.fyne, Opener: p, Zone: time.Local, Scale: p.scale})
	p.fyne.Lifecycle().SetOnStarted(func() {
		if ctx.Err() != nil { // too early for the toolkit to have heard of it
			p.fyne.Quit()
			return
		}
		rest(p.ctx)
		p.opening.Begin()
	})
	stop := context.AfterFunc(ctx, ui.End)
	defer stop()
	if !hidden {
		p.opening.Show()
	}
	p.fyne.Run()
	p.tray.end()
	if p.ui != nil {
		p.ui.Stop()
	}
	p.opening.Stop()
	if status := left(p.Opening); status != cli.Done || p.ui != nil || ctx.Err() != nil {
		return status
	}
	return cli.CouldNot // the windows said why
}

// comeForward brings the window up when a second start asks for it.
func (p *front) comeForward(shown func()) {
	p.opening.ComeForward(func() {
		unfold(p.opening.Window())
		shown()
	})
}

// left is the exit status once everything is closed.
func left(p *Opening) int {
	if err := p.Stop(); err != nil {
		tellPerson("Backstop", err.Error())
		return cli.CouldNot
	}
	return cli.Done
}

// Open opens the database, for pictures with something in it.
func (p *front) Open() error {
	if err := p.Opening.Open(); err != nil || p.pictures.folder == "" {
		return err
	}
	return p.app.importSamples(p.ctx)
}

// Enter makes the windows of the desk, the first in the window of the start.
func (p *front) Enter(w fyne.Window) *ui.UI {
	p.ui = ui.New(ui.Parts{
		App: p.fyne, Window: w, Desk: p.app.Desk, Actor: desk.Actor{Name: userName()}, Zone: time.Local, Now: time.Now, Samples: p.app.samples,
		Recover: p.opening.Begin, System: p.system(),
	})
	if p.hidden {
		p.ui.ShowIcon()
	} else {
		p.ui.Show()
	}
	return p.ui
}

// Watch begins to look after things, now that the windows are there to hear of holds that ran out meanwhile.
func (p *front) Watch() error {
	if err := p.Opening.Watch(); err != nil || p.pictures.folder == "" {
		return err
	}
	p.ui.Picture(p.pictures.folder, p.pictures.all)
	return nil
}
